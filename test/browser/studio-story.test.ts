/** The whole story of a text in a real Chromium, told by three people who read the studio in three languages, up to the edge. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { words as editorWords } from "../../src/pieces/editor/words.ts";
import { words as textWords } from "../../src/pieces/words/index.ts";
import { metadataIn, traceOf } from "../metadata.ts";
import { photographs } from "../pictures.ts";
import { type Instance, startInstance } from "../scenarios/instance.ts";
import { launchBrowser, opened } from "./browser.ts";
import { Colleague } from "./colleague.ts";
import {
  addressShown,
  correct,
  handIn,
  illustrate,
  invite,
  isSaved,
  move,
  openText,
  press,
  previewed,
  publish,
  save,
  schedule,
  seeChanges,
  standfirst,
  startText,
  told,
  type,
  withdraw,
} from "./studio-steps.ts";

const browser = await launchBrowser();
const photograph = photographs.find(({ name }) => name === "DSCN0010.jpg");
/** Another process may keep both processors busy. */
setDefaultTimeout(30_000);

const arabic = {
  title: "مسيرة الأحد في الرباط",
  standfirst: "آلاف خرجوا بعد ظهر الأحد، سلميّين.",
  alt: "أشجار وراءها بيت",
  caption: "الرباط، الأحد",
};
const french = { title: "Mersa Rih a soif", body: "Depuis mardi, l’eau manque.", more: " Mercredi aussi." };

