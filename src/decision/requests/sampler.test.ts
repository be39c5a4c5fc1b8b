// What a worker keeps of requests: all of a few, a bounded part of many that stands for all, no address and no text twice.
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { knownValues, requestView, type TestRequest } from "../../../test/request-facts.ts";
import { seededRandom } from "../../base/random.ts";
import { ends, type Sample, sampleWidth } from "./sample.ts";
import { Sampler, vectorsMax } from "./sampler.ts";
import { traits } from "./trait.ts";

const known = knownValues();

function see(sampler: Sampler, request: TestRequest, times = 1, end: keyof typeof ends = "served"): void {
  const view = requestView(request, known);
  for (let time = 0; time < times; time += 1) if (sampler.wants()) sampler.keep(view, end);
}

/** How many vectors have this trait's value. */
function having(sample: Sample, trait: (typeof traits)[number], hash: number): number {
  let count = 0;
  for (let at = traits.indexOf(trait); at < sample.vectors.length; at += sampleWidth) {
    if (sample.vectors[at] === hash) count += 1;
  }
  return count;
}

test("a few requests are kept as they are", () => {
  const sampler = new Sampler(seededRandom(1));
  see(sampler, { pace: 2 });
  see(sampler, { pace: 8, query: "z=1" }, 1, "refused");
  const { vectors, count, weight, names } = sampler.take();
  expect([count, weight, vectors.length]).toEqual([2, 1, 2 * sampleWidth]);
  const second = vectors.subarray(sampleWidth);
  const view = requestView({ pace: 8, query: "z=1" }, known);
  expect(Array.from(second.subarray(0, traits.length))).toEqual(traits.map((trait) => view.hash(trait)));
  expect(Array.from(second.subarray(traits.length))).toEqual([view.source, view.query, ends.refused]);
  expect(names).toContainEqual([view.hash("program"), "firefox"]);
  expect(sampler.take()).toMatchObject({ count: 0, names: [] });
});

test("however many requests come, what is kept fits and stands for all of them", () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 6 }),
      (seed, bursts) => {
        const sampler = new Sampler(seededRandom(seed));
        for (const [at, requests] of bursts.entries()) {
          see(sampler, {}, requests);
          const { vectors, count, weight } = sampler.take();
          expect(count).toBeLessThan(vectorsMax);
          expect(vectors.length).toBe(count * sampleWidth);
          if (count > 0) expect(count * weight).toBeCloseTo(requests, 3);
          if (at === 0 && requests < vectorsMax) expect(count).toBe(requests);
        }
      },
    ),
    { numRuns: 30 },
  );
});

test("the parts of a mixture are told as they are, at the onset and after", () => {
  const sampler = new Sampler(seededRandom(7));
  const fast = requestView({ pace: 32 }, known).hash("pace");
  const shares: number[] = [];
  for (let tick = 0; tick < 40; tick += 1) {
    for (let at = 0; at < 1_000; at += 1) {
      see(sampler, { pace: 32 }, 3);
      see(sampler, { pace: 1 });
    }
    const sample = sampler.take();
    expect(sample.count).toBeGreaterThan(20);
    shares.push(having(sample, "pace", fast) / sample.count);
  }
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  expect(mean).toBeCloseTo(0.75, 1);
});

test("no word of a sample is an address, no name one", () => {
  const sampler = new Sampler(seededRandom(1));
  const low = 0xcb00_7109;
  see(sampler, { source: { v6: false, high: 0, low } });
  const { vectors, names } = sampler.take();
  expect(vectors).not.toContain(low);
  expect(names.map(([, text]) => text).join()).not.toContain("203.0.113.9");
});
