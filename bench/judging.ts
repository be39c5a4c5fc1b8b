/**
 * How long it takes to read an origin's page and to judge it: real pages at three sizes, beside other ways to walk through markup, and pages
 * made to take long. `bun bench/judging.ts`; with `--write` it goes to RESULTS.md.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "parse5";
import { rfc3339, systemClock } from "../src/base/clock.ts";
import type { Facts } from "../src/guard/facts.ts";
import { judge } from "../src/guard/judging/judge.ts";
import { learnPage } from "../src/guard/learning/page.ts";
import { learnSite } from "../src/guard/learning/site.ts";
import { type Document, documentLimits, type ReadingLimits, read } from "../src/guard/reading/read.ts";
import { type Sink, Scanner } from "../src/guard/reading/scanner.ts";
import { machineName, median } from "./machine.ts";
import { writeSection } from "./results.ts";

interface Page {
  readonly name: string;
  readonly body: Uint8Array;
}

const samples = resolve(import.meta.dir, "../../shared/samples/clean");
const limits: ReadingLimits = {
  bytesMax: 4_000_000,
  ...documentLimits,
  msMax: 100,
  monotonicMs: () => performance.now(),
};
const rounds = 30;
const hostileRounds = 3;
const hostileBytes = 2_000_000;
/** Smaller ones would be the same text over and over. */
const pageBytesMin = 60_000;

if (!existsSync(samples)) throw new Error(`There are no pages to read: ${samples}`);
const pages: readonly Page[] = readdirSync(samples)
  .map((name) => ({ name, body: readFileSync(join(samples, name)) }))
  .filter(({ body }) => body.length > pageBytesMin);

/** The page cut, or over and over. */
function sized({ name, body }: Page, bytes: number): Page {
  const copies = Array.from({ length: Math.ceil(bytes / body.length) }, () => body);
  return { name, body: Buffer.concat(copies).subarray(0, bytes) };
}

function documentOf({ body }: Page): Document {
  return {
    status: 200,
    headers: [["content-type", "text/html; charset=utf-8"]],
    body,
    url: "https://example.org/a/page",
    ownHosts: new Set(["example.org"]),
  };
}

/** Each is made to cost more than its size: by repetition, by what is never closed, by what is read twice. */
function hostilePages(): Page[] {
  const parts: readonly (readonly [string, string, string?, string?])[] = [
    ["<", "<"],
    ["nested", "<div>"],
    ["nested lists", "<ul><li>"],
    ["attributes", " a", "<p"],
    ["handlers", " onclick=a()", "<p", ">"],
    ["one long value", "a", '<a href="', '">'],
    ["tags within a value", "<a b=", '<svg><style><a title="', '">'],
    ["tags without an end", "<a ", "<svg><style><b></style>"],
    ["quotes without an end", "<a b='"],
    ["comments without an end", "<!-- <a "],
    ["many comments", "<!-- <a> -->"],
    ["character references", "&amp;&#106;", "<p>"],
    ["references in values", "&colon;", '<a href="javascript', '">'],
    ["scripts", "<script>a()</script>"],
    ["escapes in a script", "<!--<script>", "<script>"],
    ["slashes", "/", "<script>"],
    ["quotes", "'", "<script>"],
    ["groups", "[{(", "<script>"],
    ["templates", "`${", "<script>"],
    ["style rules", ".a{display:none}", "<style>"],
    ["braces", "{", "<style>"],
    ["a style without rules", "position", "<style>"],
    ["comments in a style", "/*a", "<style>position"],
    ["addresses in a style", "url('", "<style>"],
    ["spaces", " ", "<script>serviceWorker", "</script>"],
    ["links", "<a href=/&#x61;>"],
    ["documents in documents", "<iframe srcdoc='", "<svg><style><b></style>"],
    ["sources", "a ,,", '<img srcset="', '">'],
    ["words", "\u0627\u0628 "],
  ];
  return parts.map(([name, part, before = "", after = ""]) => ({
    name,
    body: Buffer.from(before + part.repeat(Math.floor(hostileBytes / Buffer.byteLength(part))) + after),
  }));
}

