/** The watch's pages in a real browser: readable by everybody, alive while the watch lives, honest when it doesn't. */
import { afterAll, describe, expect, test } from "bun:test";
import type { BrowserContextOptions, Page } from "playwright-core";
import { systemClock } from "../../src/base/clock.ts";
import { silentLog } from "../../src/base/log.ts";
import { watchRoutes } from "../../src/incidents/routes.ts";
import type { InterfaceLanguage } from "../../src/language/tags.ts";
import { ClientScripts } from "../../src/web/client-scripts.ts";
import { defacement } from "../origin-incidents.ts";
import { type FakeEdge, fakeEdge, floodRule, underFlood } from "../studio/fake-edge.ts";
import { type FakeWatch, fakeWatch, flood, second } from "../studio/fake-watch.ts";
import { openStudio, personWho, type Studio } from "../studio/studio.ts";
import { launchBrowser, opened } from "./browser.ts";
import { faults } from "./faults.ts";

const browser = await launchBrowser();
const timeoutMs = 30_000;
/** Seconds that lie behind when a page is opened. */
const pastS = 60;

interface Seat extends AsyncDisposable {
  readonly watch: FakeWatch;
  readonly edge: FakeEdge;
  readonly studio: Studio;
  readonly page: Page;
  /** What went wrong in the page, and what it asked elsewhere. */
  readonly complaints: readonly string[];
}

async function sitDown(language: InterfaceLanguage, screen: BrowserContextOptions = {}): Promise<Seat> {
  const lifetimes = new AsyncDisposableStack();
  const nowMs = systemClock.nowMs();
  const watch = lifetimes.use(
    await fakeWatch(Array.from({ length: pastS }, (_, at) => second(nowMs - (pastS - at) * 1_000))),
  );
  const edge = lifetimes.use(fakeEdge(watch.edgeBus, () => systemClock.nowMs()));
  watch.incidents = [
    flood,
    defacement,
    {
      ...flood,
      id: "01K00PEN000000000000000000",
      status: "open",
      ended_at: null,
      drill: true,
      outcome: null,
    },
  ];
  const scripts = new ClientScripts();
  const given = {
    bus: watch.bus,
    clock: systemClock,
    log: silentLog,
    scripts,
    audit: { note() {} },
    kasbah: ["kasbah"],
  };
  const studio = lifetimes.use(
    openStudio({ routes: watchRoutes(given), scripts, person: personWho(), language }),
  );
  const page = lifetimes.adopt(await opened(browser).newPage(screen), (open) => open.close());
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (thrown) => complaints.push(thrown.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(studio.origin)) complaints.push(request.url());
  });
  return { watch, edge, studio, page, complaints, [Symbol.asyncDispose]: () => lifetimes.disposeAsync() };
}

const drawn = (page: Page): Promise<unknown> => page.waitForSelector("[data-until] canvas");

/** Where in the upper chart something has the colour of requests, 0: left edge, 1: right edge. */
function inkOf(page: Page): Promise<{ first: number; last: number }> {
  return page.evaluate(() => {
    const canvas = document.querySelector("canvas");
    const context = canvas?.getContext("2d");
    if (canvas === null || context === null || context === undefined) return { first: 0, last: 0 };
    const wanted = getComputedStyle(document.documentElement).getPropertyValue("--chart-requests");
    const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(wanted.trim().slice(at, at + 2), 16));
    const { data, width } = context.getImageData(0, 0, canvas.width, canvas.height);
    const columns: number[] = [];
    for (let at = 0; at < data.length; at += 4) {
      const isInk =
        data[at] === red && data[at + 1] === green && data[at + 2] === blue && data[at + 3] === 255;
      if (isInk) columns.push((at / 4) % width);
    }
    return { first: Math.min(...columns) / width, last: Math.max(...columns) / width };
  });
}

function picture(page: Page): Promise<string> {
  return page.evaluate(() => document.querySelector("canvas")?.toDataURL() ?? "");
}

