/** Remembers a million sources in a process of its own, and prints what that took: resident bytes, time, how many of them are still there. */
import type { Source } from "../src/decision/source.ts";
import { SourceTable } from "../src/decision/sources/source-table.ts";

const sources = 1_000_000;
const nowMs = Date.UTC(2011, 6, 31, 14);

/** One object for all, because it is the table that is measured. */
const source = { v6: false, high: 0, low: 0 };
const request = { fingerprint: 1, query: 1, part: 0 };

function at(low: number): Source {
  source.low = Math.imul(low + 1, 0x9e37_79b1) >>> 0;
  return source;
}

Bun.gc(true);
const before = process.memoryUsage.rss();
const table = new SourceTable({ first: 1, second: 2 }, new SharedArrayBuffer(SourceTable.bytes(1_048_576)));
const beganMs = performance.now();
for (let low = 0; low < sources; low += 1) {
  const place = table.place(at(low), nowMs);
  table.noteRequest(place, request, nowMs);
  table.noteEnd(place, 404, false);
}
const tookMs = performance.now() - beganMs;
Bun.gc(true);
const resident = process.memoryUsage.rss() - before;
// A second request within the same second: whose first one is not remembered has a pace of half a request, which is none.
let remembered = 0;
for (let low = 0; low < sources; low += 1) {
  const place = table.place(at(low), nowMs);
  table.noteRequest(place, request, nowMs);
  if (table.paceOf(place, nowMs) === 1) remembered += 1;
}
console.log(JSON.stringify({ resident, nsEach: Math.round((tookMs * 1e6) / sources), remembered }));
