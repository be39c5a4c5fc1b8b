/** What a person decides about the protected site: it is ours, it is not, it is right again. Each rests on the origin read anew, never on what was shown earlier. */
import { OperatorError } from "../../base/errors.ts";
import { below, type Random } from "../../base/random.ts";
import type { Bus, Event } from "../../bus/bus.ts";
import { type Question, siblingIn } from "../../bus/origin-facts.ts";
import { isOfOnePage, signatureOf } from "../../guard/judging/judge.ts";
import type { NewFact, Verdict } from "../../guard/verdict.ts";
import type { Baseline } from "../baseline/baseline.ts";
import type { Entry } from "../baseline/entries.ts";
import { areTooManyMissing } from "../crawl/missing-pages.ts";
import { addressAt, type OriginAddress, type ProtectedSite, root } from "../client/protected-site.ts";
import type { Questions } from "./questions.ts";
import type { Judged, MayLearn, Reading, Rereading } from "../upkeep/rereading.ts";

export interface DecidingParts {
  readonly site: ProtectedSite;
  readonly baseline: Baseline;
  readonly questions: Questions;
  readonly rereading: Rereading;
  readonly random: Random;
  /** The running edges; throws OperatorError where nothing runs. */
  readonly bus: () => Pick<Bus, "request">;
  readonly sign: (put: readonly Entry[], removed: readonly OriginAddress[]) => Promise<void>;
  /** Pages that a release looks at beyond those that were asked about: all of a small site, some of a large one. */
  readonly sampleMax: number;
  /** Something was accepted: other pages may show it, too. */
  readonly others: () => void;
  readonly onProgress: (progress: Event<"accept.progress">) => void;
}

export interface Contradiction {
  readonly address: string;
  readonly why: string;
}

interface Objection extends Contradiction {
  readonly address: OriginAddress;
  /** It may be the site's own: edges keep back that address alone, whatever is said of the site. */
  readonly isQuestion: boolean;
}

/** At a time; the origin's pace holds for all of them. */
const atOnce = 6;
const contradictionsMax = 100;
/** Pages that are read again while a person waits. */
const acceptedAtOnce = 200;
/** Of them so many first: what these teach of the site vouches for most of the others, each of which is then read once and not several times. */
const acceptedFirst = 20;
/** In which facts a page names what it loads. */
const loaded: ReadonlySet<string> = new Set(["scripts", "styles", "preloads"]);

interface Lesson {
  readonly addresses: readonly OriginAddress[];
  readonly mayLearn: MayLearn;
}

export class Deciding {
  readonly #parts: DecidingParts;

  constructor(parts: DecidingParts) {
    this.#parts = parts;
  }

  /**
   * It is ours. The pages that it is about, and what they newly load from the site itself, are read again; what shows the new facts, and nothing
   * else that contradicts, is learned and signed. The other pages follow by and by (Questions.isAccepted, Upkeep).
   */
  async accept(id: string | null): Promise<{ accepted: Question[]; pages: number }> {
    const { questions } = this.#parts;
    const asked = this.#open(id);
    const touched = new Set(asked.flatMap((question) => questions.addressesOf(question.id)));
    const addresses = [...touched].slice(0, acceptedAtOnce);
    const step = Math.ceil(addresses.length / acceptedFirst);
    const isFirst = (_: unknown, at: number): boolean => at % step === 0;
    const assets = this.#assetsIn(asked);
    const tell = this.#tellingOf(addresses.length + assets.length);
    const mayLearn = this.#mayLearn(asked, touched);
    const loads: Lesson = { addresses: assets, mayLearn: (verdict) => !isAlarm(verdict) };
    const first = await this.#learn([loads, { addresses: addresses.filter(isFirst), mayLearn }], tell);
    const others = addresses.filter((address, at) => !isFirst(address, at));
    const rest = await this.#learn([{ addresses: others, mayLearn }], tell);
    for (const question of asked) questions.end(question.id, "accepted");
    this.#parts.others();
    return { accepted: asked.map((question) => questions.get(question.id) ?? question), pages: first + rest };
  }

