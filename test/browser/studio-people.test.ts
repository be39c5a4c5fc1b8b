/** Coming in, in a real Chromium: the printed link, `kasbah people` as an operator uses it, and a session in the wrong browser. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { peopleWords } from "../../src/people/words/index.ts";
import { type Instance, startInstance } from "../scenarios/instance.ts";
import { launchBrowser, opened } from "./browser.ts";
import { Colleague } from "./colleague.ts";

const browser = await launchBrowser();
setDefaultTimeout(30_000);

describe.skipIf(browser === null)("in Chromium", () => {
  let instance: Instance;
  let steward: Colleague;

  const somebody = (language: Colleague["language"] = "en"): Promise<Colleague> =>
    Colleague.at(opened(browser), instance.studio, language);
  beforeAll(async () => {
    instance = await startInstance();
    steward = await somebody();
  });
  afterAll(async () => {
    await browser?.close();
    await instance[Symbol.asyncDispose]();
  });

  test("the link that `kasbah up` prints makes the first steward, once", async () => {
    const { firstLink = "" } = instance;
    await steward.comeIn(firstLink, "Amina");
    await using second = await somebody("fr");
    await second.page.goto(firstLink);
    await second.page.getByText(peopleWords("fr").invitation.void.title).first().waitFor();
  });

  test("`kasbah people invite` prints a link; who opens it comes in, and `list` then knows them", async () => {
    await using nadia = await somebody("ar");
    const { url } = await inviteByCommand("Nadia", "contributor");
    await nadia.comeIn(url, "Nadia");
    expect(await nadia.page.locator(".menu a").count()).toBe(1);
    const { stdout } = await instance.kasbah("people", "list");
    expect(stdout).toMatch(/^Amina .*steward *$/m);
    expect(stdout).toMatch(/^Nadia .*contributor *$/m);
    expect(stdout).not.toContain("invited");
  });

  test("`kasbah people revoke` ends what somebody had, at their next click", async () => {
    await using idir = await somebody("fr");
    await idir.comeIn((await inviteByCommand("Idir", "editor")).url, "Idir");
    expect(await instance.kasbah("people", "revoke", "Idir")).toMatchObject({ exitCode: 0, stderr: "" });
    await idir.visit("/me");
    await idir.page.waitForURL("**/sign-in?to=*");
    await idir.page.getByRole("button", { name: peopleWords("fr").signIn.button }).click();
    await idir.page.getByText(peopleWords("fr").passkey.refused).waitFor();
  });

  test("who lost the phone comes back with `--again`, to the same account", async () => {
    await using sara = await somebody("ar");
    await sara.comeIn((await inviteByCommand("Sara", "editor")).url, "Sara");
    const again = await instance.kasbah("people", "invite", "Sara", "--again", "--json");
    await sara.visit("/");
    await sara.page.waitForURL("**/sign-in**");
    await using newPhone = await somebody("ar");
    await newPhone.page.goto(linkIn(again.stdout).url);
    await newPhone.page.getByRole("button", { name: peopleWords("ar").invitation.button }).click();
    await newPhone.isIn("Sara");
    const { stdout } = await instance.kasbah("people", "list");
    expect(stdout.match(/^Sara /gm)).toHaveLength(1);
  });

  test("a session's cookie copied into another browser lets nobody in there, and ends it here", async () => {
    const cookies = await steward.context.cookies();
    await using thief = await opened(browser).newContext({
      userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
      locale: "en",
    });
    await thief.addCookies(cookies);
    const page = await thief.newPage();
    await page.goto(`${instance.studio}/people`);
    await page.waitForURL("**/sign-in?to=*");
    await steward.visit("/people");
    await steward.page.getByText(peopleWords("en").signIn.usedElsewhere).waitFor();
    await steward.signIn("Amina");
    expect(steward.page.url()).toBe(`${instance.studio}/people`);
  });

  test("signed out is signed out, also for the way back in the browser", async () => {
    await steward.visit("/people");
    await steward.signOut();
    await steward.page.goBack();
    await steward.page.waitForURL("**/sign-in?to=*");
    expect(steward.complaints).toEqual([]);
  });

  async function inviteByCommand(name: string, role: string): Promise<{ readonly url: string }> {
    const { stdout, exitCode } = await instance.kasbah("people", "invite", name, "--role", role, "--json");
    expect(exitCode).toBe(0);
    return linkIn(stdout);
  }
});

function linkIn(stdout: string): { readonly url: string } {
  return JSON.parse(stdout);
}
