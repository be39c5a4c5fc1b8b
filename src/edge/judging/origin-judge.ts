/**
 * Whether an answer of the protected site's goes out: compared as a whole with the signed baseline before its first byte leaves. Where they
 * contradict each other, the approved copy goes out instead, or words.
 */
import type { Clock } from "../../base/clock.ts";
import type { Provenance } from "../../decision/record.ts";
import { isHeldWhole, kindOf } from "../../guard/reading/read.ts";
import type { Verdict } from "../../guard/verdict.ts";
import { type ErrorAnswer, languageOf, type Languages } from "../errors.ts";
import type { AnswerHead } from "../lane/answer-head.ts";
import type { PreparedErrors } from "../prepared-errors.ts";
import { notNow, pageIsChecked } from "../words.ts";
import { addressOf, type Place } from "./addresses.ts";
import type { BaselineMemory } from "./baseline-memory.ts";
import { keepBriefly } from "./brief-keeping.ts";
import type { Comparing, Limit } from "./comparing.ts";
import { copyHeaders } from "./copy-headers.ts";
import { KnownSite } from "./known-site.ts";
import type { PassedHeaders } from "./passed-headers.ts";
import { countedAt, type Judged, type Known, readingOf, unreadReading } from "./readings.ts";
import type { Asked, Judgement, Ready, WasShown } from "./ready.ts";
import { Resting } from "./resting.ts";
import type { Leak } from "../origin/leaks.ts";
import type { Staff, StaffRequest } from "./staff.ts";
import { ShownTally } from "./shown-tally.ts";
import {
  answerKey,
  type BaselineChange,
  type PublishedBaseline,
  type Reading,
  type Shown,
  type Treatment,
} from "./told.ts";
import { type Gathering, inClear, type NotWhole, type WholeAnswer } from "./whole-body.ts";

export interface JudgeOptions {
  /** "watch": judged and told, nothing is kept from readers. */
  readonly mode: "on" | "watch" | "off";
  readonly bytesMax: number;
  readonly comparing: Comparing;
  readonly memory: BaselineMemory;
  readonly passed: PassedHeaders;
  readonly staff: Staff;
  readonly gathering: Gathering;
  readonly tls: boolean;
  readonly languages: Languages;
  readonly errors: PreparedErrors;
  readonly clock: Clock;
  readonly monotonicMs: () => number;
  /** To the main thread, at once. `body`: as it came, for a sample. */
  readonly told: (reading: Omit<Reading, "sample">, head: AnswerHead, body: Uint8Array) => void;
}

const checking: ErrorAnswer = { status: 503, retryAfterS: 60, words: pageIsChecked };
const refusedNow: ErrorAnswer = { status: 503, retryAfterS: 300, words: notNow };
const nothing = new Uint8Array();

export class OriginJudge {
  /** Whose requests pass by. */
  readonly staff: Staff;
  /** How bodies are had whole. */
  readonly gathering: Gathering;
  readonly #options: JudgeOptions;
  readonly #shown = new ShownTally();
  readonly #resting: Resting;
  #site: KnownSite | undefined;
  #heldPages: ReadonlySet<string> = new Set();
  #treatment: Treatment = { isHeld: false, heldPages: [], isWorking: false, clearsStorage: false };

  constructor(options: JudgeOptions) {
    this.#options = options;
    this.staff = options.staff;
    this.gathering = options.gathering;
    this.#resting = new Resting(options.monotonicMs);
  }

  /** Undefined: there is no baseline. */
  begin(baseline: PublishedBaseline | undefined): void {
    this.#site = baseline && KnownSite.of(baseline);
  }

  /** Undefined: there is none any more. */
  follow(change: BaselineChange | undefined): void {
    this.#site = change && KnownSite.after(this.#site, change);
    this.#resting.wake();
  }

  treat(treatment: Treatment): void {
    this.#treatment = treatment;
    this.#heldPages = new Set(treatment.heldPages);
    this.#resting.wake();
  }

  /** There are approved copies. */
  get hasBaseline(): boolean {
    return this.#site !== undefined;
  }

  /** False: whatever the origin says passes. */
  get isJudging(): boolean {
    return this.#options.mode !== "off" && this.#site !== undefined;
  }

  /** Readers get approved copies and nothing else. */
  get isHeld(): boolean {
    return this.#options.mode === "on" && this.#treatment.isHeld;
  }

