/**
 * No reader's address is anywhere but in memory: not on disk, in the log, the metrics, what commands print, or the studio's pages; neither
 * in calm nor in a flood.
 */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { connect } from "node:net";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { parseAddress } from "../../src/decision/address.ts";
import { Visitor } from "../studio/visitor.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { eventually, type Instance, startInstance } from "./instance.ts";

/** Some reach the edge by themselves, some through a proxy that it trusts. */
const direct = ["127.181.97.203", "127.181.97.204", "127.94.211.167"];
const forwarded = ["203.0.113.187", "198.51.100.213", "2001:db8:7e57:a11e:c0de:5eed:b0a7:d157"];
const readers = [...direct, ...forwarded];
const floodSources = Array.from({ length: 120 }, (_, at) => `127.181.97.${1 + at}`);
const floodSeconds = 4;

let instance: Instance;
let steward: Visitor;
/** What an open watch page has been told so far. */
let events = "";
let before: ReadonlySet<string>;
beforeAll(async () => {
  instance = await startInstance({ demo: true, edgeSettings: 'trusted_proxies = ["127.0.0.1/32"]' });
  steward = await Visitor.at(instance.studio);
  await steward.enrol(instance.firstLink ?? "");
  void listen(await steward.get("/watch/events"));
  before = new Set(await leaks());
}, 60_000);
afterAll(async () => instance[Symbol.asyncDispose]());

test("the search finds an address in every form that it is to find", async () => {
  await using folder = temporaryFolder();
  for (const reader of readers) {
    for (const [index, form] of formsOf(reader).entries()) {
      writeFileSync(
        join(folder.path, "file"),
        Buffer.concat([Buffer.from("before"), form, Buffer.from("after")]),
      );
      expect([reader, index, foundIn("file", readFileSync(join(folder.path, "file")))]).toEqual([
        reader,
        index,
        expect.arrayContaining([`${reader} in file`]),
      ]);
    }
  }
});

test("in calm nothing is kept of who reads", async () => {
  for (const reader of readers) for (let page = 0; page < 4; page += 1) expect(await read(reader)).toBe(200);
  await watchHeard();
  expect(news(await leaks())).toEqual([]);
}, 30_000);

test("nor while a flood comes from all around them, nor after it", async () => {
  const flooded = Promise.all(floodSources.map(flood));
  const during: string[] = [];
  for (let second = 0; second < floodSeconds; second += 1) {
    await Promise.all(readers.map(read));
    during.push(...(await leaks()));
    await watchHeard();
  }
  const sent = (await flooded).reduce((sum, requests) => sum + requests, 0);
  expect(sent).toBeGreaterThan(200);
  expect(news(during)).toEqual([]);
  // There is something to search: the flood has met a rule, is an incident, and open pages were told of it.
  for (const what of ["rules", "incidents"] as const)
    await eventually(what, async () => ((await shown(what)).length > 0 ? true : undefined));
  expect(events).toMatch(/"state":"(on guard|under attack)"/);
  expect(news(await leaks())).toEqual([]);
}, 60_000);

test("nor is anything left when everything has ended", async () => {
  expect(await instance.stop()).toBe(0);
  expect(news([...files(instance.data), ...foundIn("the log", Buffer.from(instance.log()))])).toEqual([]);
}, 30_000);

/** What was there before any of them came is chance: four bytes are soon found in a picture. */
function news(found: readonly string[]): string[] {
  return [...new Set(found)].filter((each) => !before.has(each));
}

/** Everything that leaves memory, as far as anybody can look. */
async function leaks(): Promise<string[]> {
  const [incidents, rules] = await Promise.all([shown("incidents"), shown("rules")]);
  const commands = [
    "status",
    "bans list",
    "incidents list",
    "rules list",
    ...incidents.map((id) => `incidents show ${id}`),
    ...rules.map((id) => `rules show ${id}`),
  ];
  const pages = ["/", "/watch", "/record", ...incidents.map((id) => `/watch/incidents/${id}`)];
  const told = await Promise.all([
    fetch(instance.metrics).then(async (answer) => ["the metrics", await answer.text()] as const),
    ...commands.map(async (command) => [command, await printed(command)] as const),
    ...pages.map(async (path) => [path, await studioPage(path)] as const),
  ]);
  return [
    ...files(instance.data),
    ...[...told, ["the log", instance.log()] as const, ["/watch/events", events] as const].flatMap(
      ([name, text]) => foundIn(name, Buffer.from(text)),
    ),
  ];
}

