/** What counting costs: one request in a worker, one second's sum in the main thread. `bun bench/tally.ts`. */
import type { Counted } from "../src/decision/record.ts";
import type { Source } from "../src/decision/source.ts";
import { WorkerTally } from "../src/decision/tally.ts";
import { mergeCounts } from "../src/decision/tally-merge.ts";
import { summarise, unknownOrigin } from "../src/decision/tally-summary.ts";
import { machineName, median } from "./machine.ts";

const requests = 200_000;
const rounds = 9;
const agents = ["Mozilla/5.0 (X11; Linux x86_64) Chrome/141.0.0.0 Safari/537.36", "curl/8.14.1", ""] as const;

console.log(machineName());
for (const sources of [60, 2_000, 1_000_000]) {
  const key = { first: 1, second: 2 };
  const tallies = [new WorkerTally(key), new WorkerTally(key)] as const;
  const counting: number[] = [];
  const summing: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const exchanges = Array.from({ length: requests }, (_, at) => exchange(at, sources));
    counting.push(
      timed(() => exchanges.forEach((each, at) => tallies[(at & 1) as 0 | 1].count(each))) / requests,
    );
    summing.push(
      timed(() => summarise(mergeCounts(tallies[0].take(), tallies[1].take()), () => unknownOrigin)),
    );
  }
  const [each, sum] = [median(counting) * 1_000_000, median(summing)];
  console.log(
    `${sources} sources: ${each.toFixed(0)} ns a request; ${sum.toFixed(1)} ms to sum up a second of ${requests} requests`,
  );
}

function exchange(at: number, sources: number): Counted {
  const source: Source = {
    v6: false,
    high: 0,
    low: (0x0100_0000 + Math.imul(at % sources, 0x9e37_79b1)) >>> 0,
  };
  return {
    source,
    path: `/ar/2011/07/${at % 300}`,
    agent: agents[at % 3] ?? "",
    language: at % 2 === 0 ? "ar-MA,ar;q=0.9" : "fr",
    part: at % 5 === 0,
    parts: at % 5 === 0,
    status: 200,
    refused: false,
    challenged: false,
    provenance: "signed",
    bytes: 16_000,
    latencyMs: 0.2,
  };
}

/** Milliseconds. */
function timed(work: () => void): number {
  const startedMs = performance.now();
  work();
  return performance.now() - startedMs;
}
