/** What stands at which address of the public site, and what it says. */
import { describe, expect, test } from "bun:test";
import { parseJsonFeed, parseRssFeed } from "feedsmith";
import { addPicture, contentOf, createModel } from "../../test/model/model.ts";
import { createNewsroom, publishStory } from "../../test/model/newsroom.ts";
import { brokenLinks, renderAll, siteConfig, sourceOf } from "../../test/model/render.ts";
import type { PictureAttrs } from "../pieces/body.ts";
import type { Page } from "../publishing/rendering.ts";
import { errorCodes } from "./place.ts";
import { createSite } from "./site.tsx";

const { model, live } = createNewsroom();
const pages = renderAll(sourceOf(model));

function bodyOf(page: Page | undefined): string {
  return new TextDecoder().decode(page?.body);
}

function at(address: string, among = pages): string {
  return bodyOf(among.get(address));
}

function pathOf(language: "ar" | "fr" | "en"): string {
  return model.pieces.text(live.get(language) ?? "")?.path ?? "";
}

describe("fronts", () => {
  test("the root is the default language's front, answered and not redirected", () => {
    expect(pages.get("portal/")).toEqual(pages.get("portal/ar/"));
    expect(pages.get("portal/")?.status).toBe(200);
  });

  test("the newest story leads, briefs and conclusions have columns of their own, nothing stands twice", () => {
    const front = at("portal/fr/");
    expect(front).toContain('class="card card-lead"');
    expect(front.indexOf("Marches du dimanche")).toBeLessThan(front.indexOf("Grève de la faim"));
    expect(front).toContain("Une charge contre les manifestants");
    const links = [...front.matchAll(/<h[23] class="card-title"[^>]*><a href="([^"]+)"/g)].map(
      ([, href]) => href,
    );
    expect(new Set(links).size).toBe(links.length);
  });

  test("an empty language says so", () => {
    expect(at("blog/en/")).toContain("Nothing has been published here yet.");
  });
});

/** A site whose only story shows a picture: its id, and all pages. */
function withPicture(
  said: Partial<PictureAttrs> = { alt: "La place <b>" },
): [id: string, shown: Map<string, Page>] {
  const other = createModel();
  const { id } = addPicture(other, "01J9Z3K5Q8R2T4V6X8Z0B2D4FA");
  const attrs = { id: "i", media: id, alt: "", caption: "Rabat, dimanche.", ...said };
  publishStory(other, {
    hoursAgo: 1,
    words: { fr: ["Une place", "", "Un."] },
    blocks: [{ type: "image", attrs }],
  });
  return [id, renderAll(sourceOf(other))];
}

function pathTo(shown: ReadonlyMap<string, Page>): string {
  const found = [...shown.keys()].find((name) => name.startsWith("portal/fr/2011/07/"));
  return (found ?? "").replace(/^portal|\/text$/g, "");
}

