/**
 * The studio with 2,000 pieces, in a whole Kasbah: how long its pages take, and how long from pressing Publish to the first new 200 at
 * the edge. `bun bench/studio.ts [stories]`. Times are of whole requests over loopback, as a browser sees them; every answer is checked.
 */
import { loadavg } from "node:os";
import { rfc3339, systemClock } from "../src/base/clock.ts";
import { systemRandom } from "../src/base/random.ts";
import { dataFolder } from "../src/config/data-folder.ts";
import { migrations } from "../src/newsroom/features.ts";
import { createSessions } from "../src/people/sessions.ts";
import { createPeople } from "../src/people/store.ts";
import { createPieces } from "../src/pieces/store.ts";
import { openDatabase } from "../src/store/database.ts";
import { startInstance } from "../test/scenarios/instance.ts";
import { machineName, median } from "./machine.ts";
import { writeSection } from "./results.ts";
import { publishStories } from "./stories.ts";

const count = Number(process.argv[2] ?? 2_000);
const rounds = 12;
const visits = 40;
const goalMs = { page: 20, publish: 300 };
const patienceMs = 20_000;
const browser = "kasbah-bench";

console.log(`${machineName()}; load before this: ${loadavg()[0]?.toFixed(1)}`);
await using instance = await startInstance({ prepare: (root) => publishStories(root, count) });
using database = openDatabase(dataFolder(instance.data).newsroomDatabase, migrations);
const cookie = `kasbah=${signIn()}`;
const textId = withHistory();
const lines = [
  `The studio of a newsroom with ${count} pieces, asked by an editor; ${visits} requests a page.`,
  "",
  await pageLine("the list", "/"),
  await pageLine("the list by words of the title", "/?title=citoyens+parole"),
  await pageLine("a text", `/texts/${textId}`),
  await pageLine("its history of 40 versions", `/texts/${textId}/history`),
  await pageLine("two versions compared", `/texts/${textId}/compare`),
  await pageLine("names", "/names"),
  await publishLine(),
];
console.log(lines.join("\n"));
writeSection("The studio", "bun bench/studio.ts", rfc3339(systemClock.nowMs()), lines);

/** An editor for everything, whose session is written into the database as signing in does. */
function signIn(): string {
  const options = { clock: systemClock, random: systemRandom };
  const people = createPeople(database, options);
  const { id } = people.addAccount("Bench");
  people.grant({ account: id, role: "editor", site: null, section: null });
  return createSessions(database, { ...options, hours: 1 }).begin(id, browser.replaceAll(/\d/g, ""));
}

/** A story that was saved 40 times. */
function withHistory(): string {
  const pieces = createPieces(database, { clock: systemClock, random: systemRandom, timeZone: "UTC" });
  const row = database.query<{ id: string }, []>("SELECT id FROM text LIMIT 1").get();
  let text = pieces.text(row?.id ?? "");
  for (let at = 1; at < 40 && text !== null && text !== undefined; at += 1) {
    const content = pieces.revision(text.workingRevision);
    if (content === undefined) break;
    pieces.saveRevision({
      textId: text.id,
      parent: text.workingRevision,
      content: { ...content, title: `${content.title} ${at}` },
    });
    text = pieces.text(text.id);
  }
  return row?.id ?? "";
}

async function ask(path: string, fields?: Readonly<Record<string, string>>): Promise<Response> {
  return await fetch(instance.studio + path, {
    redirect: "manual",
    headers: { cookie, "user-agent": browser, accept: "text/html", origin: instance.studio },
    ...(fields !== undefined && { method: "POST", body: new URLSearchParams(fields) }),
  });
}

async function pageLine(name: string, path: string): Promise<string> {
  const timesMs: number[] = [];
  let bytes = 0;
  for (let visit = 0; visit < visits; visit += 1) {
    const startMs = performance.now();
    const answer = await ask(path);
    bytes = (await answer.bytes()).length;
    timesMs.push(performance.now() - startMs);
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
  }
  return `- ${name}: ${described(timesMs, goalMs.page)}; ${Math.round(bytes / 1024)} kB of HTML`;
}

function described(timesMs: readonly number[], goal: number): string {
  const middle = median(timesMs);
  const verdict = middle <= goal ? "within" : "beyond";
  return `median ${middle.toFixed(1)} ms, worst ${Math.max(...timesMs).toFixed(1)} ms of ${timesMs.length} (median ${verdict} ${goal} ms)`;
}

async function publishLine(): Promise<string> {
  const timesMs: number[] = [];
  const toldMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { path, revision, address } = await draft(round);
    // At most one edition a second: whoever publishes again at once would wait for that.
    await Bun.sleep(1_100);
    const startMs = performance.now();
    const seen = firstAnswer(address);
    const answer = await ask(`${path}/publish`, { revision });
    toldMs.push(performance.now() - startMs);
    const after = answer.headers.get("location") ?? "";
    if (!after.endsWith("readers=now")) throw new Error(`publishing answered ${answer.status} ${after}`);
    timesMs.push((await seen) - startMs);
  }
  return `- from pressing Publish to the first 200 at the edge: ${described(timesMs, goalMs.publish)}; told after ${median(toldMs).toFixed(0)} ms`;
}

/** Started through the studio, as an editor would. */
async function draft(round: number): Promise<{ path: string; revision: string; address: string }> {
  const once = /name="once" value="(\w+)"/.exec(await (await ask("/texts/new")).text())?.[1] ?? "";
  const title = `Bench ${round}`;
  const started = await ask("/texts", { title, kind: "story", place: "portal/", language: "fr", once });
  const path = started.headers.get("location") ?? "";
  const revision = /name="revision" value="(\w+)"/.exec(await (await ask(path)).text())?.[1] ?? "";
  const today = new Date(systemClock.nowMs());
  const month = String(today.getUTCMonth() + 1).padStart(2, "0");
  return { path, revision, address: `/fr/${today.getUTCFullYear()}/${month}/bench-${round}` };
}

async function firstAnswer(path: string): Promise<number> {
  const deadlineMs = performance.now() + patienceMs;
  while (performance.now() < deadlineMs) {
    const answer = await instance.get(path);
    const body = await answer.text();
    if (answer.status === 200 && body.includes("<article")) return performance.now();
    await Bun.sleep(2);
  }
  throw new Error(`${path} did not appear`);
}
