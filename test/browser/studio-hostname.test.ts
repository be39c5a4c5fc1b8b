/** The studio under a name of its own, through the edge, in a real Chromium: passkeys, uploads, events and forms get through that lane. */
import { afterAll, expect, setDefaultTimeout, test } from "bun:test";
import { peopleWords } from "../../src/people/words/index.ts";
import { drawn } from "../pictures.ts";
import { startInstance } from "../scenarios/instance.ts";
import { launchBrowser, opened } from "./browser.ts";
import { Colleague } from "./colleague.ts";
import { addressShown, illustrate, publish, save, startText, type } from "./studio-steps.ts";

const browser = await launchBrowser();
const hostname = "studio.localhost";
/** Another process may keep both processors busy. */
setDefaultTimeout(60_000);
afterAll(() => browser?.close());

test.skipIf(browser === null)(
  "somebody comes in, writes, illustrates, publishes and watches through the edge",
  async () => {
    await using instance = await startInstance({ studioHostname: hostname });
    const { port } = new URL(instance.edge);
    const studio = `http://${hostname}:${port}`;
    expect(instance.firstLink).toStartWith(`${studio}/invitation/`);
    await using who = await Colleague.at(opened(browser), studio, "fr");
    await who.comeIn(instance.firstLink ?? "", "Amina");

    await startText(who, "Mersa Rih a soif", "fr");
    await type(who, "Depuis mardi, l’eau manque.");
    const buffer = Buffer.from(await drawn("png"));
    await illustrate(
      who,
      { name: "a.png", mimeType: "image/png", buffer },
      "Une fontaine à sec",
      "Mersa Rih",
    );
    await save(who);
    await publish(who);
    expect(await (await fetch(await addressShown(who))).text()).toContain("Une fontaine à sec");

    const events = who.page.waitForResponse((response) => response.url().endsWith("/watch/events"));
    await who.visit("/watch");
    await events;
    await who.page.locator("canvas").first().waitFor();

    await who.signOut();
    await who.signIn("Amina");
    expect(who.complaints).toEqual([]);

    // The passkey belongs to that name: under the other one it is asked for in vain.
    await who.page.goto(`${instance.studio}/sign-in`);
    await who.page.getByRole("button", { name: peopleWords("fr").signIn.button }).click();
    await who.page.getByText(peopleWords("fr").passkey.cancelled).waitFor();
  },
);