describe.skipIf(browser === null)("in Chromium", () => {
  afterAll(async () => {
    await browser?.close();
  });

  test.each(["ar", "fr", "en"] as const)(
    "%s: axe finds nothing, nothing overflows, nothing complains",
    async (language) => {
      await using seat = await sitDown(language);
      const past = { ...floodRule, id: "01K0PAST", state: "expired", ended: "nobody matched it" } as const;
      const long = { ...floodRule, id: "01K0LONG", terms: [{ trait: "agent", value: "x".repeat(200) }] };
      seat.edge.tell({ ...underFlood, dry_run: true, frozen: true, rules: [floodRule, long, past] });
      await seat.watch.edgeBus.flush();
      const incidents = [flood, defacement].map(({ id }) => `/watch/incidents/${id}`);
      for (const path of ["/watch", ...incidents]) {
        await seat.page.goto(seat.studio.origin + path);
        if (path === "/watch") await Promise.all([drawn(seat.page), seat.page.waitForSelector(".rules li")]);
        expect(await faults(seat.page)).toEqual([]);
      }
      expect(seat.complaints).toEqual([]);
    },
    timeoutMs,
  );

  test.each(["ar", "en"] as const)(
    "%s: the chart draws what was, moves with each second, and time runs from left to right",
    async (language) => {
      await using seat = await sitDown(language);
      await seat.page.goto(`${seat.studio.origin}/watch`);
      await drawn(seat.page);
      const ink = await inkOf(seat.page);
      // One minute of ten, at the newer end.
      expect(ink.first).toBeGreaterThan(0.75);
      expect(ink.last).toBeGreaterThan(0.95);
      const before = await picture(seat.page);
      const next = second(systemClock.nowMs() + 1_000, { requests: 4_000 });
      seat.watch.say(next);
      await seat.page.waitForSelector(`[data-until="${Math.round(Date.parse(next.at) / 1_000)}"]`);
      await seat.page.waitForFunction((old) => document.querySelector("canvas")?.toDataURL() !== old, before);
    },
    timeoutMs,
  );

  test(
    "the chart has colours for the day and for the night, and changes with it",
    async () => {
      await using seat = await sitDown("fr", { colorScheme: "light" });
      await seat.page.goto(`${seat.studio.origin}/watch`);
      await drawn(seat.page);
      const day = await picture(seat.page);
      await seat.page.emulateMedia({ colorScheme: "dark" });
      await seat.page.waitForFunction((old) => document.querySelector("canvas")?.toDataURL() !== old, day);
      expect((await inkOf(seat.page)).last).toBeGreaterThan(0.95);
    },
    timeoutMs,
  );

  test(
    "the sentence changes with the site, a screen reader hears it, and the list follows",
    async () => {
      await using seat = await sitDown("en");
      await seat.page.goto(`${seat.studio.origin}/watch`);
      await drawn(seat.page);
      await seat.page.waitForSelector(".now.good");
      seat.watch.say(second(systemClock.nowMs(), { mode: "guarded", incidents_open: 1 }));
      const announced = seat.page.locator("#announcement");
      await seat.page.waitForSelector(".now.bad");
      await announced
        .filter({ hasText: "The site is under attack. Readers still get their pages" })
        .waitFor({ state: "attached" });
      seat.watch.incidents = [{ ...flood, id: "01K0NEW0000000000000000000", kind: "scan" }];
      seat.watch.tell(flood);
      await seat.page.locator("#incidents", { hasText: "Search for weak spots" }).waitFor();
    },
    timeoutMs,
  );

  test(
    "a volunteer sees the defence at work, opens what a button would do, and presses it, by keyboard",
    async () => {
      await using seat = await sitDown("fr");
      const { page, edge } = seat;
      await page.goto(`${seat.studio.origin}/watch`);
      await drawn(page);
      edge.tell(underFlood);
      await page.locator(".rules", { hasText: "Requêtes qui ne nomment aucun programme" }).waitFor();
      await page.locator("#origin tr", { hasText: "Arabie saoudite" }).waitFor();
      await page.locator("#acts summary", { hasText: "Annuler" }).focus();
      await page.keyboard.press("Enter");
      edge.tell({ held: 7 });
      await page.locator("[data-told=ladder]", { hasText: "Refus retenus en ce moment\u202f: 7." }).waitFor();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.locator("#defence", { hasText: "Il n’y a pas de règle en ce moment." }).waitFor();
      expect(edge.orders).toEqual([["undo", {}]]);
      expect(seat.complaints).toEqual([]);
    },
    timeoutMs,
  );

  test(
    "when the watch dies the open page says so, and when it comes back, that too",
    async () => {
      await using seat = await sitDown("en");
      await seat.page.goto(`${seat.studio.origin}/watch`);
      await seat.watch.die();
      await seat.page
        .locator(".now-sentence", { hasText: "The watch doesn’t answer" })
        .waitFor({ timeout: 15_000 });
      await seat.watch.comeBack();
      seat.watch.say(second(systemClock.nowMs()));
      await seat.page.locator(".now-sentence", { hasText: "The site is readable" }).waitFor();
    },
    timeoutMs,
  );

  test(
    "without scripts the sentence and all figures are there, and no empty chart",
    async () => {
      await using seat = await sitDown("fr", { javaScriptEnabled: false });
      await seat.page.goto(`${seat.studio.origin}/watch`);
      expect(await seat.page.locator(".now-sentence").textContent()).toContain("Le site est lisible.");
      expect(await seat.page.locator(".figures tbody td").count()).toBe(12);
      expect(await seat.page.locator("#charts").isVisible()).toBe(false);
      await seat.page.getByRole("button", { name: "Figer" }).click();
      await seat.page.getByRole("button", { name: "Ne plus figer" }).waitFor();
    },
    timeoutMs,
  );
});
