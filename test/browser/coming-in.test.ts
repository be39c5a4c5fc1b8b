/** Coming into the studio in a real Chromium with a virtual authenticator: invited, enrolled, out and in again; its pages for everybody's eyes. */
import { afterAll, describe, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { invite } from "../../src/people/roster.ts";
import { type InterfaceLanguage, interfaceLanguages } from "../../src/language/tags.ts";
import { type NewsroomStudio, openNewsroomStudio } from "../studio/newsroom-studio.ts";
import { launchBrowser, opened } from "./browser.ts";
import { Colleague } from "./colleague.ts";
import { faults } from "./faults.ts";

const browser = await launchBrowser();
const timeoutMs = 30_000;

interface Seat extends AsyncDisposable {
  readonly studio: NewsroomStudio;
  readonly amina: Colleague;
  readonly page: Page;
}

/** Amina at a newsroom that nobody has come into yet. */
async function sitDown(language: InterfaceLanguage = "en"): Promise<Seat> {
  const lifetimes = new AsyncDisposableStack();
  const studio = lifetimes.use(await openNewsroomStudio());
  const amina = lifetimes.use(await Colleague.at(opened(browser), studio.origin, language));
  return { studio, amina, page: amina.page, [Symbol.asyncDispose]: () => lifetimes.disposeAsync() };
}

describe.skipIf(browser === null)("in a browser", () => {
  afterAll(() => browser?.close());

  test(
    "somebody enrols, leaves, comes back to where they wanted to go, and is told that this device has a passkey",
    async () => {
      await using seat = await sitDown();
      const { amina, page, studio } = seat;
      await amina.comeIn(studio.firstLink(), "Amina");
      expect(studio.newsroom.people.accounts().map(({ name }) => name)).toEqual(["Amina"]);

      await page.goto(`${studio.origin}/me`);
      await page.click("form[action='/sign-out'] button >> nth=-1");
      await page.waitForURL(`${studio.origin}/sign-in`);
      await page.goto(`${studio.origin}/people?x=1`);
      expect(new URL(page.url()).pathname).toBe("/sign-in");
      await Promise.all([
        page.waitForURL(`${studio.origin}/people?x=1`),
        page.click("form[data-passkey] button"),
      ]);

      await page.goto(`${studio.origin}/me`);
      await page.click("form[data-passkey] button");
      await page.getByText("already holds a passkey").waitFor();
      expect(amina.complaints).toEqual([]);
    },
    timeoutMs,
  );

  test(
    "a passkey that nobody knows is refused in words, and the button works again",
    async () => {
      await using seat = await sitDown();
      const { amina, page, studio } = seat;
      await amina.comeIn(studio.firstLink(), "Amina");
      const [account] = studio.newsroom.people.accounts();
      studio.newsroom.membership.passkeys.removeAll(account?.id ?? "");
      studio.newsroom.membership.sessions.endAll(account?.id ?? "");
      await page.goto(`${studio.origin}/sign-in`);
      await page.click("form[data-passkey] button");
      await page.getByText("isn’t known here").waitFor();
      expect(await page.isEnabled("form[data-passkey] button")).toBe(true);
    },
    timeoutMs,
  );

  describe.each(interfaceLanguages)("%s", (language) => {
    test(
      "axe finds nothing on any of its pages, nothing overflows, by day and by night, on a phone and on a desk",
      async () => {
        await using seat = await sitDown(language);
        const { amina, page, studio } = seat;
        await page.goto(`${studio.origin}/sign-in`);
        expect(await faults(page)).toEqual([]);
        await page.goto(studio.firstLink());
        expect(await faults(page)).toEqual([]);
        await amina.comeIn(studio.firstLink(), "Amina");
        const { people, membership } = studio.newsroom;
        const sara = people.addAccount("سارة").id;
        const grant = { role: "editor", site: "blog", section: null } as const;
        people.grant({ account: sara, ...grant });
        invite(membership, { name: "Nadia", grant, by: null });
        for (const path of ["/me", "/people", `/people/${sara}`, "/record", "/invitation/none"]) {
          await page.goto(studio.origin + path);
          expect([path, await faults(page)]).toEqual([path, []]);
        }
        await page.goto(`${studio.origin}/people`);
        await page.fill("input[name=name]", "Idir");
        await page.click("form[action='/people/invitations'] button");
        await page.locator("code").waitFor();
        expect(await faults(page)).toEqual([]);
      },
      timeoutMs,
    );
  });
});
