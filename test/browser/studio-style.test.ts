/** What the studio's pages are put together from, in a real browser: for thumbs, keyboards, tired eyes and both directions. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import type { Page } from "playwright-core";
import { studioStyleSheet } from "../../src/web/assets.ts";
import type { SiteState } from "../../src/web/route.ts";
import { openStudio, personWho } from "../studio/studio.ts";
import { launchBrowser, opened } from "./browser.ts";
import { faults, smallTargets } from "./faults.ts";
import { styleMenu, styleRoutes } from "./studio-style.tsx";

const browser = await launchBrowser();
/** Another process may keep both processors busy. */
setDefaultTimeout(30_000);
const phone = { width: 360, height: 740 };
const bytesMax = 30_000;

const calm: SiteState = {
  edition: { version: 12, publishedAt: "2026-05-20T12:00:00Z", stale: false },
  mode: "calm",
  incidentsOpen: 0,
  protectedSite: null,
};

test("the whole style sheet stays small", () => {
  expect(studioStyleSheet.body.byteLength).toBeLessThanOrEqual(bytesMax);
});

describe.skipIf(browser === null)("in Chromium", () => {
  let page: Page;

  beforeAll(async () => {
    page = await opened(browser).newPage();
  });

  afterAll(async () => {
    await browser?.close();
  });

  describe.each(["ar", "fr", "en"] as const)("in %s", (language) => {
    const studioOf = (state: SiteState, person = personWho()) =>
      openStudio({ routes: styleRoutes, menu: styleMenu, person, language, state });

    test("axe finds nothing, nothing overflows, whatever the state of the site", async () => {
      for (const state of [calm, { edition: null, mode: null, incidentsOpen: null, protectedSite: null }]) {
        await using studio = studioOf(state);
        for (const path of ["/?done", "/?wrong", "/broken"]) {
          await page.goto(studio.origin + path);
          expect(await faults(page)).toEqual([]);
        }
      }
    });

    test("letters twice as large, and a screen of 320 px, hide nothing", async () => {
      await using studio = studioOf(calm);
      await page.goto(studio.origin);
      await page.setViewportSize({ width: 320, height: 568 });
      expect(await overflow(page)).toBe(0);
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
      expect(await overflow(page)).toBe(0);
    });

    test("a thumb hits what it aims at", async () => {
      await using studio = studioOf(calm);
      await page.setViewportSize(phone);
      await page.goto(studio.origin);
      expect(await smallTargets(page)).toEqual([]);
    });

    test("the keyboard reaches everything, in the order of the page, and shows where it is", async () => {
      await using studio = studioOf(calm);
      for (const forcedColors of ["none", "active"] as const) {
        await page.emulateMedia({ forcedColors });
        await page.goto(studio.origin);
        const { reached, unseen, inOrder } = await walkByKeyboard(page);
        expect(reached).toBeGreaterThan(20);
        expect(unseen).toEqual([]);
        expect(inOrder).toBe(true);
      }
      await page.emulateMedia({ forcedColors: "none" });
    });
  });

  test("a browser's own form comes through the front door", async () => {
    await using studio = openStudio({ routes: styleRoutes, menu: styleMenu, person: personWho() });
    await page.goto(studio.origin);
    await page.locator("[action='/withdraw'] button").click();
    await page.waitForURL(`${studio.origin}/?done`);
  });

  test("who did something stands at what came of it, who sent something wrong at what to mend", async () => {
    await using studio = openStudio({ routes: styleRoutes, menu: styleMenu, person: personWho() });
    const focused = () => page.evaluate(() => document.activeElement?.outerHTML ?? "");
    await page.goto(`${studio.origin}/?done`);
    expect(await focused()).toContain('role="status"');
    await page.goto(`${studio.origin}/?wrong`);
    expect(await focused()).toContain('name="title"');
  });

  test("the current entry of the menu is marked, and headings go down one step at a time", async () => {
    await using studio = openStudio({ routes: styleRoutes, menu: styleMenu, person: personWho() });
    await page.goto(studio.origin);
    expect(await page.locator("nav [aria-current=page]").allTextContents()).toEqual(["Texts"]);
    const levels = await page.locator("h1, h2, h3").evaluateAll((all) => all.map(({ tagName }) => tagName));
    expect(levels).toEqual(["H1", "H2", "H2"]);
  });

  test("who isn't signed in sees the languages, no menu, and nothing of how the site stands", async () => {
    await using studio = openStudio({ routes: styleRoutes, menu: styleMenu, state: calm });
    await page.goto(`${studio.origin}/?a=b`);
    expect(await page.locator("nav, .state").count()).toBe(0);
    expect(await page.locator("[name=to]").inputValue()).toBe("/?a=b");
    expect(await page.locator(".languages button").allTextContents()).toEqual([
      "العربية",
      "français",
      "English",
    ]);
    expect(await faults(page)).toEqual([]);
  });
});

function overflow(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth));
}

interface Walk {
  readonly reached: number;
  /** Focused without an outline that shows it. */
  readonly unseen: readonly string[];
  readonly inOrder: boolean;
}

async function walkByKeyboard(page: Page): Promise<Walk> {
  const unseen: string[] = [];
  let inOrder = true;
  let reached = 0;
  const stepsMax = 100;
  for (; reached < stepsMax; reached++) {
    await page.keyboard.press("Tab");
    const seen = await page.evaluate(() => {
      const element = document.activeElement;
      const before = [...document.querySelectorAll("[data-reached]")].at(-1);
      // A date has fields of its own; behind the last element the browser starts again.
      const isAgain = element !== before && element?.hasAttribute("data-reached") === true;
      if (element === null || element === document.body || isAgain) return undefined;
      const follows =
        before === undefined ||
        before === element ||
        (before.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
      element.setAttribute("data-reached", "");
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const isShown = outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
      return { html: element.outerHTML, isShown, follows };
    });
    if (seen === undefined) break;
    inOrder &&= seen.follows;
    if (!seen.isShown) unseen.push(seen.html);
  }
  return { reached, unseen, inOrder };
}
