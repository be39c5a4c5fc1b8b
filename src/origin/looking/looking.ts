/** The newsroom's own eyes on the protected site: evidence of what was found there, and looks of its own at what edges don't get to see. */
import { Resolver } from "node:dns/promises";
import { messageOf } from "../../base/errors.ts";
import type { Bus } from "../../bus/bus.ts";
import { type Finding, type Question, siblingIn } from "../../bus/origin-facts.ts";
import type { Config } from "../../config/settings.ts";
import { signatureOf } from "../../guard/judging/judge.ts";
import type { Origin } from "../origin.ts";
import { ownFinding, type OwnFinding } from "../own-finding.ts";
import { addressAt, type OriginAddress, root } from "../client/protected-site.ts";
import { appearanceOf } from "./appearance.ts";
import { cloakedAt } from "./cloaking.ts";
import { collect, type CollectingParts } from "./collect.ts";
import { Gathering, type Wanted } from "./gathering.ts";
import { lookAtName, type NameOptions } from "./look-at-name.ts";
import { oddityIn } from "./oddity.ts";
import { findChromium } from "./render.ts";
import { SiblingClient } from "./sibling-client.ts";
import { SiblingLooks } from "./sibling-looks.ts";
import { publicNames } from "./sibling-names.ts";
import { shownOf } from "./showing.ts";
import { visitorsBy } from "./visitors.ts";
import { nameFinder, WatchedNames } from "./watched-names.ts";
import { WorthALook } from "./worth-a-look.ts";

const nameTimeoutMs = 3_000;
const siblingTimeoutMs = 20_000;
/** Beside the front page, in turn. */
const pagesAtOnce = 12;
/** Beside the front page, in a browser: a picture costs a second or two of a processor, and each page needs two. */
const renderedAtOnce = 2;
const [cloakingFinder, appearanceFinder] = ["look-cloaking-", "look-appearance-"];

export class Looking implements AsyncDisposable {
  readonly gathering: Gathering;
  readonly #origin: Origin;
  readonly #parts: CollectingParts;
  readonly #names: WatchedNames;
  readonly #siblings: SiblingLooks;
  readonly #tell: (finding: OwnFinding) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;
  readonly #worth = new WorthALook();
  #lastPage = root;

