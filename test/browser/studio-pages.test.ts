/** Every page of the studio as it is put together, in a real browser, with the demo's texts: for everybody's eyes and thumbs. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import type { BrowserContext, Page } from "playwright-core";
import { seededRandom } from "../../src/base/random.ts";
import { defaultConfig } from "../../src/config/load.ts";
import { loadDemo } from "../../src/transfer/demo/load-demo.ts";
import { type NewsroomStudio, openNewsroomStudio } from "../studio/newsroom-studio.ts";
import { Visitor } from "../studio/visitor.ts";
import { launchBrowser } from "./browser.ts";
import { faults, smallTargets } from "./faults.ts";

/** Behind the demo's last story. */
const today = Date.parse("2026-05-20T12:00:00Z");
/** What routes give that is no page of the studio's own, or has a test of its own: files, events, the public page in a preview. */
const noPages = [
  /^\/_kasbah\//,
  /^\/scripts\//,
  /^\/pictures\//,
  /\/events$/,
  /\/preview\/(page|text)$/,
  /^\/(sign-in|invitation|watch\/incidents)/,
];

const browser = await launchBrowser();
/** Another process may keep both processors busy. */
setDefaultTimeout(60_000);

describe.skipIf(browser === null)("in Chromium", () => {
  let studio: NewsroomStudio;
  let visitor: Visitor;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    if (browser === null) return;
    context = await browser.newContext({ hasTouch: true, isMobile: true });
    page = await context.newPage();
    studio = await openNewsroomStudio();
    const { newsroom, clock, origin } = studio;
    clock.advance(today - clock.nowMs());
    loadDemo(newsroom.database, { config: defaultConfig(), clock, random: seededRandom(1) });
    visitor = await Visitor.at(origin);
    visitor.userAgent = await page.evaluate(() => navigator.userAgent);
    await visitor.enrol(studio.firstLink(), "سارة ت.");
  });

  afterAll(async () => {
    await browser?.close();
    await studio[Symbol.asyncDispose]();
  });

  test("no page is forgotten", () => {
    const pages = studio.routes
      .filter(({ method, path }) => method === "GET" && !noPages.some((each) => each.test(path)))
      .map(({ path }) => path);
    expect(Object.keys(addresses(studio)).sort()).toEqual(pages.sort());
  });

  test.each(["ar", "fr", "en"] as const)(
    "%s: axe finds nothing, nothing overflows, thumbs hit what they aim at",
    async (language) => {
      await visitor.post("/language", { language, to: "/" });
      const { origin } = studio;
      await context.addCookies([...visitor.cookies].map(([name, value]) => ({ name, value, url: origin })));
      const found: string[] = [];
      for (const path of Object.values(addresses(studio))) {
        await page.setViewportSize({ width: 360, height: 740 });
        await page.goto(origin + path);
        expect(await page.locator("html").getAttribute("lang")).toBe(language);
        expect(await page.locator("h1").count()).toBe(1);
        const wrong = [...(await smallTargets(page)), ...(await faults(page))];
        found.push(...wrong.map((each) => `${path}: ${each}`));
      }
      expect(found).toEqual([]);
    },
  );
});

/** One address of each page, by its route: of a text with everything in it, where it is about one. */
function addresses({ newsroom }: NewsroomStudio): Readonly<Record<string, string>> {
  const { pieces, database } = newsroom;
  const [text = ""] = database
    .query<{ id: string }, []>("SELECT id FROM text WHERE publication = 'published' ORDER BY id")
    .all()
    .map(({ id }) => id);
  const [account = ""] = database
    .query<{ id: string }, []>("SELECT id FROM account")
    .all()
    .map(({ id }) => id);
  const revision = pieces.text(text)?.workingRevision ?? "";
  const [section] = pieces.sections("portal");
  return {
    "/": "/",
    "/me": "/me",
    "/people": "/people",
    "/people/:account": `/people/${account}`,
    "/record": "/record",
    "/texts/new": "/texts/new",
    "/texts/:text": `/texts/${text}`,
    "/texts/:text/withdraw": `/texts/${text}/withdraw`,
    "/texts/:text/history": `/texts/${text}/history`,
    "/texts/:text/compare": `/texts/${text}/compare?from=${revision}&to=${revision}`,
    "/texts/:text/preview": `/texts/${text}/preview`,
    "/names": "/names",
    "/names/:kind/:site/:key": `/names/sections/portal/${section?.slug ?? ""}`,
    "/watch": "/watch",
  };
}
