/**
 * How much of what attackers do is found, and how often a page that merely lives is taken for it: real defaced pages and partial ones of
 * our own, put into real pages that were made to live. `bun bench/defacement.ts [--seed N] [--list] [--only life|attacks] [--write]`; with `--write` it goes to RESULTS.md.
 * Nothing is fitted to these samples; whoever changes a rule because of them says why it would be right without them.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { utf8 } from "../src/base/bytes.ts";
import { rfc3339, systemClock } from "../src/base/clock.ts";
import { seededRandom } from "../src/base/random.ts";
import type { Facts } from "../src/guard/facts.ts";
import { judge } from "../src/guard/judging/judge.ts";
import { decodePage, encodePage, learnPage, type PageBaseline } from "../src/guard/learning/page.ts";
import { decodeSite, encodeSite, learnSite, type SiteBaseline } from "../src/guard/learning/site.ts";
import { read } from "../src/guard/reading/read.ts";
import { type Answer, grafts, partials } from "./defacement-attacks.ts";
import { aDayLater, loaded, sister } from "./defacement-living.ts";
import { machineName, median } from "./machine.ts";
import { writeSection } from "./results.ts";

const samples = resolve(import.meta.dir, "../../shared/samples");
const { values: options } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    days: { type: "string", default: "40" },
    write: { type: "boolean" },
    list: { type: "boolean" },
    /** `life` or `attacks`: quicker while a rule is looked for. */
    only: { type: "string" },
  },
});
const random = seededRandom(Number(options.seed));
const days = Number(options.days);
const loads = 5;
const sisters = 6;
/** Defaced pages that are put into each living page, per way of doing it. */
const graftsPerPage = 12;

const latin = new TextDecoder("latin1");
function texts(folder: string): { name: string; text: string }[] {
  return readdirSync(join(samples, folder))
    .sort()
    .map((name) => {
      const bytes = readFileSync(join(samples, folder, name));
      return { name, text: folder === "clean" ? bytes.toString() : latin.decode(bytes) };
    });
}

function factsOf({ status, type, body, headers = [] }: Answer, path: string): Facts {
  return read(
    {
      status,
      headers: [["content-type", type], ...headers],
      body: utf8(body),
      url: `https://site.example${path}`,
      ownHosts: new Set(["site.example"]),
    },
    {
      bytesMax: 4_000_000,
      elementsMax: 100_000,
      depthMax: 2_000,
      msMax: 5_000,
      monotonicMs: () => performance.now(),
    },
  );
}

function page(body: string): Answer {
  return { status: 200, type: "text/html; charset=utf-8", body };
}

interface Living {
  readonly name: string;
  readonly html: string;
  readonly site: SiteBaseline;
  readonly page: PageBaseline;
}

const address = "/article";

function learned({ name, text }: { name: string; text: string }): Living {
  const own = Array.from({ length: loads }, () => factsOf(page(loaded(text, random)), address));
  const others = Array.from({ length: sisters }, (_, at) => {
    const html = sister(text, at, random);
    const facts = [1, 2].map(() => factsOf(page(loaded(html, random)), `/${at}`));
    return { address: `/${at}`, page: learnPage(facts).page };
  });
  const ownPage = decodePage(encodePage(learnPage(own).page));
  const { site } = learnSite([{ address, page: ownPage }, ...others], []);
  sizes.push({ page: encodePage(ownPage).length, site: encodeSite(site).length });
  return { name, html: text, site: decodeSite(encodeSite(site)), page: ownPage };
}

const sizes: { page: number; site: number }[] = [];
const times: number[] = [];

type Outcome = "alarm" | "question" | "fault" | "uncertain" | "vouched";

function outcomeOf(answer: Answer, living: Living, path = address): { outcome: Outcome; why: string } {
  const facts = factsOf(answer, path);
  const known = path === address ? living.page : undefined;
  const start = performance.now();
  const verdict = judge(facts, { site: living.site, page: known, address: path, working: false });
  times.push(performance.now() - start);
  const why = verdict.facts
    .filter(({ weight }) => weight !== "note")
    .map(({ what, value }) => `${what}: ${value.slice(0, 60)}`)
    .join("; ");
  if (verdict.kind !== "contradicts") return { outcome: verdict.kind, why };
  const isFault = verdict.facts.some(({ what }) => what === "fault");
  return { outcome: verdict.alarm ? "alarm" : isFault ? "fault" : "question", why };
}

class Tally {
  readonly #counts = new Map<string, Record<Outcome, number>>();
  readonly misses: string[] = [];