async function shown(what: "incidents" | "rules"): Promise<string[]> {
  const list = z.array(z.looseObject({ id: z.string() })).parse(JSON.parse(await printed(`${what} list`)));
  return list.map(({ id }) => id);
}

async function printed(command: string): Promise<string> {
  return (await instance.kasbah(...command.split(" "), "--json")).stdout;
}

async function studioPage(path: string): Promise<string> {
  const answer = await steward.get(path);
  expect([path, answer.status]).toEqual([path, 200]);
  return await answer.text();
}

async function listen({ body }: Response): Promise<void> {
  const decoder = new TextDecoder();
  try {
    for await (const chunk of body ?? []) events += decoder.decode(chunk, { stream: true });
  } catch {
    // The instance was stopped.
  }
}

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).flatMap((name) => {
    const path = join(folder, name);
    const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() === true;
    return isFile ? foundIn(name, readFileSync(path)) : [];
  });
}

function foundIn(where: string, bytes: Buffer): string[] {
  const inLowerCase = Buffer.from(bytes.toString("latin1").toLowerCase(), "latin1");
  return readers
    .filter((reader) => formsOf(reader).some((form) => bytes.includes(form) || inLowerCase.includes(form)))
    .map((reader) => `${reader} in ${where}`);
}

/** As text, in hexadecimal, as its bytes in either order; an IPv4 address mapped into IPv6, too, as a number, and as the words of `Source`. */
function formsOf(text: string): Buffer[] {
  const address = parseAddress(text);
  if (address === undefined) throw new Error(`not an address: ${text}`);
  const bytes = Buffer.from(address.bytes);
  const turned = Buffer.from(bytes).reverse();
  const texts = [text, bytes.toString("hex"), bytes.toString("base64").replaceAll("=", "")];
  if (bytes.length === 4) {
    const number = bytes.readUInt32BE();
    texts.push(`::ffff:${text}`, String(number), turned.toString("hex"));
    texts.push(`${bytes.toString("hex", 0, 2)}:${bytes.toString("hex", 2, 4)}`);
  } else texts.push(bytes.toString("hex", 0, 8), `${bytes.readUInt32BE(0)},${bytes.readUInt32BE(4)}`);
  return [...texts.map((form) => Buffer.from(form)), bytes, turned];
}

/** The watch has heard of what was counted until now: its metrics change with every second. */
async function watchHeard(): Promise<void> {
  const seconds = async (): Promise<string> => await (await fetch(instance.metrics)).text();
  const now = await seconds();
  await eventually("the edge told the watch", async () => ((await seconds()) === now ? undefined : true));
}

/** As a browser asks; the status. */
async function read(reader: string): Promise<number> {
  const isDirect = direct.includes(reader);
  const answer = await ask(isDirect ? reader : "127.0.0.1", [
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0",
    "Accept: text/html",
    "Accept-Language: fr",
    "Accept-Encoding: identity",
    ...(isDirect ? [] : [`X-Forwarded-For: ${reader}`]),
  ]);
  return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
}

/** As fast as answers come, until its time is over; how many were sent. */
async function flood(source: string): Promise<number> {
  const endMs = performance.now() + floodSeconds * 1_000;
  let requests = 0;
  for (; performance.now() < endMs; requests += 1) await ask(source, []);
  return requests;
}

function ask(localAddress: string, headers: readonly string[]): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const { port } = new URL(instance.edge);
  let answer = "";
  const socket = connect({ host: "127.0.0.1", port: Number(port), localAddress }, () =>
    socket.write(["GET / HTTP/1.1", "Host: localhost", "Connection: close", ...headers, "", ""].join("\r\n")),
  );
  socket.setTimeout(6_000, () => socket.destroy());
  socket.on("data", (chunk) => (answer += chunk.toString("latin1")));
  socket.on("error", () => {}).on("close", () => resolve(answer));
  return promise;
}
