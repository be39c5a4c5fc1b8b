/**
 * A site of thousands of pages behind an edge, made up: how long its baseline takes to sign, to follow, to learn one page more, and to judge by;
 * and what it holds in memory. `bun bench/large-baseline.ts [pages]`; with `--write` it goes to RESULTS.md.
 */
import { canonicalSpelling } from "../src/base/spelling.ts";
import { rfc3339, systemClock } from "../src/base/clock.ts";
import { utf8 } from "../src/base/bytes.ts";
import { sha256 } from "../src/base/bytes.ts";
import { silentLog } from "../src/base/log.ts";
import { seededRandom, below, type Random } from "../src/base/random.ts";
import { dataFolder } from "../src/config/data-folder.ts";
import { BaselineFollower } from "../src/edge/judging/baseline-follower.ts";
import { KnownSite } from "../src/edge/judging/known-site.ts";
import type { BaselineChange } from "../src/edge/judging/told.ts";
import type { Facts } from "../src/guard/facts.ts";
import { judge } from "../src/guard/judging/judge.ts";
import { encodePage, learnPage } from "../src/guard/learning/page.ts";
import { decodeSite } from "../src/guard/learning/site.ts";
import type { Entry } from "../src/origin/baseline/entries.ts";
import type { OriginAddress } from "../src/origin/client/protected-site.ts";
import { BlobStore } from "../src/store/blobs.ts";
import { articlePage, factsOf } from "../test/guarded-site.ts";
import { startLivingOrigin } from "../test/living-origin.ts";
import { protect, snapshot } from "../test/origin-newsroom.ts";
import { temporaryFolder } from "../test/temporary-folder.ts";
import { machineName, median } from "./machine.ts";
import { writeSection } from "./results.ts";

const count = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)) ?? 5_000);
const judgedPages = 300;
const places = ["Larache", "Azilal", "Settat", "Midelt", "Guercif", "Berrechid", "Taounate", "الناظور"];
const wordsEach = "conseil marché école route barrage forêt port eau source comptes saison habitants".split(
  " ",
);

function addressAt(at: number): OriginAddress {
  return canonicalSpelling(`/2026/${1 + (at % 12)}/article-${at}/`) as OriginAddress;
}

function htmlAt(at: number, random: Random): string {
  const word = (): string => wordsEach[below(random, wordsEach.length)] ?? "";
  const paragraphs = Array.from({ length: 6 + (at % 5) }, () =>
    Array.from({ length: 60 }, (_, place) => (place % 7 === 0 ? `${word()} ${at}` : word())).join(" "),
  );
  const title = `Ce que ${places[at % places.length]} attend de l’année ${at}`;
  return articlePage({ slug: `article-${at}`, title, paragraphs }, at);
}

interface Made {
  readonly entry: Entry;
  readonly body: Uint8Array;
  readonly facts: Facts;
}

function madeAt(at: number): Made {
  const address = addressAt(at);
  const html = htmlAt(at, seededRandom(at));
  const facts = factsOf(html, address);
  const data = encodePage(learnPage([facts, facts, facts]).page);
  const body = utf8(html);
  const entry: Entry = {
    address,
    kind: "html",
    status: 200,
    type: "text/html; charset=utf-8",
    headers: { "content-language": "fr" },
    copy: sha256(body),
    length: body.length,
    facts: { sha256: sha256(data), data },
    takenAt: rfc3339(systemClock.nowMs()),
    language: "fr",
    volatile: [],
    note: null,
    keptOut: false,
  };
  return { entry, body, facts };
}

const rows: [what: string, figure: string][] = [];

/** Prints it, and gives what `work` gives. */
async function timed<T>(what: string, work: () => T | Promise<T>): Promise<T> {
  const startMs = performance.now();
  const done = await work();
  note(what, `${Math.round(performance.now() - startMs)} ms`);
  return done;
}

