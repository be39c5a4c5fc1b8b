/** The protected site while the newsroom runs: hears what edges find, keeps the baseline fresh by the clock, and tells what somebody is asked. */
import { messageOf } from "../../base/errors.ts";
import type { Bus, Event } from "../../bus/bus.ts";
import type { OriginState } from "../../bus/origin-facts.ts";
import { Withdrawn } from "../../edition/withdrawals.ts";
import { entriesMax } from "../../guard/manifest.ts";
import { WaysAround } from "../bypass/ways-around.ts";
import { isSamePicture } from "../looking/same-picture.ts";
import { Looking } from "../looking/looking.ts";
import { objectionTo } from "../crawl/never-asked.ts";
import type { Origin } from "../origin.ts";
import { ownFinding, ownName, type OwnFinding } from "../own-finding.ts";
import { addressAt, type OriginAddress, partsOf } from "../client/protected-site.ts";
import type { Judged } from "./rereading.ts";
import type { Robots } from "../crawl/robots.ts";
import { askRobots, sitemapPages } from "../crawl/sitemaps.ts";
import { Upkeep } from "./upkeep.ts";
import { Visits } from "../crawl/visits.ts";

/** An edge that was not heard for so long is not believed any longer. */
const stateGoodForMs = 30_000;
const sitemapsEveryMs = 10 * 60_000;
/** Of a site whose sitemap says that everything changed just now. */
const sitemapHintsMax = 100;
/** Parts of `origin.crawl_rate` that go to hints and to pages in turn, and how many of them one round takes at most. */
const [hintsShare, turnsShare] = [1 / 2, 1 / 8];
const [hintsMost, turnsMost] = [400, 200];

export class Watching implements AsyncDisposable {
  readonly #origin: Origin;
  readonly #bus: Bus;
  readonly #upkeep: Upkeep;
  readonly #visits: Visits;
  readonly looking: Looking;
  readonly #waysAround: WaysAround;
  readonly #states = new Map<string, { readonly state: OriginState; readonly heardMs: number }>();
  readonly #endings: readonly (() => void)[];
  readonly #stopping = new AbortController();
  #robots: Robots | undefined;
  #sitemapsDueMs = Number.NEGATIVE_INFINITY;
  #running: Promise<void> | undefined;

  constructor(origin: Origin, bus: Bus) {
    this.#origin = origin;
    this.#bus = bus;
    origin.attach({
      bus,
      look: () => void this.round(),
      isHeld: () => this.#isHeld(),
      answered: (question) => this.looking.answered(question),
    });
    this.#visits = new Visits(origin.options.database);
    this.#upkeep = this.#createUpkeep();
    this.looking = new Looking(origin, bus, (finding) => this.#tell(finding));
    const { config, clock, log } = origin.options;
    // Not a question: nobody has to say whether it is theirs.
    const tell = (finding: OwnFinding): void => bus.publish("origin.finding", finding);
    this.#waysAround = new WaysAround({ config, clock, log, tell });
    void this.#waysAround.round();
    const timer = setInterval(() => void this.round(), config.origin.refresh_s * 1_000);
    this.#endings = [
      () => clearInterval(timer),
      bus.subscribe("origin.finding", (finding) => this.hear(finding)),
      bus.subscribe("observation", ({ traits }) => {
        for (const { value, requests } of traits.path) this.looking.read(value, requests);
      }),
      bus.subscribe("origin.state", (state) => {
        this.#states.set(state.edge, { state, heardMs: this.#nowMs() });
      }),
    ];
  }

  /** An edge met what its baseline does not vouch for. */
  hear(finding: Event<"origin.finding">): void {
    const { questions, hints, site } = this.#origin;
    const address = addressAt(finding.address, site);
    if (finding.edge === ownName || address === undefined) return;
    questions.ask({ ...finding, address });
    this.looking.found({ ...finding, address });
    if (finding.verdict !== "alarm") hints.add(address);
  }