  /** By the head alone and the address: has the body to be whole before anything is said? */
  needsWhole(asked: Asked, head: AnswerHead): boolean {
    return this.#options.mode === "on" && this.isOfInterest(asked, head);
  }

  /** By the head alone and the address: is there something to judge? */
  isOfInterest(asked: Asked, head: AnswerHead): boolean {
    if (!this.isJudging || this.#site === undefined) return false;
    const entry = this.#site.find(asked);
    const kind = kindOf({ status: head.status, headers: head.fields }, nothing);
    if (kind !== "image" && kind !== "other") return true;
    // Readers of a new article are not to lose its photographs, however large.
    const { framing } = head;
    const declared = framing.kind === "length" ? framing.bytes : 0;
    if (entry === undefined) return isHeldWhole(kind) && declared <= this.#options.bytesMax;
    return entry.facts !== null || entry.copy.length <= this.#options.bytesMax;
  }

  /** What a reader gets: the answer itself, the approved copy, or words. */
  async judge(asked: Asked, head: AnswerHead, body: Uint8Array, isReread = false): Promise<Judgement> {
    const site = this.#site;
    if (this.#options.mode === "off" || site === undefined) return this.#unjudged(asked, head, body);
    const clear = await inClear({ head, body }, this.#options.bytesMax);
    if ("not" in clear) return await this.unjudgeable(asked, head, clear.not);
    const known: Known = {
      address: addressOf(asked),
      entry: isReading(asked) ? site.find(asked) : undefined,
    };
    const { isWorking } = this.#treatment;
    const judged = await this.#options.comparing.compare(asked, { site, known, isWorking }, clear);
    if (typeof judged === "string") return await this.unjudgeable(asked, clear.head, judged, clear.body);
    const how = { isReread, isHeld: this.#keepsBack(judged.verdict) };
    if (judged.verdict.kind !== "vouched" || isReread)
      this.#options.told(readingOf(asked, known, judged, how), head, body);
    if (this.#keepsBack(judged.verdict)) return await this.#keepBack(asked);
    return this.#passed({ asked, known }, judged, clear);
  }

  /** The answer can't be had whole, or not be read within the limits: nothing of it goes out, where anything is kept back. */
  async unjudgeable(
    asked: Asked,
    head: AnswerHead,
    why: NotWhole | Limit,
    body?: Uint8Array,
  ): Promise<Judgement> {
    const passes = this.#options.mode !== "on" && body !== undefined;
    const how = { why, isKnown: this.#site?.find(asked) !== undefined, isHeld: !passes };
    if (this.#site !== undefined) this.#options.told(unreadReading(asked, head, how), head, nothing);
    return passes ? this.#unjudged(asked, head, body) : await this.#keepBack(asked);
  }

  /** The answer tells where the site lies. Readers get it all the same; somebody is to know. */
  tellLeaks(asked: Asked, head: AnswerHead, leaks: readonly Leak[]): void {
    if (leaks.length === 0) return;
    const facts = leaks.map(
      ({ where, value }) => ({ what: "bypass", value: `${where}: ${value}`, weight: "note" }) as const,
    );
    const entry = this.#site?.find(asked);
    const how = { why: "", isKnown: entry !== undefined, isHeld: false };
    const address = countedAt(asked, { address: addressOf(asked), entry });
    const reading = { ...unreadReading(asked, head, how), address, verdict: "uncertain", facts } as const;
    this.#options.told(reading, head, nothing);
  }

  /** Of an answer that is handed on as it comes: large media that the baseline does not know. */
  streamedHeaders(asked: Asked, head: AnswerHead): Headers {
    return this.#passedHeaders(asked, head, "uncertain");
  }

  /** Where there is something to judge by, what is only uncertain is kept by nobody else for long. To be called whenever headers are made. */
  limitKeeping(headers: Headers, provenance: Provenance): void {
    if (this.isJudging && provenance === "uncertain") keepBriefly(headers);
  }

  /** Of an answer to one of the staff, which nobody judges. */
  holdBackSignIns(headers: Headers, request: StaffRequest): void {
    this.#options.passed.holdBackSignIns(headers, request);
  }

  /** The approved copy, verified; undefined: there is none, or it can't be had at the moment. */
  async copy(asked: Asked): Promise<Ready | undefined> {
    const entry = isReading(asked) ? this.#site?.copyFor(asked) : undefined;
    if (entry === undefined) return undefined;
    const body = await this.#options.memory.copy(entry.copy);
    if (body === undefined) return undefined;
    const { clock, tls } = this.#options;
    const headers = copyHeaders(entry, { nowMs: clock.nowMs(), tls });
    this.#clearStorage(headers, entry.type);
    return { status: entry.status, headers, body, provenance: "judged", shownAs: "", kind: "copy" };
  }

  /** Path and query of the page whose approved copy stands for it; undefined: none does, or it is no page. */
  pageOf(place: Place): string | undefined {
    const entry = this.#site?.copyFor(place);
    if (entry === undefined || entry.status !== 200 || !/^text\/html\b/i.test(entry.type)) return undefined;
    return entry.query === undefined ? entry.path : `${entry.path}?${entry.query}`;
  }

  /** Before the origin is asked: undefined, or what answers instead because the site or this page is held. */
  instead(asked: Asked): Promise<Ready> | undefined {
    if (this.#options.mode !== "on" || asked.isStaff) return undefined;
    if (this.isHeld) return this.#instead(asked, refusedNow);
    if (!isReading(asked)) return undefined;
    const address = addressOf(asked);
    const isKeptBack = this.#heldPages.has(address) || this.#resting.has(address);
    return isKeptBack ? this.#instead(asked, checking) : undefined;
  }

  /** To be called for each answer that goes out. */
  shown(what: WasShown, isKept = false): void {
    this.#shown.note(what, isKept);
  }

  takeShown(): Shown {
    return this.#shown.take();
  }

  async #keepBack(asked: Asked): Promise<Judgement> {
    if (isReading(asked)) this.#resting.rest(addressOf(asked));
    return { ready: await this.#instead(asked, checking), verdict: "held", storable: false };
  }

  async #instead(asked: Asked, error: ErrorAnswer): Promise<Ready> {
    return (await this.copy(asked)) ?? this.#words(asked, error);
  }

  #words({ path }: Asked, error: ErrorAnswer): Ready {
    const { errors, languages } = this.#options;
    const { body, init, provenance } = errors.plain(error, languageOf(path, languages));
    return {
      status: init.status,
      headers: new Headers(init.headers),
      body,
      provenance,
      shownAs: "",
      kind: "words",
    };
  }

  #keepsBack(verdict: Verdict): boolean {
    return verdict.kind === "contradicts" && this.#options.mode === "on";
  }

  #passed(
    { asked, known }: { readonly asked: Asked; readonly known: Known },
    { facts, verdict }: Judged,
    { head, body }: WholeAnswer,
  ): Judgement {
    const provenance = verdict.kind === "vouched" ? "judged" : "uncertain";
    const headers = this.#passedHeaders(asked, head, provenance);
    this.#clearStorage(headers, facts.type);
    const shownAs = answerKey(countedAt(asked, known), facts.sha256);
    const ready: Ready = {
      status: head.status,
      headers,
      body: owned(body),
      provenance,
      shownAs,
      kind: "answer",
    };
    return {
      ready,
      verdict: verdict.kind === "vouched" ? "vouched" : "uncertain",
      storable: isReading(asked),
    };
  }

  #unjudged(asked: Asked, head: AnswerHead, body: Uint8Array): Judgement {
    const headers = this.#passedHeaders(asked, head, "uncertain");
    const ready: Ready = {
      status: head.status,
      headers,
      body: owned(body),
      provenance: "uncertain",
      shownAs: "",
      kind: "answer",
    };
    return { ready, verdict: "unjudged", storable: isReading(asked) };
  }

  #passedHeaders(asked: Asked, head: AnswerHead, provenance: "judged" | "uncertain"): Headers {
    const headers = this.#options.passed.of(asked, head, provenance);
    this.limitKeeping(headers, provenance);
    return headers;
  }

  /** A service worker that was planted is gone from browsers, too. */
  #clearStorage(headers: Headers, type: string): void {
    if (!this.#treatment.clearsStorage || !type.startsWith("text/html")) return;
    headers.set("clear-site-data", '"cache", "storage"');
  }
}

function isReading({ method }: Asked): boolean {
  return method === "GET" || method === "HEAD";
}

/** Bytes of a lane's answer may be a part of a larger buffer. */
function owned(body: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(body);
}
