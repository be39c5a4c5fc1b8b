/**
 * The studio on a whole instance in a real Chromium, in the states into which work brings it: empty, refused, after an act. In Arabic and
 * French, on a phone and on a desk, by day and by night, axe finds nothing and nothing overflows. Full pages: studio-pages.test.ts.
 */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { resolve } from "node:path";
import { rfc3339, systemClock } from "../../src/base/clock.ts";
import { dataFolder } from "../../src/config/data-folder.ts";
import { feature as incidents } from "../../src/incidents/feature.ts";
import { createRegister } from "../../src/incidents/register.ts";
import { openDatabase } from "../../src/store/database.ts";
import { feature as memory } from "../../src/watch/memory.ts";
import { type Instance, startInstance } from "../scenarios/instance.ts";
import { flood } from "../studio/fake-watch.ts";
import { launchBrowser, opened } from "./browser.ts";
import { Colleague } from "./colleague.ts";
import { faults } from "./faults.ts";
import { emptyScreens, type Known, openScreens, refusals, type Screen, statesOf } from "./studio-screens.ts";
import {
  correct,
  handIn,
  invite,
  publish,
  readStudioIn,
  save,
  standfirst,
  startText,
  type,
  withdraw,
} from "./studio-steps.ts";

const browser = await launchBrowser();
const dayMs = 24 * 60 * 60 * 1_000;
const languages = ["ar", "fr"] as const;
const wordpressExport = resolve(import.meta.dir, "../fixtures/wxr/newsroom.xml");
/** Each screen twice with axe, and another process may keep both processors busy. */
setDefaultTimeout(90_000);

describe.skipIf(browser === null)("in Chromium", () => {
  let instance: Instance;
  let steward: Colleague;

  beforeAll(async () => {
    instance = await startInstance({ prepare: rememberFlood });
    steward = await Colleague.at(opened(browser), instance.studio, "ar");
  });
  afterAll(async () => {
    await browser?.close();
    await instance[Symbol.asyncDispose]();
  });

  /** By the name of each screen that has any. */
  async function faultsOf(who: Colleague, screens: readonly Screen[], status = 200): Promise<string[]> {
    const found: string[] = [];
    for (const [name, path] of screens) {
      expect([name, await who.visit(path)]).toEqual([name, status]);
      found.push(...(await faults(who.page)).map((fault) => `${name}: ${fault}`));
    }
    return found;
  }

  test("the first link, and what a newsroom looks like in which nobody has done anything", async () => {
    await steward.page.goto(instance.firstLink ?? "");
    expect(await faults(steward.page)).toEqual([]);
    await steward.comeIn(instance.firstLink ?? "", "Amina");
    for (const language of languages) {
      await readStudioIn(steward, language);
      expect(await faultsOf(steward, emptyScreens)).toEqual([]);
    }
  });

  test("texts in every state, an incident, and what isn’t there", async () => {
    const known = await workSome(steward, instance);
    for (const language of languages) {
      await steward.visit("/");
      await readStudioIn(steward, language);
      expect(await faultsOf(steward, statesOf(known))).toEqual([]);
      expect(await faultsOf(steward, refusals, 404)).toEqual([]);
    }
  });

  test("a link that is shown once, and who opens it", async () => {
    for (const language of languages) {
      await steward.visit("/");
      await readStudioIn(steward, language);
      const link = await invite(steward, `Nadia ${language}`, "contributor");
      expect(await faults(steward.page)).toEqual([]);
      await using nadia = await Colleague.at(opened(browser), instance.studio, language);
      await nadia.page.goto(link);
      expect(await faults(nadia.page)).toEqual([]);
      await nadia.comeIn(link, `Nadia ${language}`);
      expect(await faultsOf(nadia, [["her list", "/"]])).toEqual([]);
      expect(await faultsOf(nadia, [["not hers", "/people"]], 403)).toEqual([]);
    }
  });

  test("what is said to somebody who isn't signed in, and to a form that was sent wrongly", async () => {
    for (const language of languages) {
      await using nobody = await Colleague.at(opened(browser), instance.studio, language);
      expect(await faultsOf(nobody, openScreens)).toEqual([]);
      for (const who of [nobody, steward]) {
        await who.visit("/sign-in");
        await who.page.evaluate(sendEmptyForm);
        await who.page.waitForURL("**/texts");
        expect(await faults(who.page)).toEqual([]);
      }
    }
  });
});

/** An incident of yesterday, that the watch has in its register from the start. */
async function rememberFlood(data: string): Promise<void> {
  const { watchDatabase } = dataFolder(data);
  using database = openDatabase(watchDatabase, [...incidents.migrations, ...memory.migrations]);
  const [started_at, ended_at] = [0, 200_000].map((afterMs) =>
    rfc3339(systemClock.nowMs() - dayMs + afterMs),
  );
  createRegister(database).save({ ...flood, started_at: started_at ?? "", ended_at: ended_at ?? null });
}

/** Texts in every state, and somebody else to look at. */
async function workSome(who: Colleague, instance: Instance): Promise<Known> {
  await instance.kasbah("import", wordpressExport);
  const published = await startText(who, "Mersa Rih a soif", "fr");
  await type(who, "Depuis mardi, l’eau manque.");
  await save(who);
  await publish(who);
  await correct(who, "C’était mercredi.");
  const withdrawn = await startText(who, "À retirer", "fr");
  await save(who);
  await publish(who);
  await withdraw(who);
  const draft = await startText(who, "مسيرة الأحد", "ar");
  await standfirst(who, "آلاف خرجوا.");
  await save(who);
  await type(who, "في باب الأحد.");
  await save(who);
  await handIn(who);
  await who.visit("/people");
  const person = (await who.page.locator(".rows a").first().getAttribute("href"))?.split("/").pop() ?? "";
  return { draft, published, withdrawn, person };
}

function sendEmptyForm(): void {
  const form = document.createElement("form");
  form.method = "post";
  form.action = "/texts";
  document.body.append(form);
  form.submit();
}