  note(name: string, outcome: Outcome): void {
    const counts = this.#counts.get(name) ?? { alarm: 0, question: 0, fault: 0, uncertain: 0, vouched: 0 };
    counts[outcome] += 1;
    this.#counts.set(name, counts);
  }

  sum(outcome: Outcome): number {
    return [...this.#counts.values()].reduce((sum, counts) => sum + counts[outcome], 0);
  }

  get all(): number {
    return (["alarm", "question", "fault", "uncertain", "vouched"] as const).reduce(
      (sum, one) => sum + this.sum(one),
      0,
    );
  }

  get held(): number {
    return this.sum("alarm") + this.sum("question") + this.sum("fault");
  }

  lines(): string[] {
    return [...this.#counts].map(
      ([name, { alarm, question, fault, uncertain, vouched }]) =>
        `| ${name} | ${alarm} | ${question} | ${fault} | ${uncertain} | ${vouched} |`,
    );
  }
}

function attack(living: readonly Living[], defaced: readonly { name: string; text: string }[]): Tally {
  const tally = new Tally();
  living.forEach((site, at) => {
    const note = (name: string, answer: Answer, of = ""): void => {
      const { outcome, why } = outcomeOf(answer, site);
      tally.note(name, outcome);
      if (outcome === "vouched" || outcome === "uncertain")
        tally.misses.push(`${outcome}: ${name} ${of} in ${site.name} (${why})`);
    };
    const html = (): string => loaded(site.html, random);
    for (const [name, graft] of Object.entries(grafts)) {
      for (let each = 0; each < graftsPerPage; each += 1) {
        const sample = defaced[(at * graftsPerPage + each) % defaced.length];
        if (sample !== undefined) note(name, graft(html(), sample.text, random), sample.name);
      }
    }
    for (const [name, partial] of Object.entries(partials)) note(name, partial(html(), random));
  });
  return tally;
}

function live(living: readonly Living[]): Tally {
  const tally = new Tally();
  for (const site of living) {
    for (let day = 0; day < days; day += 1) {
      const { html, changed } = aDayLater(site.html, random);
      const { outcome, why } = outcomeOf(page(loaded(html, random)), site);
      tally.note("a known page, edited", outcome);
      if (outcome !== "vouched")
        tally.misses.push(`${outcome}: ${site.name} after ${changed.join(", ")} (${why})`);
    }
    for (let each = 0; each < days / 4; each += 1) {
      const { html } = aDayLater(sister(site.html, 100 + each, random), random);
      const { outcome, why } = outcomeOf(page(loaded(html, random)), site, `/new-${each}`);
      tally.note("a new page", outcome);
      if (outcome !== "vouched") tally.misses.push(`${outcome}: a new page of ${site.name} (${why})`);
    }
  }
  return tally;
}

function share(part: number, all: number): string {
  return `${((part / all) * 100).toFixed(2)} %`;
}

const clean = texts("clean").map(learned);
const attacks = attack(options.only === "life" ? [] : clean, texts("defaced"));
const lives = live(options.only === "attacks" ? [] : clean);
const most = (values: readonly number[]): number => Math.max(...values);
const lines = [
  `Seed ${options.seed}; ${clean.length} sites, each learned from ${loads} loads of one page and ${sisters} sisters.`,
  "",
  "| attack | alarm | question | fault | uncertain | vouched |",
  "|---|---|---|---|---|---|",
  ...attacks.lines(),
  "",
  `Kept from readers: ${share(attacks.held, attacks.all)} of ${attacks.all}; noticed at all: ${share(attacks.held + attacks.sum("uncertain"), attacks.all)}.`,
  "",
  "| life | alarm | question | fault | uncertain | vouched |",
  "|---|---|---|---|---|---|",
  ...lives.lines(),
  "",
  `False alarms: ${share(lives.sum("alarm") + lives.sum("fault"), lives.all)} of ${lives.all} loads; false questions: ${share(lives.sum("question"), lives.all)}; served as uncertain: ${share(lives.sum("uncertain"), lives.all)}.`,
  "",
  `One judgement: ${median(times).toFixed(2)} ms in the middle, ${(times.sort((left, right) => left - right)[Math.floor(times.length * 0.99)] ?? 0).toFixed(2)} ms at the 99th percentile. Facts blob: ${Math.round(median(sizes.map((one) => one.page)))} bytes in the middle, ${most(sizes.map((one) => one.page))} at most; site blob: ${most(sizes.map((one) => one.site))} at most.`,
];
console.log([machineName(), ...lines].join("\n"));
if (options.list === true) console.log([...attacks.misses, ...lives.misses].join("\n"));
if (options.write === true)
  writeSection("Defacement", "bun bench/defacement.ts --write", rfc3339(systemClock.nowMs()), lines);
