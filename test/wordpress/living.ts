/**
 * Days of a site's life behind an edge: editors work, readers read what they did, the operator answers what is asked. Counts what was kept from
 * readers although editors had made it.
 */
import { connectBus } from "../../src/bus/local.ts";
import type { Bus, Event } from "../../src/bus/bus.ts";
import { dataFolder } from "../../src/config/data-folder.ts";
import type { Question } from "../../src/bus/origin-facts.ts";
import { eventually, type Instance } from "../scenarios/instance.ts";
import type { Day, Month } from "./month.ts";
import { ownFiles } from "./readers.ts";
import type { WordPress } from "./wordpress.ts";

type Finding = Event<"origin.finding">;

export interface DayReport extends Day {
  readonly readings: number;
  /** Kept from readers although nobody may have been asked about anything that day, or as an alarm. */
  readonly falseSwaps: readonly Finding[];
  /** Kept from readers until somebody said that it is theirs. */
  readonly heldForQuestion: readonly Finding[];
  readonly uncertain: readonly Finding[];
  readonly questions: readonly string[];
  /** From the answer to where all of it was signed. */
  readonly answeredMs: number;
  /** What readers did not get to see although the origin shows it and nobody was to be asked, or everything was answered. */
  readonly missed: readonly string[];
  /** Readings that gave neither the page nor an approved copy of it, but words (503), before anybody answered. */
  readonly refused: number;
}

interface Life {
  readonly site: WordPress;
  readonly kasbah: Instance;
}

const renewedWithinMs = 3_000;
const askedWithinMs = 15_000;
const settledWithinMs = 15_000;
const everyOther = 8;
const readersAtOnce = 4;
const lists = [
  "/",
  "/page/2/",
  "/feed/",
  "/comments/feed/",
  "/?s=eau",
  "/?s=hacked+by",
  "/author/direction/",
  "/category/securite/",
  "/category/securite/feed/",
  "/2026/10/",
  "/tag/dossier-1/",
  "/wp-sitemap.xml",
];

export class Living implements AsyncDisposable {
  readonly #life: Life;
  readonly #host: string;
  readonly #bus: Bus;
  #findings: Finding[] = [];
  #refused = 0;