function note(what: string, figure: string): void {
  rows.push([what, figure]);
  console.log(`${what}: ${figure}`);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function heapBytes(): number {
  Bun.gc(true);
  return process.memoryUsage().heapUsed;
}

await using folder = temporaryFolder("memory");
await using living = startLivingOrigin();
await using protecting = await protect(folder.path, living);
await snapshot(protecting);
const { newsroom, origin } = protecting;
const { baseline, own } = origin.options;
const made = await timed(`${count} pages made, read and learned`, () =>
  Array.from({ length: count }, (_, at) => madeAt(at)),
);
await own.put(new Map(made.map(({ entry, body }) => [entry.copy, body])));
const put = made.map(({ entry }) => entry);
await timed("newsroom: all of them into the baseline", () =>
  baseline.change({ replaces: true, put: () => put, removed: [] }, []),
);
await timed("newsroom: the edition signed", () => newsroom.publisher.publishBeside());

const changes: (BaselineChange | undefined)[] = [];
const beforeBytes = heapBytes();
const follower = new BaselineFollower({
  blobs: new BlobStore(dataFolder(folder.path).blobs),
  found: (change) => void changes.push(change),
  damaged: (blob) => console.error("damaged", blob),
  log: silentLog,
});
const followed = async (): Promise<void> => {
  const edition = newsroom.publisher.current?.edition;
  if (edition !== undefined) await follower.follow(edition);
};
await timed("edge: the first baseline verified and read", followed);
note("edge: held by the main thread", megabytes(heapBytes() - beforeBytes));
const [first] = changes;
if (first === undefined) throw new Error("no baseline was followed");
const copied = await timed("edge: handed to one worker", () => structuredClone(first));
let known = KnownSite.after(undefined, copied);

const more = madeAt(count);
await own.put(new Map([[more.entry.copy, more.body]]));
const addOne = (looksAtAll: boolean): Promise<void> =>
  baseline.change({ replaces: false, put: () => [more.entry], removed: [] }, [], looksAtAll);
await timed("newsroom: one page more, the whole site looked at", () => addOne(true));
await timed("newsroom: one page more, by the way", () => addOne(false));
await timed("newsroom: the edition signed", () => newsroom.publisher.publishBeside());
await timed("edge: the next baseline", followed);
const next = changes[1];
if (next === undefined) throw new Error("the second baseline was not followed");
note("edge: entries that workers are told of", String(next.added.length + next.removed.length));
await timed("edge: the same in a worker", () => {
  known = KnownSite.after(known, structuredClone(next));
});

const manifest = baseline.manifest() ?? new Uint8Array();
const siteBytes = baseline.site() ?? new Uint8Array();
note("length of the manifest", megabytes(manifest.length));
note("length of what is known of the site", megabytes(siteBytes.length));
const siteBefore = heapBytes();
const site = await timed("edge: what is known of the site read by a worker", () => decodeSite(siteBytes));
note("edge: held by it", megabytes(Math.max(0, heapBytes() - siteBefore)));
const judgingMs = made.slice(0, judgedPages).map(({ entry, facts }) => {
  const page = learnPage([facts, facts, facts]).page;
  const startMs = performance.now();
  judge(facts, { site, page, address: entry.address, working: false });
  return performance.now() - startMs;
});
const unknownMs = made.slice(0, judgedPages).map(({ facts }, at) => {
  const startMs = performance.now();
  judge(facts, { site, page: undefined, address: `/2027/new-${at}/`, working: false });
  return performance.now() - startMs;
});
note("edge: judging a page, median", `${median(judgingMs).toFixed(2)} ms`);
note("edge: judging a page that nobody knows, median", `${median(unknownMs).toFixed(2)} ms`);

if (process.argv.includes("--write")) {
  const table = rows.map(([what, figure]) => `| ${what} | ${figure} |`);
  writeSection(
    "A baseline of thousands of pages",
    `bun bench/large-baseline.ts ${count}`,
    rfc3339(systemClock.nowMs()),
    ["| what | |", "|---|---|", ...table],
  );
} else console.log(machineName());
