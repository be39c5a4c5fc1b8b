/** The public site in a real browser: accessible, within its width, and talking to nobody else. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { BrowserContext, Page } from "playwright-core";
import { createNewsroom } from "../model/newsroom.ts";
import { renderAll, sourceOf } from "../model/render.ts";
import { launchBrowser, opened } from "./browser.ts";
import { faults } from "./faults.ts";
import { serveSite, type SiteServer } from "./site-server.ts";

const browser = await launchBrowser();
const { model, live } = createNewsroom();
const pages = renderAll(sourceOf(model));

/** Another process may keep both processors busy. */
const timeoutMs = 30_000;

/** Every kind of page, in both directions. Tags and months are lists like the two here. */
function portalPaths(language: "ar" | "fr"): string[] {
  const story = model.pieces.text(live.get(language) ?? "")?.path ?? "";
  return [
    `/${language}/`,
    story,
    `${story}/text`,
    `/${language}/text`,
    `/${language}/section/droits`,
    `/${language}/by/sara-t`,
    `/${language}/archive`,
    language === "ar" ? `/ar/${encodeURIComponent("من-نحن")}` : "/fr/qui-sommes-nous",
    `/_kasbah/errors/404/${language}`,
    `/_kasbah/maintenance/${language}`,
  ];
}

describe.skipIf(browser === null)("in Chromium", () => {
  let context: BrowserContext;
  let page: Page;
  let portal: SiteServer;
  let blog: SiteServer;
  const requested: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    portal = serveSite(pages, "portal");
    blog = serveSite(pages, "blog");
    context = await opened(browser).newContext();
    page = await context.newPage();
    page.on("request", (request) => requested.push(request.url()));
    page.on("console", (message) => complaints.push(message.text()));
  });

  afterAll(async () => {
    await browser?.close();
    portal[Symbol.dispose]();
    blog[Symbol.dispose]();
  });

  for (const language of ["ar", "fr"] as const) {
    for (const path of portalPaths(language)) {
      test(
        `${decodeURI(path)}: axe finds nothing, nothing overflows`,
        async () => {
          await page.goto(portal.origin + path);
          expect(await faults(page)).toEqual([]);
        },
        timeoutMs,
      );
    }
  }

  test.each(["/ar/", "/fr/", "/en/", "/ary-Latn/2011/07/nhar-kamel-f-tanja"])(
    "blog %s: axe finds nothing, nothing overflows",
    async (path) => {
      await page.goto(blog.origin + path);
      expect(await faults(page)).toEqual([]);
    },
    timeoutMs,
  );

  test("no request left the site, and the security policy had nothing to refuse", () => {
    const elsewhere = requested.filter((url) => ![portal.origin, blog.origin].includes(new URL(url).origin));
    expect(requested.length).toBeGreaterThan(40);
    expect(elsewhere).toEqual([]);
    expect(complaints.filter((each) => !/404|503/.test(each))).toEqual([]);
  });

  test("the first thing that the keyboard reaches leads to the content", async () => {
    await page.goto(`${portal.origin}/fr/`);
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Aller au contenu");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("content");
  });

  test("an Arabic page runs from right to left, a French one from left to right, and each names its language", async () => {
    for (const [language, direction] of [
      ["ar", "rtl"],
      ["fr", "ltr"],
    ] as const) {
      await page.goto(`${portal.origin}/${language}/`);
      const root = page.locator("html");
      expect([await root.getAttribute("lang"), await root.getAttribute("dir")]).toEqual([
        language,
        direction,
      ]);
      const start = await page
        .locator(".card-lead h2")
        .evaluate((heading) => getComputedStyle(heading).direction);
      expect(start).toBe(direction);
    }
  });
});
