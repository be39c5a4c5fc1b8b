/** A preview is what readers will get, for those who may read it, and holds nothing that could act in the studio. */
import { describe, expect, test } from "bun:test";
import { addPicture, bodyOf, contentOf, paragraphs } from "../../test/model/model.ts";
import { openTextStudio, type TextStudio } from "../../test/studio/text-studio.ts";
import type { LanguageTag } from "../language/tags.ts";
import { siteRoutes } from "./routes.ts";

const openPreviews = (): Promise<TextStudio> => openTextStudio("en", siteRoutes);

function startText(
  { newsroom }: TextStudio,
  {
    language = "fr",
    title = "Marche",
    section = null,
  }: { readonly language?: LanguageTag; readonly title?: string; readonly section?: string | null },
): string {
  const body = paragraphs("Des mots.");
  const piece = newsroom.pieces.addPiece({ site: "portal", kind: "story", section }).piece;
  return newsroom.pieces.addText({ pieceId: piece.id, language, content: contentOf(title, "", body) }).text
    .id;
}

async function shown(where: TextStudio, text: string, form: "page" | "text"): Promise<string> {
  const answer = await where.studio.get(`/texts/${text}/preview/${form}`);
  expect(answer.status).toBe(200);
  return await answer.text();
}

test("a text that was never published shows as its page will, in both forms", async () => {
  await using where = await openPreviews();
  where.signIn("editor");
  const text = startText(where, { language: "ar", title: "مسيرة" });
  const html = await shown(where, text, "page");
  expect(html).toContain('<html lang="ar" dir="rtl">');
  expect(html).toContain("مسيرة</h1>");
  expect(html).toContain("Des mots.");
  expect(html).toMatch(/<link rel="stylesheet" href="\/_kasbah\/assets\/site\.[0-9a-f]+\.css"/);
  expect(await shown(where, text, "text")).not.toContain("stylesheet");
});

test("once published without a change, the page has the very bytes that were shown", async () => {
  await using where = await openPreviews();
  where.signIn("editor");
  const { pieces, publisher } = where.newsroom;
  const text = startText(where, {});
  pieces.setWorkflow(pieces.text(text)?.workingRevision ?? "", "in review");
  pieces.setWorkflow(pieces.text(text)?.workingRevision ?? "", "ready");
  pieces.publish(text);
  const before = (await shown(where, text, "page")).replace('<base target="_blank"/>', "");
  await publisher.publish();
  const path = pieces.text(text)?.path ?? "";
  const target = [...(publisher.current?.edition.targets.values() ?? [])].find((each) => each.path === path);
  const published = await Bun.file(
    `${where.data.blobs}/${target?.sha256.slice(0, 2)}/${target?.sha256}`,
  ).text();
  expect(before).toBe(published);
});

test("what was saved last is shown, and what readers have stays", async () => {
  await using where = await openPreviews();
  where.signIn("editor");
  const { pieces } = where.newsroom;
  const text = startText(where, {});
  const parent = pieces.text(text)?.workingRevision ?? "";
  pieces.saveRevision({ textId: text, parent, content: contentOf("Autre titre") });
  expect(await shown(where, text, "page")).toContain("Autre titre</h1>");
});

describe("a preview", () => {
  test("is for those who may read the text, and for nobody else", async () => {
    await using where = await openPreviews();
    where.newsroom.pieces.addSection({ site: "portal", slug: "rif", names: { fr: "Rif" } });
    where.newsroom.pieces.addSection({ site: "portal", slug: "eau", names: { fr: "Eau" } });
    const text = startText(where, { section: "rif" });
    const statuses = () =>
      Promise.all(
        ["", "/page", "/text"].map(
          async (path) => (await where.studio.get(`/texts/${text}/preview${path}`)).status,
        ),
      );
    expect(await statuses()).toEqual([303, 303, 303]);
    where.signIn("contributor", "portal", "eau");
    expect(await statuses()).toEqual([403, 403, 403]);
    where.signIn("contributor", "portal", "rif");
    expect(await statuses()).toEqual([200, 200, 200]);
  });

  test("is never kept, runs no script, and stands in no frame but the studio's", async () => {
    await using where = await openPreviews();
    where.signIn("editor");
    const text = startText(where, {});
    const { headers } = await where.studio.get(`/texts/${text}/preview/page`);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-frame-options")).toBe("SAMEORIGIN");
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy).toContain("sandbox allow-same-origin");
    expect(policy).not.toContain("script");
    const page = await (await where.studio.get(`/texts/${text}/preview`)).text();
    expect(page).toContain('sandbox="allow-same-origin"');
  });

  test("offers the piece's other languages, but only those that its visitor may read", async () => {
    await using where = await openPreviews();
    where.signIn("editor");
    const { pieces } = where.newsroom;
    const text = startText(where, {});
    const pieceId = pieces.text(text)?.pieceId ?? "";
    const arabic = pieces.addText({ pieceId, language: "ar", content: contentOf("مسيرة", "", bodyOf()) }).text
      .id;
    const page = await (await where.studio.get(`/texts/${text}/preview?form=text&width=phone`)).text();
    expect(page).toContain(`href="/texts/${arabic}/preview?form=text&amp;width=phone"`);
    expect(page).toContain(`src="/texts/${text}/preview/text"`);
    expect(page).toContain("preview-frame is-phone");
  });

  test("shows a picture of the draft's as readers will get it, though no published text has it yet", async () => {
    await using where = await openPreviews();
    where.signIn("editor");
    const { id } = addPicture(where.newsroom, "01J9Z3K5Q8R2T4V6X8Z0B2D4F6");
    const { pieces } = where.newsroom;
    const text = startText(where, {});
    const shows = bodyOf({ type: "image", attrs: { id: "i", media: id, alt: "Une place" } });
    const parent = pieces.text(text)?.workingRevision ?? "";
    pieces.saveRevision({ textId: text, parent, content: contentOf("Marche", "", shows) });
    expect(await shown(where, text, "page")).toMatch(
      /<img src="\/_kasbah\/media\/01J9Z3[^"]*\.jpg"[^>]* alt="Une place"/,
    );
  });

  test("of what isn't there is not found", async () => {
    await using where = await openPreviews();
    where.signIn("editor");
    expect((await where.studio.get("/texts/01NOTHING/preview/page")).status).toBe(404);
    expect((await where.studio.get("/_kasbah/media/01J9Z3K5Q8R2T4V6X8Z0B2D4F6-480.webp")).status).toBe(404);
  });
});
