/** The first hour, as README tells it: an empty folder, the printed link, and nothing but what stands on the screen, to a published story. */
import { afterAll, expect, setDefaultTimeout, test } from "bun:test";
import { peopleWords } from "../../src/people/words/index.ts";
import { words as textWords } from "../../src/pieces/words/index.ts";
import { startInstance } from "../scenarios/instance.ts";
import { launchBrowser, opened } from "./browser.ts";
import { Colleague } from "./colleague.ts";

const browser = await launchBrowser();
/** Another process may keep both processors busy. */
setDefaultTimeout(60_000);
afterAll(() => browser?.close());

const firstStories = {
  ar: { title: "مرسى الريح عطشى", words: "الماء مقطوع منذ الثلاثاء." },
  fr: { title: "Mersa Rih a soif", words: "Depuis mardi, l’eau manque." },
} as const;

test.skipIf(browser === null).each(["ar", "fr"] as const)(
  "%s: five clicks lead from the printed link to the story that readers get",
  async (language) => {
    await using instance = await startInstance();
    await using who = await Colleague.at(opened(browser), instance.studio, language);
    const { page } = who;
    const { title, words } = firstStories[language];
    const [people, texts] = [peopleWords(language), textWords[language]];

    // Typing must not have to wait until something is painted.
    await page.addInitScript(() => (globalThis.requestAnimationFrame = () => 0));
    await page.goto(instance.firstLink ?? "");
    await page.getByLabel(people.invitation.name).fill("Amina");
    await page.getByRole("button", { name: people.invitation.button }).click();
    await page.getByRole("link", { name: texts.list.first }).click();
    await page.getByLabel(texts.new.heading).fill(title);
    await page.getByRole("button", { name: texts.new.start }).click();
    // The language that they read the studio in is the one that the story is in, and the cursor stands where one writes.
    await page.locator("[role=textbox].body").waitFor();
    await page.keyboard.type(words);
    await page.getByRole("button", { name: texts.panel.publish }).click();
    await page.getByRole("link", { name: texts.panel.look }).first().click();

    await page.getByRole("heading", { name: title }).waitFor();
    expect(await page.locator("article").textContent()).toContain(words);
    expect(await page.locator("html").getAttribute("lang")).toBe(language);
    expect(await (await instance.get(`/${language}/`)).text()).toContain(title);
    expect(who.complaints).toEqual([]);
  },
);
