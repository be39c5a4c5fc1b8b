/** What a change of one page costs the edge while many answers are kept: in one worker and in the main thread, without the messages between them. */
import { type Mark, OriginCache } from "../src/edge/cache/origin-cache.ts";
import { KeptKeys } from "../src/edge/cache/kept-keys.ts";
import type { Purge } from "../src/edge/cache/purge.ts";
import { SharedAnswers } from "../src/edge/cache/shared-answers.ts";
import { median } from "./machine.ts";

const keptMost = [1_000, 10_000, 50_000] as const;
const times = 200;
/** More than all of them weigh. */
const bytesMax = 1024 ** 3;
const stored: Mark = { kind: "passed", untilMs: Number.MAX_SAFE_INTEGER, isLong: false };

export function measureForgetting(): string[] {
  const rows = keptMost.map((kept) => {
    const [address, tag] = [
      medianMs(kept, (at) => ({ kind: "target", target: pathOf(at) })),
      medianMs(kept, () => ({ kind: "tag", tag: "none" })),
    ];
    return `| ${kept.toLocaleString("en")} | ${address.toFixed(3)} | ${tag.toFixed(3)} |`;
  });
  return [
    "What a change costs while so many answers are kept, ms (median): a form that was sent, which names an address; a `PURGE` by a tag, for which all are looked at.",
    "",
    "| kept | an address | a tag |",
    "|--:|--:|--:|",
    ...rows,
  ];
}

function medianMs(kept: number, what: (at: number) => Purge): number {
  const cache = new OriginCache(bytesMax);
  const keptKeys = new KeptKeys(new SharedArrayBuffer(KeptKeys.bytes), { first: 1, second: 2 });
  const shared = new SharedAnswers({ bytesMax, keptKeys, nowMs: () => 0, tell: () => {}, tellAll: () => {} });
  for (let at = 0; at < kept; at += 1) {
    const key = `${pathOf(at)}\nhttps\nexample.org`;
    cache.mark(key, stored);
    shared.hear(0, { kind: "filled", key, stored: [[key, stored]], purges: 0, seen: undefined });
  }
  const tookMs = Array.from({ length: times }, (_, at) => {
    const startedMs = performance.now();
    cache.purge(what(at));
    shared.purge(what(at));
    return performance.now() - startedMs;
  });
  return median(tookMs);
}

function pathOf(at: number): string {
  return `/2011/07/article-${at}/`;
}