describe("a story", () => {
  test("says who, when, what was corrected, and what checking the material came to", () => {
    const story = at(`portal${pathOf("fr")}`);
    for (const words of [
      "Sara T.",
      "dimanche 31 juillet 2011 à 13:00",
      "Une version précédente situait le départ à 13 heures.",
      "Nous avons établi que cela ne montre pas ce qu’on en dit.",
      "La séquence a été filmée dans une autre ville en 2009",
      'href="/fr/tag/20-fevrier"',
    ]) {
      expect(story).toContain(words);
    }
  });

  test("names its translations and itself to search engines, and readers find them", () => {
    const story = at(`portal${pathOf("fr")}`);
    for (const language of ["ar", "fr", "en"] as const) {
      expect(story).toContain(`<link rel="alternate" hreflang="${language}" href="${pathOf(language)}"/>`);
    }
    expect(story).toContain(`<a href="${pathOf("ar")}" hreflang="ar" lang="ar" dir="rtl">العربية</a>`);
  });

  test("has a text form of less than 10 kB that loads nothing else", () => {
    for (const language of ["ar", "fr", "en"] as const) {
      const form = pages.get(`portal${pathOf(language)}/text`);
      expect(form?.body.length).toBeLessThan(10_000);
      expect(bodyOf(form)).not.toContain("stylesheet");
    }
  });

  test("shows a picture of ours in its sizes, described, loaded when a reader gets there", () => {
    const [id, shown] = withPicture();
    const path = (file: string): string => `/_kasbah/media/${id}-${file}`;
    const story = bodyOf(shown.get(`portal${pathTo(shown)}`));
    expect(story).toContain(
      `srcset="${path("480.webp")} 480w, ${path("960.webp")} 960w" sizes="(min-width: 46rem) 44rem, 100vw"`,
    );
    expect(story).toContain(
      `<img src="${path("960.jpg")}" width="960" height="640" loading="lazy" decoding="async" alt="La place &lt;b&gt;"/>`,
    );
    expect(story).toContain('<figcaption dir="auto">Rabat, dimanche.</figcaption>');
    expect(bodyOf(shown.get(`portal${pathTo(shown)}/text`))).toContain("La place &lt;b&gt;");
    expect(bodyOf(shown.get(`portal${pathTo(shown)}/text`))).not.toContain("/_kasbah/media/");
    expect(shown.get(`portal${path("480.webp")}`)).toMatchObject({
      status: 200,
      type: "image/webp",
      headers: { "cache-control": "private, max-age=31536000, immutable" },
    });
    expect(shown.has(`blog${path("480.webp")}`)).toBe(false);
    expect(bodyOf(shown.get("portal/fr/feed.json"))).toContain(path("960.jpg"));
  });

  test("hides a picture from who listens only where it decorates; one that nobody described is named as such", () => {
    const heard = (attrs: Partial<PictureAttrs>): unknown => {
      const [, shown] = withPicture(attrs);
      const [story, words] = ["", "/text"].map((form) => bodyOf(shown.get(`portal${pathTo(shown)}${form}`)));
      const [, alt] = /<img [^>]*alt="([^"]*)"/.exec(story ?? "") ?? [];
      return { alt, isNamed: words?.includes("Image sans description") };
    };
    expect(heard({ decorative: true })).toEqual({ alt: "", isNamed: false });
    expect(heard({})).toEqual({ alt: "Image sans description", isNamed: true });
    expect(heard({ alt: "La place" })).toEqual({ alt: "La place", isNamed: false });
  });

  test("that leads the front page shows its first picture there, after its words", () => {
    const [id, shown] = withPicture();
    const front = bodyOf(shown.get("portal/fr/"));
    expect(front.indexOf(`/_kasbah/media/${id}`)).toBeGreaterThan(front.indexOf("card-title"));
    expect(front.match(/<img/g)).toHaveLength(1);
  });

  test("loads no picture from anywhere, and tells other sites nothing of its readers", () => {
    const story = at(`portal${pathOf("ar")}`);
    expect(story).not.toContain("<img");
    expect(story).toContain('<a href="https://media.example.org/2011/07/marche.jpg" rel="noreferrer">');
  });
});

test("no page names a host of ours", () => {
  for (const [name, page] of pages)
    expect([name, /localhost|127\.0\.0\.1/.test(bodyOf(page))]).toEqual([name, false]);
});

describe("a variant of a language", () => {
  test("without a front of its own is listed where its readers are, in its own language and direction", () => {
    const front = at("blog/fr/");
    expect(front).toContain(
      '<h2 class="card-title" lang="ary-Latn"><a href="/ary-Latn/2011/07/nhar-kamel-f-tanja">',
    );
    expect(at("blog/ary-Latn/2011/07/nhar-kamel-f-tanja")).toContain('<html lang="fr" dir="ltr">');
  });

  test("is not listed beside the text in the language itself", () => {
    const other = createModel();
    publishStory(other, { hoursAgo: 1, words: { ar: ["الفصحى", ""], "ary-Arab": ["الدارجة هنا", ""] } });
    const rendered = renderAll(sourceOf(other));
    expect(at("portal/ar/", rendered)).not.toContain("الدارجة هنا");
    expect(rendered.has(`portal/ary-Arab/2011/07/${encodeURIComponent("الدارجة-هنا")}`)).toBe(true);
  });
});