  /** The origin read now, for a person who waits. */
  look(address: OriginAddress, signal: AbortSignal): Promise<Reading> {
    return this.#parts.rereading.read(address, signal);
  }

  /** It is not ours: edges show approved copies only, from now on. Of a name that they don't answer under they can't. */
  async quarantine(id: string | null, reason: string): Promise<Question[]> {
    const { questions, bus } = this.#parts;
    const asked = (id === null ? questions.list("open") : this.#open(id)).filter(
      (question) => id !== null || siblingIn(question.facts) === undefined,
    );
    const isElsewhere = asked.length > 0 && asked.every(({ facts }) => siblingIn(facts) !== undefined);
    const findings = asked.flatMap((question) => questions.findingsOf(question.id)).slice(0, findingsMax);
    if (!isElsewhere) await bus().request("edge.origin.hold", { reason, findings });
    for (const question of asked) questions.end(question.id, "refused");
    return asked.map((question) => questions.get(question.id) ?? question);
  }

  /** Live again, where nothing on the origin is false, or `anyway`; gives what is still kept back then, or why it isn't. */
  async release(anyway: boolean): Promise<{ released: boolean; contradictions: Contradiction[] }> {
    const { questions, bus } = this.#parts;
    const edges = bus();
    const open = questions.list("open").filter(({ facts }) => siblingIn(facts) === undefined);
    const touched = new Set(open.flatMap((question) => questions.addressesOf(question.id)));
    const found = anyway ? [] : await this.#contradictions([...touched, ...this.#sample(touched)]);
    const contradictions = found.slice(0, contradictionsMax).map(({ address, why }) => ({ address, why }));
    if (found.some(({ isQuestion }) => !isQuestion)) return { released: false, contradictions };
    await edges.request("edge.origin.release", {});
    const asked = new Set(found.map(({ address }) => address));
    // Whoever insists has answered the alarms; what keeps back single pages is still to be answered.
    const isOver = ({ id, alarm }: Question): boolean =>
      anyway ? alarm : !questions.addressesOf(id).some((address) => asked.has(address));
    for (const question of open.filter(isOver)) questions.end(question.id, "over");
    return { released: true, contradictions };
  }

