/** The studio under a name of its own, through the edge, in a real Chromium: passkeys, uploads, events and forms get through that lane. */
import { afterAll, expect, setDefaultTimeout, test } from "bun:test";
import { peopleWords } from "../../src/people/words/index.ts";
import { drawn } from "../pictures.ts";
import { eventually, startInstance } from "../scenarios/instance.ts";
import { launchBrowser, opened } from "./browser.ts";
import { Colleague } from "./colleague.ts";
import { SignInFlood } from "./sign-in-flood.ts";
import { addressShown, illustrate, publish, save, startText, type } from "./studio-steps.ts";

const browser = await launchBrowser();
const hostname = "studio.localhost";
/** Another process may keep both processors busy. */
setDefaultTimeout(60_000);
afterAll(() => browser?.close());

test.skipIf(browser === null)(
  "somebody comes in, writes, illustrates, publishes and watches through the edge",
  async () => {
    // What floods have in common would be refused; here it is to come through to the studio's own gate.
    const settings = '[decision]\nmode = "off"\n';
    // So that one machine can be many networks.
    const edgeSettings = 'trusted_proxies = ["127.0.0.0/8"]';
    await using instance = await startInstance({ studioHostname: hostname, settings, edgeSettings });
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

    await underFlood(who, `${hostname}:${port}`);
    await who.context.setExtraHTTPHeaders({});

    // The passkey belongs to that name: under the other one it is asked for in vain.
    await who.page.goto(`${instance.studio}/sign-in`);
    await who.page.getByRole("button", { name: peopleWords("fr").signIn.button }).click();
    await who.page.getByText(peopleWords("fr").passkey.cancelled).waitFor();
  },
);

/** In a network where nobody has been before, who is in goes on at once; who is out waits as they are told, on a page or by the script of one that was open before. */
async function underFlood(who: Colleague, host: string): Promise<void> {
  using flood = new SignInFlood(host);
  await who.context.setExtraHTTPHeaders({ "x-forwarded-for": "198.51.100.7" });
  await eventually("most are told to wait", async () => (flood.statuses.get(503) ?? 0) > 500 || undefined);
  for (let at = 0; at < 10; at += 1) expect(await who.visit("/me")).toBe(200);

  const { turn } = peopleWords("fr").passkey;
  const waits = who.page.waitForResponse(
    (answer) => answer.status() === 503 && answer.request().isNavigationRequest(),
  );
  await who.signOut();
  // A puzzle as well, once those who were only to wait wait for too long.
  expect((await waits).headers()["kasbah-gate"]).toBeOneOf(["ticket", "work"]);
  const button = who.page.getByRole("button", { name: peopleWords("fr").signIn.button });
  await button.waitFor();
  for (const name of ["kasbah-pass", "kasbah-ticket"]) await who.context.clearCookies({ name });
  const told = who.page.getByText(turn).waitFor();
  const comesIn = who.signIn("Amina");
  await told;
  await comesIn;
  expect(await who.visit("/me")).toBe(200);
}