describe.skipIf(browser === null || photograph === undefined)("in Chromium", () => {
  let instance: Instance;
  let amina: Colleague;
  let nadia: Colleague;
  let idir: Colleague;
  let reader: Page;
  const texts = { arabic: "", french: "" };
  let published = "";

  beforeAll(async () => {
    instance = await startInstance();
    const somebody = (language: Colleague["language"]): Promise<Colleague> =>
      Colleague.at(opened(browser), instance.studio, language);
    [amina, nadia, idir] = await Promise.all([somebody("en"), somebody("ar"), somebody("fr")]);
    reader = await opened(browser).newPage();
  });
  afterAll(async () => {
    await browser?.close();
    await instance[Symbol.asyncDispose]();
  });

  test("Amina follows the printed link and invites Nadia to write and Idir to edit", async () => {
    await amina.comeIn(instance.firstLink ?? "", "Amina");
    const links = {
      nadia: await invite(amina, "Nadia", "contributor"),
      idir: await invite(amina, "Idir", "editor"),
    };
    await nadia.comeIn(links.nadia, "Nadia");
    await idir.comeIn(links.idir, "Idir");
  });

  test("Nadia writes in Arabic, illustrates it and hands it in; she can't publish it", async () => {
    texts.arabic = await startText(nadia, arabic.title, "ar");
    await type(nadia, "في باب الأحد، الثانية بعد الظهر.\nBab el Had, 14 h.\n");
    await illustrate(nadia, fileOf(photograph), arabic.alt, arabic.caption);
    // Neither of them without saving first: what is looked at and handed in is what stands on the page.
    expect(await previewed(nadia, arabic.title)).toBe("rtl");
    await openText(nadia, texts.arabic);
    await standfirst(nadia, arabic.standfirst);
    await handIn(nadia);
    expect(await nadia.page.getByRole("button", { name: textWords.ar.panel.publish }).count()).toBe(0);
  });

  test("Nadia writes in French; her session ends meanwhile, and not a word is lost", async () => {
    texts.french = await startText(nadia, french.title, "fr");
    await type(nadia, french.body);
    await save(nadia);
    await type(nadia, french.more);
    await nadia.context.clearCookies({ name: "kasbah" });
    await nadia.page.keyboard.press("Control+s");
    const { faults } = editorWords.ar;
    const window = nadia.context.waitForEvent("page");
    await nadia.page.getByRole("link", { name: faults.signIn }).click();
    const other = await window;
    await nadia.openWindow(other);
    await nadia.signIn("Nadia", other);
    await nadia.page.getByRole("button", { name: faults.retry }).click();
    await isSaved(nadia);
    await nadia.page.reload();
    await nadia.page.locator("[role=textbox].body", { hasText: french.body + french.more }).waitFor();
    expect(await previewed(nadia, french.title)).toBe("ltr");
    await openText(nadia, texts.french);
    await handIn(nadia);
  });

  test("Idir finds it in review, sees what changed, and publishes it; readers have it and its picture", async () => {
    await idir.visit("/?state=in+review");
    await idir.page.getByRole("link", { name: arabic.title }).click();
    await idir.page.waitForURL(`**/texts/${texts.arabic}`);
    await seeChanges(idir, arabic.standfirst);
    await openText(idir, texts.arabic);
    await publish(idir);
    published = await addressShown(idir);
    const page = await read(published);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain(arabic.standfirst);
    await reader.goto(published);
    const picture = reader.getByRole("img", { name: arabic.alt });
    await picture.scrollIntoViewIfNeeded();
    await reader.waitForFunction(() => [...document.images].every(({ complete }) => complete));
    expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(300);
    expect(await reader.locator("html").getAttribute("dir")).toBe("rtl");
  });

  test("what was wrong is said under the text, with its date", async () => {
    await correct(idir, "كانت الساعة الثالثة، لا الثانية.");
    await reader.goto(published);
    await reader.getByText("كانت الساعة الثالثة، لا الثانية.").waitFor();
  });

  test("the address changes, and the old one leads to the new one", async () => {
    await move(idir, "باب-الأحد");
    const moved = await addressShown(idir);
    expect(moved).not.toBe(published);
    const old = await read(published);
    expect(old.status).toBe(301);
    expect(new URL(old.headers.get("location") ?? "", published).href).toBe(moved);
    await reader.goto(published);
    expect(reader.url()).toBe(moved);
    published = moved;
  });

  test("what is scheduled or kept for the team is nowhere for readers", async () => {
    const { panel } = textWords.fr;
    await openText(idir, texts.french);
    await schedule(idir, "2040-01-31T18:00");
    expect(await publicPages()).not.toContain(french.title);
    await press(idir, panel.unschedule, "unscheduled");
    await publish(idir);
    const address = await addressShown(idir);
    expect((await read(address)).status).toBe(200);
    expect(await publicPages()).toContain(french.title);
    await press(idir, panel.privatePublished, "private");
    expect((await read(address)).status).toBe(404);
    expect(await publicPages()).not.toContain(french.title);
  });

  test("withdrawn, the page is gone and its picture with it", async () => {
    await reader.goto(published);
    const sources = await reader
      .locator("article img")
      .evaluateAll((all) => all.map((each) => (each as HTMLImageElement).currentSrc));
    expect(sources.length).toBeGreaterThan(0);
    await openText(idir, texts.arabic);
    await withdraw(idir);
    expect((await read(published)).status).toBe(410);
    for (const source of sources) expect([404, 410]).toContain((await read(source)).status);
    expect(await publicPages()).not.toContain(arabic.title);
    await told(idir, "withdrawn");
  });

  test("signed out, nobody gets back in by the way back; no browser complained", async () => {
    for (const each of [amina, nadia, idir]) {
      await each.visit("/me");
      await each.signOut();
      await each.page.goBack();
      await each.page.waitForURL("**/sign-in?to=*");
    }
    const complaints = [amina, nadia, idir].flatMap((each) => each.complaints);
    // Of the one save that came after Nadia's session.
    expect(complaints.filter((each) => !each.includes("401"))).toEqual([]);
  });

  test("nothing of what the camera wrote into the photograph is anywhere in the data folder", async () => {
    await instance.stop();
    const needles = metadataIn(photograph?.bytes ?? new Uint8Array());
    expect(needles.length).toBeGreaterThan(5);
    const files = await readdir(instance.data, { recursive: true, withFileTypes: true });
    const found: string[] = [];
    for (const file of files.filter((each) => each.isFile())) {
      const path = join(file.parentPath, file.name);
      const data = await readFile(path);
      for (const needle of needles) if (traceOf(needle, data)) found.push(`${path}: ${needle.what}`);
    }
    expect(found).toEqual([]);
  });

  /** As a reader's program does, without following. */
  async function read(url: string): Promise<Response> {
    return await fetch(url, { redirect: "manual" });
  }

  /** Front pages, feeds and the sitemap, in one. */
  async function publicPages(): Promise<string> {
    const paths = ["/", "/ar/", "/fr/", "/feed.xml", "/fr/feed.json", "/sitemap.xml"];
    const pages = await Promise.all(paths.map(async (path) => (await instance.get(path)).text()));
    return pages.join("\n");
  }
});

function fileOf(found: (typeof photographs)[number] | undefined) {
  return { name: found?.name ?? "", mimeType: "image/jpeg", buffer: Buffer.from(found?.bytes ?? []) };
}