  /**
   * By the questions' own facts. Once the first pages have taught what is new on all of them, of the others only that is left which is each
   * page's own. Who accepted a question has not accepted an alarm.
   */
  #mayLearn(asked: readonly Question[], touched: ReadonlySet<OriginAddress>): MayLearn {
    const { questions } = this.#parts;
    const accepted = asked.map(({ id, alarm }) => ({ alarm, signature: questions.signatureOf(id) }));
    return (verdict, address) => {
      if (verdict.kind !== "contradicts") return true;
      if (!verdict.alarm && isOfOnePage(verdict.facts) && touched.has(address)) return true;
      const found = signatureOf(verdict.facts);
      return accepted.some(({ signature, alarm }) => signature === found && (alarm || !verdict.alarm));
    };
  }

  /** Scripts and styles of the site's own that nobody knew. */
  #assetsIn(asked: readonly Question[]): OriginAddress[] {
    const { site, baseline } = this.#parts;
    const named = asked.flatMap(({ facts }) => facts.filter(({ what }) => loaded.has(what)));
    const addresses = new Set(named.flatMap(({ value }) => addressAt(value, site) ?? []));
    return [...addresses].filter((address) => baseline.entries.get(address) === undefined);
  }

  #tellingOf(known: number): (address: OriginAddress) => void {
    let done = 0;
    return (address) => this.#parts.onProgress({ done: (done += 1), known, address });
  }

  /** Signs what may be learned of these addresses, and says of how many that was something. */
  async #learn(lessons: readonly Lesson[], tell: (address: OriginAddress) => void): Promise<number> {
    const learned: Entry[] = [];
    const gone: OriginAddress[] = [];
    for (const { addresses, mayLearn } of lessons) {
      await this.#each(addresses, async (address, reading) => {
        if (reading.kind === "missing") gone.push(address);
        const entry = reading.kind === "judged" && (await this.#entryFor(address, reading, mayLearn));
        if (entry) learned.push(entry);
        tell(address);
      });
    }
    await this.#parts.sign(learned, gone);
    return learned.length;
  }

  async #entryFor(address: OriginAddress, judged: Judged, mayLearn: MayLearn): Promise<Entry | undefined> {
    const { rereading, baseline } = this.#parts;
    const known = baseline.entries.get(address);
    if (known !== undefined && judged.verdict.kind === "vouched")
      return await rereading.refreshed(known, judged);
    return await rereading.learned(address, judged, { mayLearn });
  }

  async #contradictions(addresses: readonly OriginAddress[]): Promise<Objection[]> {
    const { baseline } = this.#parts;
    const found: Objection[] = [];
    const missing: Objection[] = [];
    await this.#each(addresses, (address, reading) => {
      const why = objectionIn(reading);
      const isQuestion =
        reading.kind === "judged" && reading.verdict.kind === "contradicts" && !reading.verdict.alarm;
      if (why !== undefined) found.push({ address, why, isQuestion });
      else if (reading.kind === "missing" && baseline.entries.get(address) !== undefined)
        missing.push({ address, why: "is not there any more", isQuestion: false });
    });
    return areTooManyMissing(missing.length, addresses.length) ? [...found, ...missing] : found;
  }

  /** Throws OperatorError where there is none. */
  #open(id: string | null): Question[] {
    const open = this.#parts.questions.list("open");
    const asked = id === null ? open : open.filter((question) => question.id === id);
    if (asked.length > 0) return asked;
    throw new OperatorError(id === null ? "there is no open question" : `there is no open question ${id}`, {
      hint: "`kasbah origin questions` shows what is asked",
      exitCode: 2,
    });
  }

  /** Addresses of the baseline beyond those that are looked at anyway: all of them, or the front and some by chance. */
  #sample(without: ReadonlySet<OriginAddress>): OriginAddress[] {
    const { baseline, random, sampleMax } = this.#parts;
    const others = baseline.entries.addresses().filter((address) => !without.has(address));
    if (others.length <= sampleMax) return others;
    const drawn = new Set(others.includes(root) ? [root] : []);
    while (drawn.size < sampleMax) {
      const address = others[below(random, others.length)];
      if (address !== undefined) drawn.add(address);
    }
    return [...drawn];
  }

  async #each(
    addresses: readonly OriginAddress[],
    look: (address: OriginAddress, reading: Reading) => void | Promise<void>,
  ): Promise<void> {
    const waiting = [...addresses];
    const work = async (): Promise<void> => {
      for (let address = waiting.shift(); address !== undefined; address = waiting.shift())
        await look(address, await this.#parts.rereading.read(address));
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  }
}

/** As many as a message holds. */
const findingsMax = 1_000;

function isAlarm(verdict: Verdict): boolean {
  return verdict.kind === "contradicts" && verdict.alarm;
}

/** In words, why this reading keeps the site from being live; undefined: it doesn't. */
function objectionIn(reading: Reading): string | undefined {
  if (reading.kind === "away") return `can't be read: ${reading.reason}`.slice(0, 300);
  if (reading.kind === "missing" || reading.verdict.kind !== "contradicts") return undefined;
  return inWords(reading.verdict.facts);
}

/** "title: Hacked by X; scripts: //evil.example/a.js". */
function inWords(facts: readonly NewFact[]): string {
  const telling = facts.filter(({ weight }) => weight === "contradicts");
  return (telling.length > 0 ? telling : facts)
    .slice(0, 3)
    .map(({ what, value }) => `${what}: ${value}`)
    .join("; ")
    .slice(0, 500);
}