  /** Resolves when nothing of it goes on; while an earlier round does, with that one. Never rejects. */
  round(): Promise<void> {
    this.#running ??= this.#round().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const end of this.#endings) end();
    this.#stopping.abort();
    await Promise.all([this.looking[Symbol.asyncDispose](), this.#waysAround[Symbol.asyncDispose]()]);
    await this.#running;
  }

  async #round(): Promise<void> {
    const { baseline, log } = this.#origin.options;
    // A snapshot reads everything anyway, and replaces what is learned meanwhile.
    if (baseline.version() === "" || this.#origin.isHeld || this.#origin.snapshot.isRunning) return;
    try {
      await this.#readSitemaps();
      for (const { addresses } of this.#origin.questions.list("open"))
        for (const address of addresses) this.#origin.hints.add(address as OriginAddress);
      await this.#upkeep.round(this.#stopping.signal);
    } catch (thrown) {
      log.error("the baseline can't be kept fresh", { reason: messageOf(thrown) });
    }
  }

  async #readSitemaps(): Promise<void> {
    const { site, client, pace, hints, options } = this.#origin;
    const { signal } = this.#stopping;
    if (this.#nowMs() < this.#sitemapsDueMs) return;
    this.#sitemapsDueMs = this.#nowMs() + sitemapsEveryMs;
    const asking = { site, client, pace };
    this.#robots = await askRobots(asking, options.config.origin.crawl_ignores_robots, signal);
    let left = sitemapHintsMax;
    for await (const pages of sitemapPages(asking, this.#robots, signal)) {
      for (const { location, changed } of pages) {
        const address = addressAt(location, site);
        if (left === 0 || address === undefined || !this.#isNewer(address, changed)) continue;
        hints.add(address);
        left -= 1;
      }
    }
  }

  /** Unknown, or changed since somebody looked. */
  #isNewer(address: OriginAddress, changed: string): boolean {
    const known = this.#origin.options.baseline.entries.get(address);
    if (known === undefined) return true;
    const changedMs = Date.parse(changed);
    return changedMs > Math.max(Date.parse(known.takenAt), this.#visits.at(address));
  }

  #createUpkeep(): Upkeep {
    const { site, rereading, hints, patience, options, questions } = this.#origin;
    const { baseline, log, config } = options;
    const perRound = config.origin.crawl_rate * config.origin.refresh_s;
    return new Upkeep({
      site,
      baseline,
      rereading,
      hints,
      log,
      entriesMax,
      visits: this.#visits,
      goneAfterMs: patience.goneAfterMs,
      hintsAtOnce: Math.min(hintsMost, Math.ceil(perRound * hintsShare)),
      turnsAtOnce: Math.min(turnsMost, Math.ceil(perRound * turnsShare)),
      nowMs: () => this.#nowMs(),
      isHeld: () => this.#origin.isHeld,
      mayLearn: (verdict, address) =>
        verdict.kind === "vouched" ||
        (verdict.kind === "contradicts" && questions.isAccepted({ address, ...verdict })),
      objectionTo: (address) => this.#objectionTo(address),
      isSamePicture: (known, judged) => isSamePicture(options.own, known, judged),
      doubted: (address, judged) => this.#doubt(address, judged),
      cleared: (address) => questions.cleared(address),
      sign: (put, removed) => this.#origin.sign(put, removed, false),
    });
  }

  #isHeld(): boolean {
    return this.#heard().some(({ site }) => site === "held");
  }

  /** Its operators said that what is new is theirs for a while. */
  #isWorkedOn(): boolean {
    return this.#heard().some(({ working_until: until }) => Date.parse(until ?? "") > this.#nowMs());
  }

  #heard(): OriginState[] {
    const oldestMs = this.#nowMs() - stateGoodForMs;
    return [...this.#states.values()].flatMap(({ state, heardMs }) => (heardMs > oldestMs ? [state] : []));
  }

  #objectionTo(address: OriginAddress): string | undefined {
    const { config, publisher } = this.#origin.options;
    const withdrawn = new Withdrawn(publisher.withdrawals);
    if (withdrawn.coversAddress({ site: "portal", ...partsOf(address) })) return "is withdrawn";
    if (this.#robots?.allows(address) === false) return "robots.txt";
    return objectionTo(address, config.origin.admin_paths);
  }

  /** The newsroom met it before any reader did. */
  #doubt(address: OriginAddress, judged: Judged): void {
    const { facts, ...verdict } = judged.verdict;
    const isAlarm = verdict.kind === "contradicts" && verdict.alarm;
    const found = { address, facts, judged, verdict: isAlarm ? "alarm" : "question" } as const;
    this.#tell(ownFinding({ ...found, atMs: this.#nowMs() }));
  }

  /** People are asked as about what edges find, and the watch is told. */
  #tell(finding: OwnFinding): void {
    if (finding.verdict !== "alarm" && this.#isWorkedOn()) return;
    this.#origin.questions.ask(finding);
    this.#bus.publish("origin.finding", finding);
    this.looking.found(finding);
  }

  #nowMs(): number {
    return this.#origin.options.clock.nowMs();
  }
}
