/** Hostile words through every field that a person can fill, then every page that shows them, in the studio and on the public site: nothing of them acts. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { studioHeaders } from "../../src/newsroom/studio-headers.ts";
import { type Instance, startInstance } from "../scenarios/instance.ts";
import { launchBrowser, opened } from "./browser.ts";
import { Colleague } from "./colleague.ts";
import { hostileAddresses, hostileWords, packed } from "./hostile-words.ts";
import { HostileWriter } from "./hostile-writer.ts";
import { pagesOf } from "./studio-screens.ts";
import { openText } from "./studio-steps.ts";
import { Trap } from "./trap.ts";

const browser = await launchBrowser();
/** Another process may keep both processors busy. */
setDefaultTimeout(120_000);

test("there are enough of them, and each fits into some field", () => {
  expect(new Set(hostileWords).size).toBeGreaterThanOrEqual(80);
  expect(packed(300).join(" ")).toContain("</script><script>trap()</script>");
});

describe.skipIf(browser === null)("in Chromium", () => {
  let instance: Instance;
  let who: Colleague;
  let trap: Trap;
  let writer: HostileWriter;
  let texts: readonly string[] = [];

  const visit = async (address: string): Promise<void> => {
    await who.page.goto(address);
    await trap.look(who.page);
  };

  beforeAll(async () => {
    instance = await startInstance();
    who = await Colleague.at(opened(browser), instance.studio, "en");
    trap = await Trap.in(who.context);
    await who.comeIn(instance.firstLink ?? "", `Amina "><img src=/trap onerror=trap() data-trap>`);
    writer = new HostileWriter(who);
  });
  afterAll(async () => {
    await browser?.close();
    await instance[Symbol.asyncDispose]();
  });

  test.each([
    ["without a policy", {}],
    ["under the studio's policy", studioHeaders(new Response()).headers],
  ] as const)("the trap goes off on a page that escapes nothing, %s", async (_, headers) => {
    await using context = await opened(browser).newContext();
    const own = await Trap.in(context);
    const page = await context.newPage();
    for (const words of [
      "<script>trap()</script>",
      "<img src=/trap onerror=trap() data-trap>",
      '<a href="javascript:trap()">x</a>',
    ]) {
      own.sprung.length = 0;
      using server = serve(`<!doctype html><title>x</title>${words}`, headers);
      await page.goto(server.url.href);
      await own.look(page);
      expect(own.sprung).not.toEqual([]);
    }
  });

  test("every field of a text takes them as words, or refuses them", async () => {
    texts = await writer.writeTexts();
    expect(texts.length).toBe(packed(300).length);
  });

  test("names, people, and what is looked for, too", async () => {
    await writer.addNames();
    await writer.invitePeople();
  });

  test("no address that could run is taken as a link or as a picture's source", async () => {
    for (const address of hostileAddresses) {
      const taken = await writer.tryAddress(texts[0] ?? "", address);
      const isWhole = address.startsWith("https://example.org/'");
      expect([address, taken]).toEqual([address, isWhole ? "both" : "none"]);
    }
    await writer.publish(texts[0] ?? "");
  });

  test("no page of the studio lets them act", async () => {
    const [draft = "", published = draft] = texts;
    await who.visit("/people");
    const person = (await who.page.locator(".rows a").first().getAttribute("href"))?.split("/").pop() ?? "";
    for (const [, path] of pagesOf({ draft, published, withdrawn: published, person }))
      await visit(who.studio + path);
    // Each shows a third of the words at least, where each text is read and previewed.
    const others = ["/history", "/compare", "/withdraw"] as const;
    for (const [at, text] of texts.entries()) {
      for (const page of ["", "/preview", others[at % others.length]])
        await visit(`${who.studio}/texts/${text}${page}`);
    }
    for (const path of await writer.pagesOfNames()) await visit(who.studio + path);
    for (const words of packed(200)) await visit(`${who.studio}/?title=${encodeURIComponent(words)}`);
    expect(trap.sprung).toEqual([]);
  });

  test("no public page, feed or sitemap lets them act", async () => {
    const paths = await publicPaths(instance);
    expect(paths.length).toBeGreaterThan(20);
    for (const path of paths) await visit(instance.edge + path);
    for (const path of ["/feed.xml", "/ar/feed.xml", "/sitemap.xml"]) {
      const xml = await (await instance.get(path)).text();
      expect(await who.page.evaluate(isWellFormed, xml)).toBe(true);
    }
    for (const path of ["/feed.json", "/ar/feed.json"]) JSON.parse(await (await instance.get(path)).text());
    expect(trap.sprung).toEqual([]);
  });

  test("a file's name is only a name", async () => {
    await openText(who, texts[0] ?? "");
    for (const name of hostileWords.map((each) => each.replaceAll(/[\0\r\n/]/g, " "))) {
      await who.page
        .locator("input[type=file]")
        .setInputFiles({ name, mimeType: "image/png", buffer: Buffer.from("no") });
    }
    await who.page
      .locator(".editor-uploads .fault")
      .nth(hostileWords.length - 1)
      .waitFor();
    await trap.look(who.page);
    expect(trap.sprung).toEqual([]);
  });

  test("signing in leads nowhere else, whatever the address says; tokens and languages are only words", async () => {
    for (const words of packed(1_000)) {
      await visit(`${who.studio}/invitation/${encodeURIComponent(words)}`);
      await visit(
        `${who.studio}/nothing/${encodeURIComponent(words)}?${new URLSearchParams({ notice: words, form: words, width: words })}`,
      );
      expect((await writer.post("/language", { language: words, to: words })).status).toBe(422);
    }
    await using nobody = await Colleague.at(opened(browser), instance.studio, "ar");
    const own = await Trap.in(nobody.context);
    for (const to of hostileAddresses) {
      await nobody.visit(`/sign-in?to=${encodeURIComponent(to)}`);
      await own.look(nobody.page);
      const kept = await nobody.page.locator("[data-passkey] [name=to]").inputValue();
      expect(new URL(kept, nobody.studio).origin).toBe(nobody.studio);
      const { status, url } = await writer.post("/language", { language: "fr", to });
      expect([status, new URL(url).origin]).toEqual([200, who.studio]);
    }
    expect([...trap.sprung, ...own.sprung]).toEqual([]);
  });
});

function serve(html: string, headers: Iterable<[string, string]> | Record<string, string>) {
  return Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: () =>
      new Response(html, {
        headers: { ...Object.fromEntries(new Headers(headers as HeadersInit)), "content-type": "text/html" },
      }),
  });
}

/** Of every page of the portal that leads from its fronts. */
async function publicPaths({ edge }: Instance): Promise<string[]> {
  const known = new Set(["/", "/ar/", "/ar/text", "/fr/"]);
  for (const path of known) {
    if (known.size > publicPagesMax) break;
    const html = await (await fetch(edge + path)).text();
    for (const [, href = ""] of html.matchAll(/href="(\/[^"#]*)"/g)) {
      if (!/^\/_kasbah\/|\.(xml|json)$|&/.test(href)) known.add(href);
    }
  }
  return [...known].slice(0, publicPagesMax);
}

const publicPagesMax = 120;

/** In the page: as a feed reader takes it. */
function isWellFormed(xml: string): boolean {
  return new DOMParser().parseFromString(xml, "application/xml").querySelector("parsererror") === null;
}