  constructor(origin: Origin, bus: Bus, tell: (finding: OwnFinding) => void) {
    const { config, database, evidence, publisher, clock, log } = origin.options;
    this.#origin = origin;
    this.#tell = tell;
    this.#parts = { ...partsOf(origin, bus), signal: this.#stopping.signal };
    this.#names = new WatchedNames(database);
    this.#siblings = new SiblingLooks(origin, {
      bus,
      tell,
      client: this.#parts.siblings,
      names: this.#names,
      signal: this.#stopping.signal,
    });
    this.gathering = new Gathering({
      store: evidence,
      collect: (about) => collect(this.#parts, about),
      tell: (gathered) => bus.publish("origin.evidence", gathered),
      publish: () => publisher.publishBeside(),
      nowMs: () => clock.nowMs(),
      log,
    });
    this.#timer = setInterval(() => void this.round(), config.origin.look_s * 1_000);
  }

  /** Evidence of it is wanted; what is only uncertain there is any amount of, unless one of these looks found it. */
  found(wanted: Wanted & Pick<Finding, "facts">): void {
    const isOwnLook = wanted.id.startsWith("look-");
    if (!isOwnLook && wanted.verdict === "uncertain") this.#worth.found(wanted.address);
    if (this.#origin.options.config.origin.evidence_bytes_max === 0) return;
    const sibling = siblingIn(wanted.facts);
    if (isOwnLook || wanted.verdict !== "uncertain") this.gathering.add({ ...wanted, sibling });
  }

  /** By their path, as edges count them. */
  read(path: string, requests: number): void {
    const address = addressAt(path, this.#origin.site);
    if (address !== undefined && address !== root) this.#worth.read(address, requests);
  }

  answered({ id, status }: Question): void {
    if (status !== "accepted") return;
    for (const finding of this.#origin.questions.findingsOf(id)) {
      this.#names.accept(finding);
      this.#siblings.accept(finding);
    }
  }

  /** Resolves when nothing of it goes on; while an earlier round does, with that one. Never rejects. */
  round(): Promise<void> {
    this.#running ??= this.#round().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    this.#stopping.abort();
    await Promise.all([this.#running, this.gathering[Symbol.asyncDispose]()]);
  }

  async #round(): Promise<void> {
    const { baseline } = this.#origin.options;
    for (const name of this.#parts.watchedNames) await this.#try(name, () => this.#lookAtName(name));
    for (const name of this.#siblings.inTurn()) await this.#try(name, () => this.#siblings.look(name));
    if (baseline.version() === "" || this.#origin.isHeld || this.#origin.snapshot.isRunning) return;
    const pages = baseline.entries.pagesAfter(this.#lastPage, pagesAtOnce);
    this.#lastPage = pages.at(-1) ?? root;
    for (const address of new Set([root, ...pages])) await this.#try(address, () => this.#compare(address));
    for (const address of [root, ...this.#worth.take(renderedAtOnce)])
      await this.#try(address, () => this.#lookAtPage(address));
  }

  async #try(what: string, look: () => Promise<void>): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    try {
      await look();
    } catch (thrown) {
      this.#origin.options.log.warn("the protected site can't be looked at", {
        what,
        reason: messageOf(thrown),
      });
    }
  }

  /** As everybody gets it. */
  async #compare(address: OriginAddress): Promise<void> {
    const { rereading, visitors, nowMs } = this.#parts;
    const cloaked = await cloakedAt(address, rereading, visitors, this.#stopping.signal);
    if (cloaked === undefined) return this.#origin.questions.cleared(address, cloakingFinder);
    this.#tell(ownFinding({ ...cloaked, address, atMs: nowMs(), by: cloakingFinder }));
  }

  /** Twice before anybody hears of a change: resolvers and networks have bad moments. */
  async #lookAtName(name: string): Promise<void> {
    const { names, nowMs } = this.#parts;
    const by = nameFinder(name);
    const first = this.#names.compare(await lookAtName(name, names), nowMs());
    if (first === undefined) return this.#origin.questions.cleared(root, by);
    const record = await lookAtName(name, names);
    const change = this.#names.compare(record, nowMs());
    if (change === undefined || signatureOf(change.facts) !== signatureOf(first.facts)) return;
    const finding = ownFinding({ ...change, address: root, atMs: nowMs(), by });
    if (change.verdict !== "uncertain") this.#names.asked(record, finding.id);
    this.#tell(finding);
  }

  /** Its source may be right while its scripts show something else. */
  async #lookAtPage(address: OriginAddress): Promise<void> {
    const { rereading, visitors, chromium, nowMs } = this.#parts;
    const visitor = visitors.get("browser");
    if (chromium === undefined || visitor === undefined) return;
    if (this.#origin.options.baseline.entries.get(address)?.kind !== "html") return;
    const judged = await rereading.read(address, this.#stopping.signal, visitor);
    if (judged.kind !== "judged" || judged.verdict.kind === "contradicts") return;
    const shown = shownOf(judged.answer);
    const seen = await appearanceOf(this.#parts, { address, shown, visitor });
    const facts = typeof seen === "string" ? [] : oddityIn(seen);
    if (facts.length === 0) return;
    const found = { address, verdict: "uncertain", facts, judged, atMs: nowMs() } as const;
    this.#tell(ownFinding({ ...found, by: appearanceFinder }));
  }
}

function partsOf(origin: Origin, bus: Bus): Omit<CollectingParts, "signal"> {
  const { site, client, reader, rereading, options } = origin;
  const { config, baseline, own, clock } = options;
  const names = options.names ?? systemNames();
  return {
    bus,
    site,
    client,
    reader,
    rereading,
    baseline,
    own,
    chromium: chromiumBy(config),
    visitors: visitorsBy(config.origin.second_look_proxy),
    watchedNames: publicNames([...config["site.portal"].hosts, ...config.origin.hosts_watched]),
    names,
    siblings: new SiblingClient({
      names,
      timeoutMs: siblingTimeoutMs,
      bodyBytesMax: config.origin.crawl_body_bytes_max,
      listed: new Set(config.origin.hosts_watched),
      monotonicMs: () => performance.now(),
    }),
    nowMs: () => clock.nowMs(),
  };
}

function systemNames(): NameOptions {
  const names = new Resolver({ timeout: nameTimeoutMs, tries: 2 });
  return { names, port: 443, plainPort: 80, timeoutMs: nameTimeoutMs };
}

function chromiumBy({ origin: { chromium } }: Config): string | undefined {
  if (chromium === "off") return undefined;
  return chromium === "auto" ? findChromium() : chromium;
}
