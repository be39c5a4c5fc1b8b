// The tally of one worker: what it counts, its limits, the sum over workers, and what is told of it.
import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { busiestCells } from "./cells.ts";
import type { Counted } from "./record.ts";
import { blockKey, elsewhere, type Source } from "./source.ts";
import { type Counts, WorkerTally } from "./tally.ts";
import { mergeCounts } from "./tally-merge.ts";
import { summarise, unknownOrigin } from "./tally-summary.ts";
import { kindName, kindOf } from "./traits.ts";

const key = { first: 11, second: 13 };
const chrome =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";

describe("counting", () => {
  test("sums, statuses, provenance and latency", () => {
    const counts = counted([
      request({ status: 200, provenance: "signed", bytes: 100 }),
      request({ status: 404, provenance: "signed", bytes: 50 }),
      request({ status: 503, provenance: "dynamic", refused: true }),
      request({ status: 200, provenance: "dynamic", challenged: true, latencyMs: 40 }),
    ]);
    const summary = summarise(counts, () => unknownOrigin);
    expect(summary).toMatchObject({ requests: 4, refused: 1, challenged: 1, bytes: 150 });
    expect(summary.statuses).toEqual({ "2": 2, "4": 1, "5": 1 });
    expect(summary.responses).toEqual({ signed: 2, judged: 0, uncertain: 0, dynamic: 2 });
    expect(summary.latency_ms.p99).toBeGreaterThanOrEqual(40);
  });

  test("a 404 was answered; what was refused, challenged or failed was not served", () => {
    const counts = counted([
      request({ status: 404 }),
      request({ status: 200 }),
      request({ status: 403, refused: true }),
      request({ status: 200, challenged: true }),
      request({ status: 503 }),
      request({ status: 429 }),
    ]);
    expect(busiestCells(counts.cells, 600)).toMatchObject([{ requests: 6, served: 2, refused: 2 }]);
  });

  test("sources that fetch style sheets are another kind than those that stay bare", () => {
    const counts = counted([request({}), request({ parts: true }), request({ part: true, parts: true })]);
    expect(byKind(counts)).toEqual({ "chrome ar bare": 1, "chrome ar parts": 2 });
  });

  test("who was gone before anybody looked is not counted, as a source or a request", () => {
    expect(counted([request({ source: at(0), status: 400 })]).requests).toBe(0);
  });

  test("taking leaves nothing behind", () => {
    const tally = new WorkerTally(key);
    tally.count(request({}));
    tally.take();
    expect(tally.take()).toEqual(new WorkerTally(key).take());
  });

  test("a header line of any length is counted by its beginning", () => {
    const counts = counted([request({ agent: `${chrome}${"x".repeat(100_000)}` })]);
    expect(byKind(counts)).toEqual({ "chrome ar bare": 1 });
  });
});

describe("limits", () => {
  const blocks = 3_000;
  const wide = counted(
    Array.from({ length: blocks }, (_, block) => request({ source: at((block + 1) * 65_536) })),
  );

  test("beyond the room for cells every request still counts under its kind", () => {
    const cells = busiestCells(wide.cells, 10_000);
    expect(cells.length).toBeLessThanOrEqual(1_536);
    expect(cells.reduce((sum, cell) => sum + cell.requests, 0)).toBe(blocks);
    expect(cells.some(({ block }) => block === elsewhere)).toBe(true);
  });

  test("what is told is bounded and adds up", () => {
    const { cells, origins, traits, requests } = summarise(wide, () => unknownOrigin);
    expect(cells.length).toBeLessThanOrEqual(768);
    expect(cells.reduce((sum, cell) => sum + cell.requests, 0)).toBe(requests);
    expect(origins.length).toBeLessThanOrEqual(128);
    expect(traits.path.length).toBeLessThanOrEqual(32);
  });

  test("an ordinary reader's prefix is never told, a busy one is", () => {
    const reader = request({ source: at(0x0a01_0101) });
    const busy = Array.from({ length: 80 }, () => request({ source: at(0x7f0a_0305) }));
    const { traits } = summarise(counted([reader, reader, ...busy]), () => unknownOrigin);
    expect(traits.prefix).toEqual([{ value: "127.10.3.0/24", requests: 80 }]);
  });
});

