// Where somebody can't even wait: in words, with a code, and only those who went too far; their neighbours are not taken for them.
import { expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type GatedSite,
  Person,
  searchFor,
  startGatedSite,
  workingOrigin,
} from "../../../test/edge/gated-site.ts";
import { eventually } from "../../../test/scenarios/instance.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { defaultConfig } from "../../config/load.ts";
import { gateHeader } from "../gate-pages/names.ts";
import { gateWords } from "../gate-pages/languages.ts";

const words = gateWords.en;
const headers = { accept: "text/html", "accept-language": "en" };
const forged = "A".repeat(48);

function underSiege(options: Parameters<typeof startGatedSite>[0] = {}): GatedSite {
  const site = startGatedSite(options);
  site.edge.state.isSiegeOrdered = true;
  return site;
}

const met = ({ status, headers: said }: Response): unknown[] => [status, said.get(gateHeader)];

async function showForged(site: GatedSite, address: string): Promise<Response> {
  const bot = new Person(address);
  bot.cookies.set("kasbah-ticket", forged);
  return await bot.ask(site, "/work", { headers });
}

async function sendForm(site: GatedSite, address: string): Promise<Response> {
  const body = new URLSearchParams({ words: "some" });
  return await new Person(address).ask(site, "/comment?p=7", { method: "POST", headers, body });
}

function moved(person: Person, address: string): Person {
  const same = new Person(address);
  for (const [name, value] of person.cookies) same.cookies.set(name, value);
  return same;
}

async function manyTimes(times: number, ask: () => Promise<Response>): Promise<Response[]> {
  return await Promise.all(Array.from({ length: times }, ask));
}

test("forged tickets are answered with good ones, and after two dozen of one network with words; who shows none may wait", async () => {
  await using site = underSiege();
  const first = await manyTimes(24, async () => await showForged(site, "203.0.113.9"));
  expect(first.every(({ status }) => status === 503)).toBe(true);
  const refused = await showForged(site, "203.0.113.10");
  expect(met(refused)).toEqual([429, "refused"]);
  expect(await refused.text()).toContain(words.reasons["ticket-invalid"]);
  // The browser forgets it.
  expect(refused.headers.getSetCookie()).toEqual([expect.stringMatching(/^kasbah-ticket=; .*Max-Age=0/)]);
  expect(met(await new Person("203.0.113.11").ask(site, "/work", { headers }))).toEqual([503, "ticket"]);
  expect(met(await showForged(site, "198.51.100.1"))).toEqual([503, "ticket"]);
});

test("a network that has a hundred and more forms given back is told so; others, and whom very many share, are not", async () => {
  await using folder = temporaryFolder();
  const exits = join(folder.path, "exits");
  writeFileSync(exits, "198.51.100.7\n");
  await using site = underSiege({ torExits: exits });
  const answers = await manyTimes(121, async () => await sendForm(site, "203.0.113.9"));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(1);
  const page = (await refused[0]?.text()) ?? "";
  expect(page).toContain(words.reasons["network-share"]);
  expect(page).toContain(words.unsent);
  expect(met(await sendForm(site, "198.51.100.9"))).toEqual([503, "ticket"]);
  const exit = await manyTimes(121, async () => await sendForm(site, "198.51.100.7"));
  expect(exit.filter(({ status }) => status === 503)).toHaveLength(121);
});

test("whoever waited for ten minutes is told that it doesn't go, and until then that it does", async () => {
  const { promise: busy, resolve: end } = Promise.withResolvers<void>();
  await using site = underSiege({ origin: workingOrigin(() => busy) });
  const others = Array.from({ length: 12 }, (_, at) => new Person(`203.0.${at}.1`));
  const patient = new Person("203.1.0.1");
  for (const person of [...others, patient]) await person.ask(site, "/work", { headers });
  site.pass(10 * 60_000 + 1);
  // From another network: by now they are well known where they were.
  const asked = others.map(
    async (other, at) => await moved(other, `198.18.${at}.1`).ask(site, searchFor(at), { headers }),
  );
  const { gate } = site.edge.state.origin ?? {};
  const areHere = async (many: number): Promise<unknown> =>
    await eventually("they ask or wait", async () => {
      return site.origin.requests.length + (gate?.report().waiting ?? 0) === many || undefined;
    });
  await areHere(others.length);
  const asking = moved(patient, "192.0.2.1").ask(site, "/work", { headers });
  await areHere(others.length + 1);
  site.pass(defaultConfig().origin.queue_s * 1_000);
  const answer = await asking;
  end();
  await Promise.all(asked);
  expect(met(answer)).toEqual([429, "refused"]);
  expect(await answer.text()).toContain(words.reasons["queue-full"]);
});
