// A whole edge with several worker threads before an origin: what one of them fetched, none asks for again.
import { expect, setDefaultTimeout, test } from "bun:test";
import { plainAnswer, startRawOrigin } from "../../../test/edge/raw-origin.ts";
import { WholeEdge } from "../../../test/edge/whole-edge.ts";

setDefaultTimeout(30_000);

const more = "Content-Type: text/html\r\nCache-Control: max-age=3600\r\nCache-Tag: all\r\n";

/** Connections of their own, so that the system spreads them over the workers. */
async function askMany(edge: WholeEdge, paths: readonly string[]): Promise<string[]> {
  return await Promise.all(paths.map(async (path) => await (await edge.get(path)).text()));
}

test("?r=123 never reaches the origin twice, whichever worker is asked", async () => {
  await using origin = await startRawOrigin((socket, head) => {
    const target = head.split(" ")[1] ?? "";
    setTimeout(() => socket.write(plainAnswer(`<p>${target}`, more)), 20);
  });
  await using edge = new WholeEdge({ edge: { workers: 4 }, origin: { url: origin.url } });
  await edge.start();
  const targets = Array.from({ length: 10 }, (_, at) => `/?r=${at}`);
  const all = Array.from({ length: 20 }, () => targets).flat();
  for (let round = 0; round < 2; round += 1) {
    const bodies = await askMany(edge, all);
    expect(bodies).toEqual(all.map((target) => `<p>${target}`));
  }
  expect(origin.requests).toHaveLength(targets.length);
});

test("a purge on the bus reaches all workers", async () => {
  let version = 1;
  await using origin = await startRawOrigin((socket) => socket.write(plainAnswer(`<p>${version}`, more)));
  await using edge = new WholeEdge({ edge: { workers: 3 }, origin: { url: origin.url } });
  await edge.start();
  const ask = async (): Promise<Set<string>> => new Set(await askMany(edge, Array(30).fill("/a?b=c")));
  expect([...(await ask())]).toEqual(["<p>1"]);
  for (const what of [{ address: "/a?b=c" }, { tag: "all" }, { all: true }, { address: "/a" }]) {
    version += 1;
    expect(await edge.bus.request("edge.origin.purge", what)).toEqual({ purged: 1 });
    let seen = await ask();
    while (!seen.has(`<p>${version}`) || seen.size > 1) seen = await ask();
  }
  expect(await edge.bus.request("edge.origin.purge", { tag: "none" })).toEqual({ purged: 0 });
});

test("what a form changed is new for everybody", async () => {
  let comments = 0;
  await using origin = await startRawOrigin((socket, head) => {
    if (head.startsWith("POST")) comments += 1;
    socket.write(plainAnswer(`<p>${comments}`, more));
  });
  await using edge = new WholeEdge({ edge: { workers: 3 }, origin: { url: origin.url } });
  await edge.start();
  await askMany(edge, Array(20).fill("/a"));
  await (await fetch(`${edge.url}/a`, { method: "POST" })).text();
  let seen = new Set(await askMany(edge, Array(20).fill("/a")));
  while (seen.has("<p>0")) seen = new Set(await askMany(edge, Array(20).fill("/a")));
  expect([...seen]).toEqual(["<p>1"]);
});

test("in a siege a page that one worker keeps is there for whoever comes to another one", async () => {
  await using origin = await startRawOrigin((socket) => socket.write(plainAnswer("<p>kept", more)));
  await using edge = new WholeEdge({ edge: { workers: 4 }, origin: { url: origin.url } });
  await edge.start();
  const statuses = async (paths: readonly string[]): Promise<number[]> => {
    // In a flood a name has no other ports than those that the settings name.
    const answers = await Promise.all(
      paths.map((path) => edge.get(path, { headers: { host: "localhost" } })),
    );
    return Array.from(new Set(answers.map(({ status }) => status)));
  };
  let asked = 0;
  const newPaths = (): string[] => Array.from({ length: 20 }, () => `/never-kept/${(asked += 1)}`);
  expect(await statuses(["/a"])).toEqual([200]);
  await edge.bus.request("edge.defence.force", { mode: "siege", seconds: 600 });
  while ((await statuses(newPaths())).join() !== "503");
  const requests = origin.requests.length;
  expect(await statuses(Array(40).fill("/a"))).toEqual([200]);
  expect(await statuses(newPaths())).toEqual([503]);
  expect(origin.requests).toHaveLength(requests);
});
