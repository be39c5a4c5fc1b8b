/** How long reading a page takes: real pages at three sizes, and pages made to take long. `bun bench/judging.ts` */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Document, type ReadingLimits, read } from "../src/guard/reading/read.ts";

const samples = resolve(import.meta.dir, "../../shared/samples/clean");
const limits: ReadingLimits = {
  bytesMax: 4_000_000,
  elementsMax: 100_000,
  depthMax: 512,
  msMax: 100,
  monotonicMs: () => performance.now(),
};
const realRounds = 30;
const hostileRounds = 3;
const hostileBytes = 2_000_000;

if (!existsSync(samples)) throw new Error(`There are no pages to read: ${samples}`);
const pages = readdirSync(samples).map((name) => ({ name, bytes: readFileSync(join(samples, name)) }));

console.log("pages                                        bytes  median ms     p99 ms  over");
for (const [name, bytes] of realPages()) measure(name, bytes, realRounds);
for (const [name, bytes] of hostilePages()) measure(name, bytes, hostileRounds);

function realPages(): [string, Uint8Array][] {
  const large = pages.filter(({ bytes }) => bytes.length > 60_000);
  return [10_000, 100_000, 1_000_000].flatMap((size) =>
    large.map(({ name, bytes }): [string, Uint8Array] => [name, sized(bytes, size)]),
  );
}

/** Each is made to cost more than its size: by repetition, by what is never closed, by what is read twice. */
function hostilePages(): [string, Uint8Array][] {
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
    ["addresses in a style", "url('", "<style>"],
    ["spaces", " ", "<script>serviceWorker", "</script>"],
    ["links", "<a href=/&#x61;>"],
    ["documents in documents", "<iframe srcdoc='", "<svg><style><b></style>"],
    ["sources", "a ,,", '<img srcset="', '">'],
    ["words", "\u0627\u0628 "],
  ];
  return parts.map(([name, part, before = "", after = ""]) => [
    name,
    Buffer.from(before + part.repeat(Math.floor(hostileBytes / Buffer.byteLength(part))) + after),
  ]);
}

/** The page cut, or over and over. */
function sized(bytes: Uint8Array, size: number): Uint8Array {
  const copies = Math.ceil(size / bytes.length);
  return Buffer.concat(Array.from({ length: copies }, () => bytes)).subarray(0, size);
}

function measure(name: string, body: Uint8Array, rounds: number): void {
  const document: Document = {
    status: 200,
    headers: [["content-type", "text/html; charset=utf-8"]],
    body,
    url: "https://example.org/a/page",
    ownHosts: new Set(["example.org"]),
  };
  const times: number[] = [];
  let over: string | undefined;
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    over = read(document, limits).over;
    times.push(performance.now() - start);
  }
  times.sort((left, right) => left - right);
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(2).padStart(10);
  console.log(`${name.padEnd(40)} ${String(body.length).padStart(9)} ${at(0.5)} ${at(0.99)}  ${over ?? ""}`);
}
