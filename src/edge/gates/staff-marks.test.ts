// Anybody can say that they work on the site: where more say so than there is room kept for, they wait as others do, and who is known goes first.
import { expect, test } from "bun:test";
import {
  type GatedSite,
  Person,
  searchFor,
  startGatedSite,
  workingOrigin,
} from "../../../test/edge/gated-site.ts";
import { gateHeader } from "../gate-pages/names.ts";

const headers = { accept: "text/html", authorization: "Bearer invented" };
const met = ({ status, headers: said }: Response): unknown[] => [status, said.get(gateHeader)];

interface Flooded extends AsyncDisposable {
  readonly site: GatedSite;
  /** The origin is done with all of them. */
  readonly end: () => Promise<unknown>;
}

/** By a hundred networks, each with a word that only who works on the site could know; the origin is busy with the first of them. */
async function flooded(mode: "auto" | "off"): Promise<Flooded> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const site = startGatedSite({ mode, origin: workingOrigin(() => promise) });
  const asks = Array.from(
    { length: 100 },
    async (_, at) => await new Person(`203.0.${at}.1`).ask(site, searchFor(at), { headers }),
  );
  // Those who find no place are told so at once.
  await Promise.any(asks);
  for (let tenth = 0; tenth < 12; tenth += 1) {
    site.pass(100);
    site.edge.state.origin?.gate.tend();
  }
  const end = async (): Promise<unknown> => {
    resolve();
    return await Promise.all(asks);
  };
  return {
    site,
    end,
    [Symbol.asyncDispose]: async () => {
      await end();
      await site[Symbol.asyncDispose]();
    },
  };
}

test("with the gates who says so waits like anybody, and comes through; readers are asked nothing for it", async () => {
  await using flood = await flooded("auto");
  const { site, end } = flood;
  const gate = site.edge.state.origin?.gate;
  expect([gate?.staffPressure.isOn, gate?.pressure.isOn]).toEqual([true, false]);
  const editor = new Person("192.0.2.7");
  expect(met(await editor.ask(site, "/work", { headers }))).toEqual([503, "ticket"]);
  await end();
  site.pass(3_000);
  const through = await editor.ask(site, "/work", { headers });
  expect([through.status, editor.cookies.has("kasbah-pass")]).toEqual([200, true]);
  expect(
    (await new Person("198.51.100.7").ask(site, "/work", { headers: { accept: "text/html" } })).status,
  ).toBe(200);
});

test("without them the editor finds no place", async () => {
  await using flood = await flooded("off");
  const answer = await new Person("192.0.2.7").ask(flood.site, "/work", { headers });
  expect(met(answer)).toEqual([503, null]);
});

test("an ordered siege asks nothing of who works on the site", async () => {
  await using site = startGatedSite();
  site.edge.state.isSiegeOrdered = true;
  expect((await new Person("192.0.2.7").ask(site, "/work", { headers })).status).toBe(200);
});