test("countries and networks are those of the prefixes", () => {
  const saudi = { country: "SA", asn: 64_500, name: "Drill" };
  const counts = counted([
    request({ source: at(0x7f0a_0001) }),
    request({ source: at(0x7f0a_0301) }),
    request({ source: at(0x0101_0101) }),
  ]);
  const summary = summarise(counts, (prefix) => (prefix.startsWith("127.10.") ? saudi : unknownOrigin));
  expect(summary.origins).toEqual([
    { block: "127.10.0.0/16", ...saudi, requests: 2 },
    { block: "1.1.0.0/16", ...unknownOrigin, requests: 1 },
  ]);
});

describe("the sum over workers", () => {
  const anyRequest = fc
    .record({
      source: fc.nat(5_000).map((low) => at(1 + low * 997)),
      path: fc.constantFrom("/", "/ar/", "/fr/2026/07/marche"),
      agent: fc.constantFrom("", chrome, "curl/8"),
      language: fc.constantFrom("", "ar-MA", "fr"),
      part: fc.boolean(),
      status: fc.constantFrom(200, 304, 404, 503),
      latencyMs: fc.double({ min: 0, max: 5_000, noNaN: true }),
    })
    .map(request);
  const second = fc.array(anyRequest, { maxLength: 60 }).map(counted);

  test("is the same in any order and grouping", () => {
    fc.assert(
      fc.property(second, second, second, (a, b, c) => {
        const sum = inOrder(mergeCounts(mergeCounts(a, b), c));
        expect(inOrder(mergeCounts(a, mergeCounts(b, c)))).toEqual(sum);
        expect(inOrder(mergeCounts(c, mergeCounts(b, a)))).toEqual(sum);
      }),
      { numRuns: 50 },
    );
  });

  test("equals one worker's count of everything", () => {
    fc.assert(
      fc.property(fc.array(anyRequest, { maxLength: 60 }), fc.nat(60), (requests, cut) => {
        const [one, other, alone] = [new WorkerTally(key), new WorkerTally(key), new WorkerTally(key)];
        requests.forEach((each, index) => (index < cut ? one : other).count(each));
        requests.forEach((each) => alone.count(each));
        expect(inOrder(mergeCounts(one.take(), other.take()))).toEqual(inOrder(alone.take()));
      }),
      { numRuns: 50 },
    );
  });
});

test("a block's key survives in its cell", () => {
  const counts = counted([request({ source: { v6: true, high: 0xffff_ffff, low: 1 } })]);
  expect(busiestCells(counts.cells, 600)[0]?.block).toBe(blockKey({ v6: true, high: 0xffff_ffff, low: 1 }));
});

function at(low: number): Source {
  return { v6: false, high: 0, low: low >>> 0 };
}

function request(fields: Partial<Counted>): Counted {
  return {
    source: at(0x0a00_0001),
    path: "/",
    agent: chrome,
    language: "ar-MA,ar;q=0.9",
    part: false,
    parts: false,
    status: 200,
    refused: false,
    challenged: false,
    provenance: "signed",
    bytes: 0,
    latencyMs: 0.2,
    ...fields,
  };
}

function counted(requests: readonly Counted[]): Counts {
  const tally = new WorkerTally(key);
  for (const each of requests) tally.count(each);
  return tally.take();
}

function byKind({ cells }: Counts): Record<string, number> {
  return Object.fromEntries(
    busiestCells(cells, 600)
      .map(({ kind, requests }) => [kindName(kindOf(kind)), requests] as const)
      .sort(([a], [b]) => a.localeCompare(b)),
  );
}

/** The order of keys says nothing. */
function inOrder(counts: Counts): unknown {
  const byKey = <E extends { key: string | number }>(entries: readonly E[]): E[] =>
    [...entries].sort((a, b) => String(a.key).localeCompare(String(b.key)));
  const cells = busiestCells(counts.cells, 10_000);
  return {
    ...counts,
    prefixes: byKey(counts.prefixes.entries),
    paths: byKey(counts.paths.entries),
    languages: byKey(counts.languages.entries),
    cells: [...cells].sort((a, b) => a.block - b.block || a.kind - b.kind),
  };
}