/** Ms of each round with each page. */
function timesOf<Thing>(things: readonly Thing[], work: (thing: Thing) => void): number[] {
  const timed = (thing: Thing): number => {
    const start = Bun.nanoseconds();
    work(thing);
    return (Bun.nanoseconds() - start) / 1e6;
  };
  for (const thing of things) work(thing);
  return Array.from({ length: rounds }, () => things.map(timed)).flat();
}

function figures(times: readonly number[]): string {
  const sorted = times.toSorted((left, right) => left - right);
  const at = (share: number): string => (sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(2);
  return `${at(0.5)} | ${at(0.99)}`;
}

const quiet: Sink = {
  start: () => undefined,
  end: () => undefined,
  text: () => undefined,
  raw: () => undefined,
  skipped: () => undefined,
  goesOn: () => true,
};
const decoder = new TextDecoder();

/** Other ways to come by a page's tags: without anything being made of them. */
const walks: readonly (readonly [string, (page: Page) => void])[] = [
  ["decode, then this scanner", ({ body }) => new Scanner(decoder.decode(body), quiet, false).run()],
  ["decode, then HTMLRewriter (lol-html), every attribute", ({ body }) => rewrite(decoder.decode(body))],
  ["decode, then parse5, a whole tree", ({ body }) => void parse(decoder.decode(body))],
];

function rewrite(text: string): void {
  let length = 0;
  const rewriter = new HTMLRewriter().on("*", {
    element: ({ attributes }) => {
      for (const [, value] of attributes) length += value.length;
    },
    comments: ({ text: comment }) => {
      length += comment.length;
    },
    text: ({ text: part }) => {
      length += part.length;
    },
  });
  rewriter.transform(text);
}

/** A page that its own baseline vouches for: every look is taken. */
function judging(facts: Facts): () => void {
  const { page } = learnPage([facts, facts, facts]);
  const { site } = learnSite([{ address: "/a/page", page }], []);
  return () => void judge(facts, { site, page, address: "/a/page", working: false });
}

function realLines(): string[] {
  return [10_000, 100_000, 1_000_000].map((bytes) => {
    const documents = pages.map((page) => documentOf(sized(page, bytes)));
    const reading = timesOf(documents, (document) => void read(document, limits));
    const judged = documents.map((document) => judging(read(document, limits)));
    const judgements = timesOf(judged, (work) => work());
    return `| ${bytes.toLocaleString("en")} | ${figures(reading)} | ${figures(judgements)} |`;
  });
}

function walkLines(): string[] {
  const sizedPages = pages.map((page) => sized(page, 100_000));
  return walks.map(([name, work]) => `| ${name} | ${figures(timesOf(sizedPages, work))} |`);
}

function hostileLines(): string[] {
  return hostilePages().map((page) => {
    const document = documentOf(page);
    let over: string | undefined;
    const times = Array.from({ length: hostileRounds }, () => {
      const start = Bun.nanoseconds();
      ({ over } = read(document, limits));
      return (Bun.nanoseconds() - start) / 1e6;
    });
    return `| ${page.name} | ${median(times).toFixed(0)} | ${over ?? ""} |`;
  });
}

const lines = [
  `${pages.length} pages as their sites served them, cut or repeated to one size.`,
  "",
  "| bytes | reading: median, ms | p99, ms | judging: median, ms | p99, ms |",
  "|---|---|---|---|---|",
  ...realLines(),
  "",
  "| only walking through the same pages, 100,000 bytes | median, ms | p99, ms |",
  "|---|---|---|",
  ...walkLines(),
  "",
  `Pages made to take long, ${hostileBytes.toLocaleString("en")} bytes, at most ${limits.msMax} ms allowed:`,
  "",
  "| made of | reading, ms | over |",
  "|---|---|---|",
  ...hostileLines(),
];
console.log([machineName(), ...lines].join("\n"));
if (process.argv.includes("--write")) {
  writeSection(
    "Reading and judging a page",
    "bun bench/judging.ts --write",
    rfc3339(systemClock.nowMs()),
    lines,
  );
}
