// The whole road, from requests as the edge reads them to what is done with the next one: samples, window, rule, match.
import { expect, test } from "bun:test";
import { knownValues, requestView, type TestRequest, testKey } from "../../../test/request-facts.ts";
import { seededRandom } from "../../base/random.ts";
import { CompiledRules } from "../requests/compiled-rules.ts";
import { Sampler } from "../requests/sampler.ts";
import { Peace } from "./peace.ts";
import { Rulebook } from "./rulebook.ts";
import { Window } from "./window.ts";

const startMs = 1_700_000_000_000;
const known = knownValues();

/** As `../shared/tools/readers.mjs` sends them. */
const reader: TestRequest = {
  headers: {
    host: "localhost",
    connection: "keep-alive",
    "user-agent":
      "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
    accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "accept-language": "fr-MA,fr;q=0.9,ar;q=0.7",
    "accept-encoding": "identity",
  },
};
const floods: Readonly<Record<string, TestRequest>> = {
  "nothing but Host": { headers: { host: "localhost" }, pace: 8 },
  "a program of its own": {
    headers: { host: "localhost", "user-agent": "python-requests/2.32", accept: "*/*" },
    pace: 4,
  },
  "the very headers of readers, ten times a second": { ...reader, pace: 8 },
  "what readers ask for, and a new query each time": { ...reader, query: "z=1", queries: 8, pace: 2 },
  "forms to a page": { ...reader, method: "POST", pace: 2 },
};

for (const [name, flood] of Object.entries(floods)) {
  test(`${name}: refused within a second of onset, while readers with the same headers pass`, () => {
    const peace = Peace.start(testKey);
    const window = new Window(testKey, 8);
    const sampler = new Sampler(seededRandom(1));
    let made = 0;
    const book = new Rulebook({ ceiling: 0.02, newId: () => `${(made += 1)}` });
    const see = (request: TestRequest, times: number): void => {
      const view = requestView(request, known);
      for (let time = 0; time < times; time += 1) if (sampler.wants()) sampler.keep(view, "served");
    };
    for (let tick = 1; tick <= 9; tick += 1) {
      see(flood, 2_000);
      for (const pace of [0, 1, 2]) see({ ...reader, pace }, 3);
      const nowMs = startMs + tick * 100;
      window.add(sampler.take(), nowMs);
      book.step({ window, peace, excess: 19_000, mode: "guarded", frozen: false, reports: new Map(), nowMs });
    }
    const rules = new CompiledRules(book.list(), testKey);
    expect(rules.match(requestView(flood, known))).toMatchObject({ state: "active" });
    for (const pace of [0, 1, 2])
      expect(rules.match(requestView({ ...reader, pace }, known))).toBeUndefined();
  });
}

test("a crowd of readers makes no rule, in a siege neither", () => {
  const peace = Peace.start(testKey);
  const window = new Window(testKey, 8);
  const sampler = new Sampler(seededRandom(1));
  const book = new Rulebook({ ceiling: 0.02, newId: () => "none" });
  for (let tick = 1; tick <= 30; tick += 1) {
    const view = requestView({ ...reader, pace: tick % 3 }, known);
    for (let time = 0; time < 500; time += 1) if (sampler.wants()) sampler.keep(view, "served");
    const nowMs = startMs + tick * 100;
    window.add(sampler.take(), nowMs);
    book.step({ window, peace, excess: 4_900, mode: "siege", frozen: false, reports: new Map(), nowMs });
  }
  expect(book.list()).toEqual([]);
});