  private constructor(life: Life, bus: Bus) {
    this.#life = life;
    this.#host = new URL(life.site.home).host;
    this.#bus = bus;
    bus.subscribe("origin.finding", (finding) => void this.#findings.push(finding));
  }

  static async with(life: Life): Promise<Living> {
    return new Living(life, await connectBus(dataFolder(life.kasbah.data).busSocket));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#bus[Symbol.asyncDispose]();
  }

  async day(month: Month, number: number): Promise<DayReport> {
    const beganMs = Date.now();
    this.#findings = [];
    const day = await month.day(number);
    this.#refused = 0;
    const mayAsk = day.deeds.some((deed) => deed.mayAsk);
    const before = await this.#read(day, mayAsk ? 0 : renewedWithinMs);
    const refused = this.#refused;
    const startMs = performance.now();
    // What was found is told a moment after readers meet it.
    const isHeld = before.missed.length > 0 || this.#news(beganMs).some(({ held }) => held);
    const questions = isHeld ? await this.#answer() : [];
    const answeredMs = performance.now() - startMs;
    const { readings, missed } = mayAsk ? await this.#read(day) : before;
    const found = [...new Map(this.#news(beganMs).map((finding) => [finding.id, finding])).values()];
    const isFalse = ({ held, verdict }: Finding): boolean => held && (verdict === "alarm" || !mayAsk);
    return {
      ...day,
      readings: readings + (mayAsk ? before.readings : 0),
      missed,
      refused,
      questions,
      answeredMs,
      falseSwaps: found.filter(isFalse),
      heldForQuestion: found.filter((finding) => finding.held && !isFalse(finding)),
      uncertain: found.filter(({ held }) => !held),
    };
  }

  async #read(day: Day, withinMs = renewedWithinMs): Promise<{ readings: number; missed: string[] }> {
    const missed: string[] = [];
    for (const { path, shows } of day.changed) {
      const isOlder = !(await (await this.#life.site.get(path)).text()).includes(shows);
      if (!isOlder && !(await this.#showsSoon(path, shows, withinMs))) missed.push(`${path} (${shows})`);
    }
    const addresses = await this.#addresses(day.number);
    await severalAtOnce(addresses, (address) => this.#get(address));
    const files = ownFiles(await this.#get("/"), this.#host);
    await severalAtOnce(files, async (file) => {
      if (!(await this.#isSame(file))) missed.push(file);
    });
    return { readings: day.changed.length + addresses.length + files.length, missed };
  }

  /** The first reader after a change may get what is kept, while it is renewed (RFC 5861). */
  async #showsSoon(path: string, shows: string, withinMs: number): Promise<boolean> {
    return await eventually(
      path,
      async () => ((await this.#get(path)).includes(shows) ? true : undefined),
      withinMs,
    ).catch(() => false);
  }

  /** Lists of every kind, and by turns everything else. */
  async #addresses(day: number): Promise<string[]> {
    const others = (await this.#life.site.addresses()).filter(
      (_, at) => at % everyOther === day % everyOther,
    );
    return [...lists, `/nowhere-${day}/`, ...others.map(({ path }) => path)];
  }

  async #isSame(file: string): Promise<boolean> {
    const { site, kasbah } = this.#life;
    const answers = await Promise.all([site.get(file), kasbah.get(file, { host: this.#host })]);
    const [own, shown] = await Promise.all(answers.map((answer) => answer.text()));
    return own === shown;
  }

  async #get(path: string): Promise<string> {
    const answer = await this.#life.kasbah.get(path, { host: this.#host });
    if (answer.status === 503) this.#refused += 1;
    return await answer.text();
  }

  /** What was found earlier is told again while its answer is shown, be it that somebody has accepted it. */
  #news(beganMs: number): Finding[] {
    return this.#findings.filter(({ at }) => Date.parse(at) >= beganMs);
  }

  /** Undefined: nothing is asked. */
  async #open(): Promise<readonly Question[] | undefined> {
    const { questions } = await this.#bus.request("newsroom.origin.questions", {});
    const open = questions.filter(({ status }) => status === "open");
    return open.length > 0 ? open : undefined;
  }

  /** As the operator does whose telephone has rung: all of it is theirs. */
  async #answer(): Promise<string[]> {
    const open = await eventually("a question", () => this.#open(), askedWithinMs).catch(() => []);
    if (open.length === 0) return [];
    const accepted = await this.#life.kasbah.kasbah("origin", "accept", "--yes");
    if (accepted.exitCode !== 0) throw new Error(`kasbah origin accept: ${accepted.stderr}`);
    await eventually(
      "no open question",
      async () => ((await this.#open()) === undefined ? true : undefined),
      settledWithinMs,
    );
    return open.map(
      ({ facts, addresses, addresses_more: more }) =>
        `${facts.map(({ what, value }) => `${what} ${value}`).join("; ")} (${addresses.length + more} addresses)`,
    );
  }
}

/** As several readers do. */
async function severalAtOnce<T>(all: readonly T[], read: (one: T) => Promise<unknown>): Promise<void> {
  const waiting = [...all];
  const reader = async (): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await read(one);
  };
  await Promise.all(Array.from({ length: readersAtOnce }, reader));
}

/** Each kind of deed on which days, and how it ended; what came of a day is put down to what only that day has. */
export function endings(reports: readonly DayReport[]): string[] {
  const all = reports.flatMap((report) => {
    const [, ...special] = report.deeds;
    return (special.length > 0 ? special : report.deeds).map(({ kind }) => ({ kind, report }));
  });
  return [...Map.groupBy(all, ({ kind }) => kind)].map(([kind, days]) => {
    const sum = (count: (report: DayReport) => number): number =>
      days.reduce((total, { report }) => total + count(report), 0);
    const ended = [
      [sum(({ falseSwaps }) => falseSwaps.length), "false swaps"],
      [sum(({ missed }) => missed.length), "not shown"],
      [sum(({ questions }) => questions.length), "asked"],
      [sum(({ uncertain }) => uncertain.length), "answers uncertain"],
    ] as const;
    const said = ended.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : []));
    const on = days.length > 3 ? `${days.length} days` : days.map(({ report }) => report.number).join(", ");
    return `${kind} (${on}): ${said.length === 0 ? "passed" : said.join(", ")}`;
  });
}

/** In lines for a person. */
export function told(report: DayReport): string {
  const about = ({ verdict, address, facts }: Finding): string =>
    `    ${verdict} ${address}: ${facts.map(({ what, value, weight }) => `${what} (${weight}) ${value}`).join("; ")}`;
  const lines = [
    `day ${report.number}: ${report.deeds.map(({ what }) => what).join("; ")}; ${report.readings} readings`,
    ...report.falseSwaps.map((finding) => `  FALSE SWAP\n${about(finding)}`),
    ...report.missed.map((missed) => `  NOT SHOWN ${missed}`),
    ...report.questions.map((question) => `  asked: ${question}`),
    ...(report.questions.length > 0 ? [`  answered in ${(report.answeredMs / 1_000).toFixed(1)} s`] : []),
    ...(report.refused > 0 ? [`  ${report.refused} readings gave words until then`] : []),
    ...report.heldForQuestion.slice(0, 5).map((finding) => `  held meanwhile\n${about(finding)}`),
    ...report.uncertain.slice(0, 10).map((finding) => `  uncertain\n${about(finding)}`),
  ];
  return lines.join("\n");
}
