/** The preview in a real browser: dressed as the public page, in both directions, and dead. */
import { afterAll, describe, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import type { LanguageTag } from "../../src/language/tags.ts";
import type { Body } from "../../src/pieces/body.ts";
import { siteRoutes } from "../../src/site/routes.ts";
import { bodyOf } from "../model/model.ts";
import { openTextStudio, type TextStudio } from "../studio/text-studio.ts";
import { launchBrowser, opened } from "./browser.ts";
import { faults } from "./faults.ts";

const browser = await launchBrowser();
const timeoutMs = 30_000;
const payload = `"><img src=x onerror=ran()></script><script>ran()</script>`;

const hostile: Body = bodyOf(
  { type: "paragraph", attrs: { id: "p" }, content: [{ type: "text", text: payload }] },
  {
    type: "heading",
    attrs: { id: "h", level: 2 },
    content: [
      { type: "text", text: payload, marks: [{ type: "link", attrs: { href: `/"onclick="ran()` } }] },
    ],
  },
  { type: "image", attrs: { id: "i", media: "01J9Z3K5Q8R2T4V6X8Z0B2D4F6", alt: payload, caption: payload } },
  { type: "image", attrs: { id: "j", source: `https://e.example/"onerror="ran()`, alt: payload } },
);

describe.skipIf(browser === null)("in Chromium", () => {
  afterAll(async () => {
    await browser?.close();
  });

  test.each([
    ["ar", "rtl"],
    ["fr", "ltr"],
  ] as const)(
    "%s: the page runs %s, looks like the public one on a phone and on a desk, and axe finds nothing around it",
    async (language, direction) => {
      await using where = await openTextStudio(language, siteRoutes);
      where.signIn("editor");
      const text = startText(where, language, "Marche", bodyOf());
      await using page = await opened(browser).newPage();
      for (const width of ["desktop", "phone"]) {
        await page.goto(`${where.studio.origin}/texts/${text}/preview?width=${width}`);
        const html = page.frameLocator("iframe").locator("html");
        expect(await html.evaluate((root) => getComputedStyle(root).direction)).toBe(direction);
        expect(await html.evaluate(() => document.styleSheets.length)).toBe(1);
        expect(await faults(page)).toEqual([]);
      }
      const frame = await page.locator("iframe").boundingBox();
      expect(frame?.width).toBe(390);
    },
    timeoutMs,
  );

  test(
    "nothing in a text runs, loads or leads away",
    async () => {
      await using where = await openTextStudio("en", siteRoutes);
      where.signIn("editor");
      const text = startText(where, "fr", payload, hostile);
      await using page = await opened(browser).newPage();
      let ran = 0;
      await page.exposeFunction("ran", () => (ran += 1));
      const elsewhere = foreignRequests(page, where.studio.origin);
      await page.goto(`${where.studio.origin}/texts/${text}/preview`);
      await page.frameLocator("iframe").locator("h2 a").click();
      expect(page.frames().map((frame) => new URL(frame.url()).pathname)).toEqual([
        `/texts/${text}/preview`,
        `/texts/${text}/preview/page`,
      ]);
      await page.goto(`${where.studio.origin}/texts/${text}/preview/page`);
      await page.goto(`${where.studio.origin}/texts/${text}/preview/text`);
      expect(ran).toBe(0);
      expect(elsewhere).toEqual([]);
    },
    timeoutMs,
  );
});

function startText({ newsroom }: TextStudio, language: LanguageTag, title: string, body: Body): string {
  const pieceId = newsroom.pieces.addPiece({ site: "portal", kind: "story" }).piece.id;
  return newsroom.pieces.addText({ pieceId, language, content: { title, standfirst: title, body } }).text.id;
}

function foreignRequests(page: Page, origin: string): string[] {
  const found: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(`${origin}/`)) found.push(request.url());
  });
  return found;
}