describe("what leads elsewhere or nowhere", () => {
  const other = createModel();
  const { pieces } = other;
  const published = publishStory(other, { hoursAgo: 1, words: { fr: ["Retirée", ""], ar: ["باقية", ""] } });
  const [gone = "", kept = ""] = [published.get("fr"), published.get("ar")];
  pieces.changeSlug(gone, "autre-titre");
  pieces.addRedirect({ site: "portal", path: "/", query: "p=7", to: { text: gone } });
  pieces.addRedirect({ site: "portal", path: "/old/", to: { text: kept } });
  const draft = pieces.addText({
    pieceId: pieces.text(kept)?.pieceId ?? "",
    language: "en",
    content: contentOf("Draft"),
  });
  pieces.addRedirect({ site: "portal", path: "/draft/", to: { text: draft.text.id } });
  const before = renderAll(sourceOf(other));
  pieces.withdraw(gone);
  const after = renderAll(sourceOf(other));

  test("an earlier address leads to the present one", () => {
    for (const old of ["portal/fr/2011/07/retiree", "portal/?p=7"]) {
      const page = before.get(old);
      expect([page?.status, page?.headers["location"]]).toEqual([301, "/fr/2011/07/autre-titre"]);
      expect(page?.body.length).toBe(0);
    }
  });

  test("once withdrawn, every address that ever led there answers 410 and says nothing of it", () => {
    for (const address of [
      "/fr/2011/07/autre-titre",
      "/fr/2011/07/autre-titre/text",
      "/fr/2011/07/retiree",
      "/?p=7",
    ]) {
      expect(after.get(`portal${address}`)?.status).toBe(410);
    }
    for (const page of after.values()) expect(bodyOf(page)).not.toMatch(/Retirée|autre-titre/);
  });

  test("the keys to erase by are the same before and after, by whichever address", () => {
    const site = createSite();
    const keys = [`text:${gone}`, `summary:${gone}`];
    for (const path of ["/fr/2011/07/autre-titre", "/fr/2011/07/autre-titre/text", "/fr/2011/07/retiree"]) {
      expect(site.withdrawalKeys({ site: "portal", path }, sourceOf(other))).toEqual(keys);
    }
    expect(site.withdrawalKeys({ site: "portal", path: "/fr/" }, sourceOf(other))).toEqual([]);
  });

  test("other texts stay, and what leads to a draft does not exist", () => {
    expect(after.get("portal/old/")?.status).toBe(301);
    expect(after.has("portal/draft/")).toBe(false);
  });
});

describe("feeds", () => {
  test("hold whole texts, of one language or of all", () => {
    const rss = parseRssFeed(at("portal/fr/feed.xml"));
    expect(rss.items?.[0]?.content?.encoded).toContain("Aucun heurt à cette heure");
    expect(rss.items?.[0]?.guid?.isPermaLink).toBe(false);
    const json = parseJsonFeed(at("portal/feed.json"));
    expect(new Set(json.items?.map(({ language }) => language))).toEqual(new Set(["ar", "fr", "en"]));
    expect(json.items?.every(({ content_html }) => content_html?.startsWith("<div lang="))).toBe(true);
  });

  test("say whole addresses where the operator named the site's", () => {
    const config = { ...siteConfig, "site.portal": { hosts: [], address: "https://example.org" } };
    const rendered = renderAll(sourceOf(model, config));
    expect(parseRssFeed(at("portal/fr/feed.xml", rendered)).items?.[0]?.link).toStartWith(
      "https://example.org/fr/2011/07/",
    );
    expect(at("portal/sitemap.xml", rendered)).toContain(
      "<loc>https://example.org/sitemap/2011-07.xml</loc>",
    );
    expect(at("portal/robots.txt", rendered)).toContain("Sitemap: https://example.org/sitemap.xml");
  });
});

test("the sitemap's months hold every published text and the pages, once", () => {
  const listed = ["sitemap/2011-07.xml", "sitemap/pages.xml"].flatMap((part) =>
    [...at(`portal/${part}`).matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, path]) => path ?? ""),
  );
  expect(new Set(listed).size).toBe(listed.length);
  expect(listed).toContain(pathOf("ar"));
  expect(listed).toContain("/fr/qui-sommes-nous");
  for (const path of listed) expect(pages.get(`portal${path}`)?.status).toBe(200);
});

test("errors and maintenance have a page in every language, with their own status", () => {
  for (const language of ["ar", "fr", "en"]) {
    for (const code of errorCodes)
      expect(pages.get(`portal/_kasbah/errors/${code}/${language}`)?.status).toBe(code);
    expect(pages.get(`portal/_kasbah/maintenance/${language}`)?.status).toBe(503);
  }
});

test("every link inside leads to a page", () => {
  expect(brokenLinks(pages)).toEqual([]);
});

test("a front page stays small: a bad connection can carry it", () => {
  expect(Bun.gzipSync(new Uint8Array(pages.get("portal/ar/")?.body ?? [])).length).toBeLessThan(6_000);
});
