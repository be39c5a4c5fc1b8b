/** The whole path: a site comes in, is signed, served, withdrawn, rolled back; what dies comes back; what is tampered with is told. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { readdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Incident, Status } from "../../src/bus/facts.ts";
import type { ImportReport } from "../../src/bus/subjects.ts";
import { eventually, type Instance, processOf, startInstance } from "./instance.ts";

const wordpressExport = resolve(import.meta.dir, "../fixtures/wxr/newsroom.xml");
const startsWithinMs = 20_000;

let instance: Instance;
beforeAll(async () => {
  instance = await startInstance();
}, startsWithinMs);
afterAll(() => instance[Symbol.asyncDispose]());

test("an empty newsroom has a front page in its default language", async () => {
  const front = await instance.get("/");
  expect(front.status).toBe(200);
  expect(await front.text()).toContain('<html lang="ar" dir="rtl">');
});

test("an import is published, and a second one adds nothing", async () => {
  const first = await instance.kasbah("import", wordpressExport, "--json");
  expect(first).toMatchObject({ exitCode: 0, stderr: "" });
  const stories = await storiesInFeed();
  expect(stories.length).toBeGreaterThan(0);
  for (const story of stories) expect((await instance.get(story)).status).toBe(200);
  const before = await status();
  const second = await instance.kasbah("import", wordpressExport, "--json");
  expect(takenAnew(JSON.parse(second.stdout))).toBe(0);
  expect((await status()).edition?.pages).toBe(before.edition?.pages ?? -1);
});

test("what is withdrawn is gone from the page, the lists and the feeds, and no rollback brings it back", async () => {
  const before = await status();
  const [story = ""] = await storiesInFeed();
  const { exitCode } = await instance.kasbah("withdraw", instance.edge + story);
  expect(exitCode).toBe(0);
  await eventually("the page is gone", async () =>
    (await instance.get(story)).status === 410 ? true : undefined,
  );
  expect((await instance.get(`${story}/text`)).status).toBe(410);
  expect(await storiesInFeed()).not.toContain(story);

  const back = await instance.kasbah("editions", "rollback", String(before.edition?.version));
  expect(back.exitCode).toBe(0);
  await served(
    () => status(),
    (now) => (now.edition?.version ?? 0) > (before.edition?.version ?? 0) + 1,
  );
  expect((await instance.get(story)).status).toBe(410);
  expect(await storiesInFeed()).not.toContain(story);
  expect((await instance.kasbah("publish")).exitCode).toBe(0);
});

test("every edition verifies from the folder alone", async () => {
  expect(await instance.kasbah("editions", "verify")).toMatchObject({ exitCode: 0 });
});

test("a blob changed by hand is never shown; it is made again, and the register has it within a minute", async () => {
  const [story = ""] = await storiesInFeed();
  const honest = await (await instance.get(story)).text();
  const changed = await changeEveryBlob(instance.data);
  expect(changed).toBeGreaterThan(0);
  const incident = await eventually(
    "tampering is in the register",
    async () => {
      const seen = await instance.get(story);
      if (seen.status === 200) expect(await seen.text()).toBe(honest);
      else expect(seen.status).toBe(503);
      return (await incidents()).find(({ kind }) => kind === "tampering");
    },
    60_000,
  );
  expect(incident.evidence.length).toBeGreaterThan(0);
  await eventually("the page is whole again", async () =>
    (await (await instance.get(story)).text()) === honest ? true : undefined,
  );
}, 90_000);

test("killing newsroom and watch leaves every page readable, and they come back", async () => {
  const [story = ""] = await storiesInFeed();
  for (const role of ["newsroom", "watch"]) {
    process.kill(await processOf(role, instance.processId), "SIGKILL");
    for (let read = 0; read < 20; read += 1) expect((await instance.get(story)).status).toBe(200);
  }
  await eventually("both answer again", async () =>
    (await instance.kasbah("status", "--json")).exitCode === 0 ? true : undefined,
  );
}, 30_000);

test("killing the edge costs no more than its restart", async () => {
  const [story = ""] = await storiesInFeed();
  process.kill(await processOf("edge", instance.processId), "SIGKILL");
  await eventually("pages are back", async () => {
    const answer = await instance.get(story).catch(() => undefined);
    return answer?.status === 200 ? true : undefined;
  });
}, 20_000);

test("a second instance on the same folder is told so in one line", async () => {
  const { exitCode, stderr } = await instance.kasbah("up");
  expect(exitCode).toBe(1);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});

async function status(): Promise<Status> {
  return JSON.parse((await instance.kasbah("status", "--json")).stdout);
}

async function incidents(): Promise<Incident[]> {
  const { stdout } = await instance.kasbah("incidents", "list", "--json");
  const facts: Incident[] | { incidents: Incident[] } = JSON.parse(stdout);
  return Array.isArray(facts) ? facts : facts.incidents;
}

/** Paths of the stories in the portal's JSON feeds, once what was changed by hand in them is made again. */
async function storiesInFeed(): Promise<string[]> {
  const paths: string[] = [];
  for (const language of ["ar", "fr", "en"]) {
    const feed = await eventually(`the feed in ${language}`, async () => {
      const answer = await instance.get(`/${language}/feed.json`);
      return answer.status === 200 ? answer : undefined;
    });
    const { items }: { items: { url: string }[] } = JSON.parse(await feed.text());
    paths.push(...items.map(({ url }) => new URL(url, instance.edge).pathname));
  }
  return paths;
}

function takenAnew({ items }: ImportReport): number {
  return items.filter(({ outcome }) => outcome === "added" || outcome === "taken").length;
}

async function served<T>(ask: () => Promise<T>, holds: (answer: T) => boolean): Promise<T> {
  return await eventually("it is served", async () => {
    const answer = await ask();
    return holds(answer) ? answer : undefined;
  });
}

/** Puts a defacement into every blob; returns how many. */
async function changeEveryBlob(data: string): Promise<number> {
  const blobs = join(data, "editions", "blobs");
  const names = await readdir(blobs, { recursive: true });
  const files = names.filter((name) => /[0-9a-f]{64}$/.test(name.replaceAll("/", "")));
  await Promise.all(files.map((name) => writeFile(join(blobs, name), "<h1>Hacked</h1>")));
  return files.length;
}
