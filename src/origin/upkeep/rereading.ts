/** The origin read again and judged by the baseline, by the newsroom itself: what keeps the baseline fresh, and what a person's decision rests on. */
import { decodePage, encodePage, type PageBaseline, refreshPage } from "../../guard/learning/page.ts";
import { decodeSite, type SiteBaseline } from "../../guard/learning/site.ts";
import { judge, judgeAsset } from "../../guard/judging/judge.ts";
import { sha256 } from "../../base/bytes.ts";
import type { Facts } from "../../guard/facts.ts";
import type { Verdict } from "../../guard/verdict.ts";
import type { Wait } from "../../publishing/turns.ts";
import type { BlobStore } from "../../store/blobs.ts";
import type { Baseline } from "../baseline/baseline.ts";
import type { Answer, OriginClient, Visitor } from "../client/client.ts";
import type { Entry } from "../baseline/entries.ts";
import { firstWanted } from "../crawl/found-addresses.ts";
import { learn, loadsMax } from "../baseline/learning.ts";
import type { TakenLoad } from "../crawl/loads.ts";
import type { OriginReader } from "../client/origin-reader.ts";
import type { Pace } from "../client/pace.ts";
import type { OriginAddress } from "../client/protected-site.ts";

export type Reading =
  /** It doesn't answer, or only with a fault of its own: nothing can be said. */
  | { readonly kind: "away"; readonly reason: string }
  /** 404 or 410, where the baseline has something else. */
  | { readonly kind: "missing" }
  | Judged;

export interface Judged {
  readonly kind: "judged";
  readonly load: TakenLoad;
  readonly facts: Facts;
  readonly answer: Answer;
  readonly tookMs: number;
  readonly verdict: Verdict;
}

export interface RereadingParts {
  readonly client: Pick<OriginClient, "load">;
  readonly pace: Pace;
  readonly reader: OriginReader;
  readonly baseline: Baseline;
  /** The newsroom's own blobs. */
  readonly own: BlobStore;
  readonly nowMs: () => number;
  readonly wait: Wait;
  /** Between two loads of one address. */
  readonly spacingMs: number;
}

/** Whether an answer with this verdict may be learned there. */
export type MayLearn = (verdict: Verdict, address: OriginAddress) => boolean;

export class Rereading {
  readonly #parts: RereadingParts;
  #visits = 0;
  #site: { readonly bytes: Uint8Array; readonly decoded: SiteBaseline } | undefined;

  constructor(parts: RereadingParts) {
    this.#parts = parts;
  }

  /** `visitor`: default one of the usual readers, another one each time. */
  async read(address: OriginAddress, signal?: AbortSignal, visitor?: Visitor): Promise<Reading> {
    const { client, pace, reader, baseline, nowMs } = this.#parts;
    await pace.turn(signal);
    const load = await client.load(address, visitor ?? (this.#visits += 1), signal);
    if (load.kind === "fault") {
      // Of a proxy's fault the origin knows nothing.
      if (visitor?.proxy === undefined) pace.refused();
      return { kind: "away", reason: load.reason };
    }
    const { answer, tookMs } = load;
    if (answer.status === 429 || answer.status >= 500) {
      pace.refused();
      return { kind: "away", reason: `answers ${answer.status}` };
    }
    pace.answered(tookMs);
    const known = baseline.entries.get(address);
    if ((answer.status === 404 || answer.status === 410) && known?.status !== answer.status)
      return { kind: "missing" };
    const taken = reader.take(address, answer, nowMs());
    const facts = taken.facts ?? reader.facts(address, answer);
    const verdict = this.#judge(taken, facts, known, address);
    return { kind: "judged", load: taken, facts, answer, tookMs, verdict };
  }

  /** What is known, with what a vouched reading adds to it. */
  async refreshed(known: Entry, { load, facts, answer }: Judged): Promise<Entry> {
    await this.#keep(load, answer);
    if (known.facts === null) return { ...known, ...load, facts: null };
    const data = encodePage(refreshPage(decodePage(known.facts.data), [facts]));
    return { ...known, ...load, facts: { sha256: sha256(data), data } };
  }

  /**
   * Learned from several loads; undefined where one of them may not be learned, or where they don't agree on what it is.
   * `first`: a load that was judged already.
   */
  async learned(
    address: OriginAddress,
    first: Judged,
    { mayLearn, signal }: { readonly mayLearn: MayLearn; readonly signal?: AbortSignal },
  ): Promise<Entry | undefined> {
    const { wait, spacingMs } = this.#parts;
    const loads: TakenLoad[] = [];
    let wanted = firstWanted[first.load.facts === null ? "asset" : "page"];
    for (let reading: Reading = first; ; reading = await this.read(address, signal)) {
      if (reading.kind !== "judged" || !mayLearn(reading.verdict, address)) return undefined;
      await this.#keep(reading.load, reading.answer);
      loads.push(reading.load);
      const lesson = loads.length < wanted ? undefined : learn(address, loads);
      if (lesson?.kind === "learned") return lesson.entry.keptOut ? undefined : lesson.entry;
      if (lesson?.kind === "restless" || loads.length >= loadsMax) return undefined;
      if (lesson?.kind === "more loads") wanted = lesson.wanted;
      await wait(spacingMs);
    }
  }

  /** Beside another page than the one that the baseline has. */
  judgeBeside(facts: Facts, page: PageBaseline, address: OriginAddress): Verdict {
    return judge(facts, { site: this.#siteBaseline(), address, working: false, page });
  }

  #judge(taken: TakenLoad, facts: Facts, known: Entry | undefined, address: OriginAddress): Verdict {
    const site = this.#siteBaseline();
    const by = { site, address, working: false };
    if (known?.facts === null || taken.facts === null)
      return judgeAsset(
        facts,
        known?.facts === null ? { sha256: known.copy, kind: known.kind } : undefined,
        by,
      );
    return judge(facts, { ...by, page: known === undefined ? undefined : decodePage(known.facts.data) });
  }

  #siteBaseline(): SiteBaseline {
    const bytes = this.#parts.baseline.site();
    if (bytes === undefined) throw new Error("nothing can be judged without a baseline");
    if (this.#site === undefined || sha256(this.#site.bytes) !== sha256(bytes))
      this.#site = { bytes, decoded: decodeSite(bytes) };
    return this.#site.decoded;
  }

  async #keep({ copy }: TakenLoad, { body }: Answer): Promise<void> {
    await this.#parts.own.put(new Map([[copy, body]]));
  }
}
