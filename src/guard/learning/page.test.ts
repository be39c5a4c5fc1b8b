/** Learning a page: what is stable, what changes by itself, which loads are poisoned. */
import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { pageFacts, type Parts } from "../../../test/page-facts.ts";
import { factSets } from "../facts.ts";
import { judge } from "../judging/judge.ts";
import { decodePage, encodePage, learnPage, refreshPage } from "./page.ts";
import { learnSite } from "./site.ts";

const loads = (count: number, parts: (at: number) => Parts = () => ({})) =>
  Array.from({ length: count }, (_, at) => pageFacts({ bytes: 10_000 + at, ...parts(at) }));
const { sets } = pageFacts();

test("nothing can be learned without a load", () => {
  expect(() => learnPage([])).toThrow("it was not loaded once");
});

test("what changes from load to load is told apart from what doesn't", () => {
  const { page, volatile, outliers } = learnPage(
    loads(5, (at) => ({
      sets: { scripts: [...sets.scripts, `//ads.example/show?r=${81_723 + at}`] },
      inline: [
        {
          kind: "script",
          shape: "live",
          literals: [`${1_321_000_000 + at}`, `a1b2c3d${at}`, "portail"],
          bytes: 9,
        },
      ],
    })),
  );
  expect(outliers).toEqual([]);
  expect(page.sets.scripts.always).toEqual(new Set(sets.scripts));
  expect(page.sets.scripts.forms).toEqual(new Set(["//ads.example/show?r=#"]));
  expect(page.code.get("live")?.forms).toBe("0x=");
  expect(volatile).toEqual(["scripts", "inline digits", "inline hex", "bytes"]);
});

test("the next advertisement is known by its form, another address of that host is not", () => {
  const withAd = (ad: string): Parts => ({ sets: { scripts: [...sets.scripts, ad] } });
  const { page } = learnPage(loads(5, (at) => withAd(`//ads.example/show?r=${81_723 + at}`)));
  const { site } = learnSite([{ address: "/", page }], []);
  const judged = (ad: string) =>
    judge(pageFacts(withAd(ad)), { site, page, address: "/", working: false }).kind;
  expect(judged("//ads.example/show?r=99999")).toBe("vouched");
  expect(judged("//ads.example/other?r=99999")).toBe("contradicts");
});

describe("up to a third of the loads poisoned", () => {
  test.each<[string, Parts]>([
    [
      "by another page",
      {
        title: "x",
        headings: [],
        paragraphs: ["lol"],
        elements: ["center"],
        sets: { scripts: [], styles: [], links: [] },
      },
    ],
    ["by another kind", { kind: "text" }],
    ["by an error", { status: 500 }],
    ["by a script", { sets: { scripts: [...sets.scripts, "//evil.example/x.js"] } }],
    ["by a frame", { sets: { frames: ["//evil.example/"] } }],
    [
      "by code that leads away",
      {
        inline: [
          { kind: "script", shape: "5ca1ab1e", literals: ["//evil.example/x.js", "portail"], bytes: 40 },
        ],
      },
    ],
    ["by hidden links", { sets: { "hidden-link-hosts": ["pills.example"] } }],
  ])("%s", (_, poison) => {
    for (const [count, poisoned] of [
      [3, 1],
      [6, 2],
      [9, 3],
    ] as const) {
      const { page, outliers } = learnPage(loads(count, (at) => (at < poisoned ? poison : {})));
      expect(outliers).toEqual(Array.from({ length: poisoned }, (__, at) => at));
      expect(encodePage(page)).toEqual(encodePage(learnPage(loads(count).slice(poisoned)).page));
    }
  });
});

describe("properties", () => {
  const parts: fc.Arbitrary<Parts> = fc.record(
    {
      title: fc.string({ unit: "binary", maxLength: 300 }),
      headings: fc.array(fc.string({ unit: "binary", maxLength: 200 }), { maxLength: 12 }),
      language: fc.string({ maxLength: 60 }),
      paragraphs: fc.array(fc.lorem({ maxCount: 6 }), { maxLength: 30 }),
      elements: fc.array(fc.string({ minLength: 1, maxLength: 20 }), { maxLength: 30 }),
      letters: fc.dictionary(
        fc.constantFrom("Latn", "Arab", "Cyrl", "Tfng"),
        fc.integer({ min: 0, max: 1000 }).map((share) => share / 1_000),
      ),
      sets: fc.record(
        Object.fromEntries(
          factSets.map((set) => [
            set,
            fc.array(
              fc.webUrl().map((url) => url.slice(6)),
              { maxLength: 6 },
            ),
          ]),
        ),
        { requiredKeys: [] },
      ),
      inline: fc.array(
        fc.record({
          kind: fc.constantFrom("script", "handler", "style", "data"),
          shape: fc.stringMatching(/^[0-9a-f]{8}$/),
          literals: fc.array(fc.string({ maxLength: 30 }), { maxLength: 8 }),
          bytes: fc.nat(),
        }),
        { maxLength: 8 },
      ),
    },
    { requiredKeys: [] },
  );

  test("the order of loads makes no difference", () => {
    fc.assert(
      fc.property(fc.array(parts, { minLength: 1, maxLength: 5 }), (all) => {
        const facts = all.map((one, at) => pageFacts({ ...one, bytes: at }));
        const turned = learnPage(facts.toReversed());
        const straight = learnPage(facts);
        expect(encodePage(turned.page)).toEqual(encodePage(straight.page));
        expect(turned.outliers.map((at) => facts.length - 1 - at).toReversed()).toEqual(straight.outliers);
      }),
      { numRuns: 60 },
    );
  });

  test("a page is what its blob says, and its own baseline vouches for it", () => {
    fc.assert(
      fc.property(parts, (one) => {
        const facts = pageFacts(one);
        const { page } = learnPage([facts]);
        expect(decodePage(encodePage(page))).toEqual(page);
        const { site } = learnSite([{ address: "/", page }], []);
        const known = { site, address: "/", working: false };
        expect(judge(facts, { ...known, page }).kind).toBe("vouched");
        expect(judge(facts, { ...known, page: refreshPage(page, [facts]) }).kind).toBe("vouched");
      }),
      { numRuns: 150 },
    );
  });

  test("no page is vouched for once something of a dangerous kind is added", () => {
    const added = fc.constantFrom<Parts["sets"]>(
      { scripts: ["//evil.example/x.js"] },
      { styles: ["//evil.example/x.css"] },
      { frames: ["//evil.example/"] },
      { forms: ["POST //evil.example/ password"] },
      { base: ["//evil.example/"] },
      { refreshes: ["//evil.example/"] },
      { "service-workers": ["/sw.js"] },
      { "hidden-link-hosts": ["evil.example"] },
      { oddities: ["covers div 1a2b3c4d"] },
    );
    fc.assert(
      fc.property(parts, added, (one, more) => {
        const facts = pageFacts(one);
        const { page } = learnPage([facts]);
        const { site } = learnSite([{ address: "/", page }], []);
        const with_ = Object.entries(more ?? {}).map(([set, members]) => [
          set,
          [...facts.sets[set as "scripts"], ...members],
        ]);
        const changed = { ...facts, sets: { ...facts.sets, ...Object.fromEntries(with_) } };
        expect(judge(changed, { site, page, address: "/", working: false }).kind).toBe("contradicts");
      }),
      { numRuns: 150 },
    );
  });
});

test("bytes that are no facts blob are refused", () => {
  for (const text of ["", "{}", '{"format":"kasbah-page/2"}', "[1]"]) {
    expect(() => decodePage(new TextEncoder().encode(text))).toThrow();
  }
});
