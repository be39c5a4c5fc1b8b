/**
 * What an edge remembers of each source (an IPv4 address, an IPv6 /64): 33 bytes under a keyed hash, in memory that all its workers
 * share. No address is in it, nothing of it is ever written to disk, and everything is forgotten within a day, most of it within an hour.
 *
 * Workers write without locks. A count may be lost; that only makes somebody look quieter. Two workers that take the same place at the
 * same time may leave one's name with the other's fields: names that fit nobody are nobody's and give way in time; what the ladder did
 * to a source carries ten bits of its name and is void under another; and both had just been emptied, so that the other fields hold the
 * few requests of that very moment. So a torn place makes a source look new, never guilty of what another did.
 *
 * A bucket of eight places holds whoever hashes to it. When it is full, the source that was not heard of for longest gives way, those
 * without standing first; whoever gave way counts as new. Those in standing who were there in the last ten minutes never give way: a
 * newcomer whose whole bucket is theirs is not remembered.
 */
import { bitsSet } from "../../base/bits-set.ts";
import { type HashKey, keyedHash, type Source } from "../source.ts";
import { countClass, keptQuarters } from "./bits.ts";
import { Doubt } from "./doubt.ts";
import {
  fadedByMinutes,
  fadedBySeconds,
  hasPartsIn,
  hasReadersIn,
  missClass,
  type Shared,
  sharedIn,
  skippedIn,
  wasNamedIn,
  withEnd,
  withFingerprint,
  withNaming,
  withNextSkipped,
  withReader,
} from "./habits.ts";
import { countsIn, countsWord, halved, type LadderCounts } from "./ladder-counts.ts";
import { ageOf, isReached, momentBefore, momentOf, stepMs, stepsOf, turnsBetween } from "./moments.ts";
import { countPage, paceClass } from "./pace.ts";
import { rungOf, type Rungs } from "./rungs.ts";

/**
 * Words of a place. `seen`: 14 bits more of the name, then the last moment. `standing`: when an operator was last there, then since when
 * it is seen in calm. `kernel`: how its last match looked, then when its time for the kernel begins.
 */
const fields = {
  name: 0,
  seen: 1,
  pace: 2,
  queries: 3,
  habits: 4,
  ladder: 5,
  standing: 6,
  kernel: 7,
} as const;
const placeWords = 8;
const ways = 8;
/** Buckets fill unevenly. At 1.375 places a source, four in a hundred find theirs full when there are as many as there may be. */
const placesPerSource = 1.375;
/** Before the first place, of which Doubt has the first ones. */
const headerWords = 8;

/** 2^3 steps are 16 s: misses, strikes and matches halve, a quarter of the queries is forgotten. */
const shortTurn = 3;
/** 2^9 steps are 17 min: a quarter of the fingerprints, a third of what says that parts were fetched. */
const longTurn = 9;

const steps = {
  /** A reader seen in calm so long ago is in good standing. */
  standing: stepsOf(60_000),
  /** Older than this is all the same, so that nothing tells of more than a day. */
  standingMax: stepsOf(12 * 3_600_000),
  /** Standing that was of use so lately gives way to nobody. */
  kept: stepsOf(10 * 60_000),
  idleMax: stepsOf(3_600_000),
  idleMaxInStanding: stepsOf(24 * 3_600_000 - 300_000),
  operatorMax: stepsOf(12 * 3_600_000),
  paceMax: 4,
} as const;
/** How many places a call of `forget` looks at: a fraction of a millisecond. */
const sweptAtOnce = 32_768;

/** Requests a second below which a source asks as readers do, by how many seem to share it. */
const readersPaceMax: Readonly<Record<Shared, number>> = { one: 4, few: 8, many: 16 };

const nobody = { slow: 0, refuse: 0, close: 0, kernel: 0 } as const satisfies Rungs;

/** What is told of a request, in keyed hashes. `fingerprint`: of its program. `query`: 0 where it has none. */
export interface SourceRequest {
  readonly fingerprint: number;
  readonly query: number;
  /** Of the address of a part; 0: it is a page. */
  readonly part: number;
}

export class SourceTable {
  readonly #key: HashKey;
  readonly #secondKey: HashKey;
  readonly #memory: Uint32Array;
  /** Of each place, behind them all: a byte of the part that its source asked for last, with nothing else in between; 0: none. */
  readonly #lastParts: Uint8Array;
  readonly #doubt: Doubt;
  readonly #buckets: number;
  /** Where those go who find no room: wiped for each of them. */
  readonly #nowhere: number;
  #swept = 0;
  #rungs: Rungs = nobody;
  #rungsOfRound: { -readonly [rung in keyof Rungs]: number } = { ...nobody };

  /** Of the memory for so many sources. */
  static bytes(sources: number): number {
    const places = bucketsFor(sources) * ways + 1;
    return (headerWords + places * placeWords) * Uint32Array.BYTES_PER_ELEMENT + roundedUp(places);
  }

  /** `memory` is of the length that `bytes` gives. */
  constructor(key: HashKey, memory: SharedArrayBuffer | ArrayBuffer) {
    this.#key = key;
    this.#secondKey = { first: key.second ^ 0x9e37_79b9, second: key.first };
    const places = placesIn(memory.byteLength);
    this.#memory = new Uint32Array(memory, 0, headerWords + places * placeWords);
    this.#lastParts = new Uint8Array(memory, this.#memory.byteLength, places);
    this.#doubt = new Doubt(this.#memory.subarray(0, Doubt.words));
    this.#nowhere = this.#memory.length - placeWords;
    this.#buckets = (places - 1) / ways;
  }

  /**
   * The place of a source, found or made. It is good for the work at hand, not across a wait: then it may be another's. Reading the
   * fields below gives what is true at `nowMs`.
   */
  place(source: Source, nowMs: number): number {
    const name = keyedHash(source, this.#key) || 1;
    const second = keyedHash(source, this.#secondKey);
    const now = momentOf(nowMs);
    const found = this.#find(name, second);
    if (found === undefined) {
      const least = this.#leastUseful(this.#bucketOf(second), now);
      return this.#take(least, name, ((second << 18) | now) >>> 0);
    }
    this.#refresh(found, now);
    return found;
  }

  /**
   * How long ago it last asked for anything, ms, to two seconds, and how many pages a second over the last two; undefined where nothing is
   * remembered of it. Nobody is remembered for that.
   */
  lastAsked(
    source: Source,
    nowMs: number,
  ): { readonly agoMs: number; readonly pagesPerS: number } | undefined {
    const place = this.#find(keyedHash(source, this.#key) || 1, keyedHash(source, this.#secondKey));
    if (place === undefined) return undefined;
    const age = ageOf(this.#word(place, fields.seen) & 0xffff, momentOf(nowMs));
    return { agoMs: age * stepMs, pagesPerS: this.paceOf(place, nowMs) };
  }

  #bucketOf(second: number): number {
    return headerWords + Math.floor((second / 2 ** 32) * this.#buckets) * ways * placeWords;
  }

  #find(name: number, second: number): number | undefined {
    const start = this.#bucketOf(second);
    for (let at = start; at < start + ways * placeWords; at += placeWords) {
      if (this.#memory[at] === name && this.#word(at, fields.seen) >>> 18 === (second & 0x3fff)) return at;
    }
    return undefined;
  }

  /**
   * Parts of a page come by the dozen, with other headers than the page: they tell nothing of how many share an address, nor of pace,
   * unless it is the same one over and over, which no browser asks for.
   */
  noteRequest(place: number, { fingerprint, query, part }: SourceRequest, nowMs: number): void {
    const isAgain = this.#noteLastPart(place, part);
    if (part === 0 || isAgain) this.noteUnread(place, nowMs);
    if (part !== 0) return;
    this.#set(place, fields.habits, withFingerprint(this.#word(place, fields.habits), fingerprint));
    if (query !== 0) {
      this.#set(place, fields.queries, this.#word(place, fields.queries) | (1 << (query & 31)));
    }
    if (this.#deservesStanding(place, nowMs)) {
      this.#setStanding(place, momentOf(nowMs));
    }
  }

  /** A request of which nothing else was looked at. */
  noteUnread(place: number, nowMs: number): void {
    this.#set(place, fields.pace, countPage(this.#word(place, fields.pace), nowMs));
  }

  /** `part`: the answer is a part of a page. */
  noteEnd(place: number, status: number, part: boolean): void {
    this.#set(place, fields.habits, withEnd(this.#word(place, fields.habits), status, part));
  }

  /** 0, 1, 2, 4, 8, 16 or 32 requests for pages a second, over the last two. */
  paceOf(place: number, nowMs: number): number {
    return paceClass(this.#word(place, fields.pace), nowMs);
  }

  /** Different queries of the last minute: 0, 2, 4 or 8, never more than there were; some fall together. */
  queriesOf(place: number): number {
    return countClass(bitsSet(this.#word(place, fields.queries)));
  }

  /** By the different programs of the last hour. */
  sharedOf(place: number): Shared {
    return sharedIn(this.#word(place, fields.habits));
  }

  /** Answers of the last minute that were 4xx (but 429), halved every 16 s: 0, 2, 4 or 8. */
  missesOf(place: number): number {
    return missClass(this.#word(place, fields.habits));
  }

  /** It fetched a page's parts within the last half hour to hour. */
  hasParts(place: number): boolean {
    return hasPartsIn(this.#word(place, fields.habits));
  }

  /**
   * In good standing: it was seen in calm at a reader's pace, a minute ago or longer, or fetched parts since. Who first came shortly
   * before a calm ended, or later, has to wait for the next one.
   */
  isKnown(place: number, nowMs: number): boolean {
    const since = this.#word(place, fields.standing) & 0xffff;
    if (since === 0 || this.#isDoubtful(since, nowMs)) return false;
    return ageOf(since, momentOf(nowMs)) >= steps.standing || this.hasParts(place);
  }

  /** In good standing, or in calm it was there before the flood, if only for a moment: it may well be a reader's. */
  mayBeReaders(place: number, nowMs: number): boolean {
    const since = this.#word(place, fields.standing) & 0xffff;
    return since !== 0 && (this.isKnown(place, nowMs) || this.#doubt.isAfter(momentMs(since, nowMs)));
  }

  /** What would have become good standing does not: the source does what a flood does. */
  endProbation(place: number): void {
    this.#setStanding(place, 0);
  }

  /** Its pace is a reader's, or that of the few or many who share it. */
  isAtReadersPace(place: number, nowMs: number): boolean {
    return this.paceOf(place, nowMs) < readersPaceMax[this.sharedOf(place)];
  }

  /** Somebody is signed in to the studio from there. */
  noteOperator(place: number, nowMs: number): void {
    const since = this.#word(place, fields.standing) & 0xffff;
    this.#set(place, fields.standing, (momentOf(nowMs) << 16) | since);
  }

  /** Somebody was, within the last twelve hours. */
  isOperator(place: number, nowMs: number): boolean {
    const last = this.#word(place, fields.standing) >>> 16;
    return last !== 0 && ageOf(last, momentOf(nowMs)) <= steps.operatorMax;
  }

  ladderOf(place: number): LadderCounts {
    return countsIn(this.#word(place, fields.ladder), this.#word(place, fields.name));
  }

  setLadder(place: number, counts: LadderCounts): void {
    this.#set(place, fields.ladder, countsWord(counts, this.#word(place, fields.name)));
  }

  /** Counts up with each call, from 0 to 15 and round again. */
  nextSkipped(place: number): number {
    const word = this.#word(place, fields.habits);
    this.#set(place, fields.habits, withNextSkipped(word));
    return skippedIn(word);
  }

  noteNaming(place: number): void {
    this.#set(place, fields.habits, withNaming(this.#word(place, fields.habits)));
  }

  /** To the kernel, within the last 17 to 34 minutes. */
  wasNamed(place: number): boolean {
    return wasNamedIn(this.#word(place, fields.habits));
  }

  noteReader(place: number): void {
    this.#set(place, fields.habits, withReader(this.#word(place, fields.habits)));
  }

  /** Though it was named to the kernel somebody was found to read behind it, within the last 17 to 34 minutes. */
  hasReaders(place: number): boolean {
    return hasReadersIn(this.#word(place, fields.habits));
  }

  /** Its time for the kernel begins then. */
  waitForKernel(place: number, ms: number, nowMs: number): void {
    const from = momentBefore(momentOf(nowMs), -stepsOf(ms));
    this.#set(place, fields.kernel, (this.#word(place, fields.kernel) & ~0xffff) | from);
  }

  /** It began so long ago. */
  hasWaitedForKernel(place: number, ms: number, nowMs: number): boolean {
    const from = this.#word(place, fields.kernel) & 0xffff;
    return isReached(from, momentBefore(momentOf(nowMs), stepsOf(ms)));
  }

  /** What the last request that a rule matched called itself: sixteen bits of a hash. */
  setLook(place: number, look: number): void {
    this.#set(place, fields.kernel, (look << 16) | (this.#word(place, fields.kernel) & 0xffff));
  }

  looksLike(place: number, look: number): boolean {
    return this.#word(place, fields.kernel) >>> 16 === (look & 0xffff);
  }

  /** To be told when calm ends and when it is back; of one thread, for all. */
  tellCalm(calm: boolean, nowMs: number): void {
    this.#doubt.tell(calm, nowMs);
  }

  /**
   * Looks at the next of its places and empties those that were idle for an hour, or a day where in standing. To be called ten
   * times a second by one thread: it is through with two million in six seconds.
   */
  forget(nowMs: number): void {
    const now = momentOf(nowMs);
    const places = this.#buckets * ways;
    const end = Math.min(places, this.#swept + sweptAtOnce);
    for (; this.#swept < end; this.#swept += 1) this.#forgetOne(headerWords + this.#swept * placeWords, now);
    if (end < places) return;
    this.#swept = 0;
    this.#rungs = this.#rungsOfRound;
    this.#rungsOfRound = { ...nobody };
  }

  /** Takes everybody off the ladder, also from the kernel's. For one thread; some ten ms for a million places. */
  forgive(): void {
    for (let at = headerWords; at < this.#nowhere; at += placeWords) {
      this.#set(at, fields.ladder, 0);
      this.#set(at, fields.kernel, 0);
    }
    this.#rungs = this.#rungsOfRound = { ...nobody };
  }

  /** How many sources stand on each rung, as the last whole round of `forget` found them. */
  get rungs(): Rungs {
    return this.#rungs;
  }

  #forgetOne(at: number, now: number): void {
    if (this.#memory[at] === 0) return;
    const idle = ageOf(this.#word(at, fields.seen) & 0xffff, now);
    const standing = this.#word(at, fields.standing);
    if (idle >= (standing === 0 ? steps.idleMax : steps.idleMaxInStanding)) {
      this.#memory.fill(0, at, at + placeWords);
      this.#noteLastPart(at, 0);
      return;
    }
    this.#boundStanding(at, now);
    const turns = turnsBetween(this.#word(at, fields.seen) & 0xffff, now, shortTurn);
    const rung = rungOf(halved(this.ladderOf(at), Math.min(7, turns)).strikes);
    if (rung !== "none") this.#rungsOfRound[rung] += 1;
  }

  /** Undefined where all of them are in standing and were there lately. */
  #leastUseful(start: number, now: number): number | undefined {
    let least: number | undefined;
    let most = -1;
    for (let at = start; at < start + ways * placeWords; at += placeWords) {
      if (this.#memory[at] === 0) return at;
      const idle = ageOf(this.#word(at, fields.seen) & 0xffff, now);
      const inStanding = this.#word(at, fields.standing) !== 0;
      const uselessness = inStanding ? (idle < steps.kept ? -1 : idle) : idle + 0x1_0000;
      if (uselessness > most) {
        most = uselessness;
        least = at;
      }
    }
    return least;
  }

  /** First nobody's, then empty, then theirs. */
  #take(at: number | undefined, name: number, seen: number): number {
    const place = at ?? this.#nowhere;
    this.#memory[place] = 0;
    this.#memory.fill(0, place + 1, place + placeWords);
    this.#noteLastPart(place, 0);
    this.#set(place, fields.seen, seen);
    this.#memory[place] = name;
    return place;
  }

  /** What has become less or is forgotten since it was last seen; at most once every two seconds. */
  #refresh(at: number, now: number): void {
    const seen = this.#word(at, fields.seen);
    const last = seen & 0xffff;
    if (last === now) return;
    this.#set(at, fields.seen, (seen & ~0xffff) | now);
    if (ageOf(last, now) > steps.paceMax) this.#set(at, fields.pace, 0);
    const turns = turnsBetween(last, now, shortTurn);
    if (turns > 0) this.#refreshShort(at, Math.min(7, turns), now >>> shortTurn);
    const long = turnsBetween(last, now, longTurn);
    if (long > 0) {
      const faded = fadedByMinutes(this.#word(at, fields.habits), Math.min(4, long), now >>> longTurn);
      this.#set(at, fields.habits, faded);
    }
    this.#boundStanding(at, now);
  }

  /** `turn`: which quarter is due. */
  #refreshShort(at: number, turns: number, turn: number): void {
    this.#set(at, fields.queries, this.#word(at, fields.queries) & keptQuarters(turns, turn, 8));
    this.#set(at, fields.habits, fadedBySeconds(this.#word(at, fields.habits), turns));
    this.setLadder(at, halved(this.ladderOf(at), turns));
  }

  #boundStanding(at: number, now: number): void {
    const word = this.#word(at, fields.standing);
    const since = word & 0xffff;
    if (since !== 0 && ageOf(since, now) > steps.standingMax) {
      this.#setStanding(at, momentBefore(now, steps.standingMax));
    }
    const operator = word >>> 16;
    if (operator !== 0 && ageOf(operator, now) > steps.operatorMax) {
      this.#set(at, fields.standing, this.#word(at, fields.standing) & 0xffff);
    }
  }

  #setStanding(at: number, since: number): void {
    this.#set(at, fields.standing, (this.#word(at, fields.standing) & ~0xffff) | since);
  }

  /** Not yet in standing, and it came in calm, as readers do. */
  #deservesStanding(place: number, nowMs: number): boolean {
    if (this.#doubt.isOn) return false;
    const since = this.#word(place, fields.standing) & 0xffff;
    if (since !== 0 && !this.#isDoubtful(since, nowMs)) return false;
    return this.ladderOf(place).strikes === 0 && this.isAtReadersPace(place, nowMs);
  }

  #isDoubtful(since: number, nowMs: number): boolean {
    return this.#doubt.covers(momentMs(since, nowMs));
  }

  /** Whether it is the same as before; one of 255 others is taken for it. After a page each may come once more. */
  #noteLastPart(place: number, part: number): boolean {
    const at = (place - headerWords) / placeWords;
    const name = part === 0 ? 0 : 1 + (part % 255);
    const isAgain = this.#lastParts[at] === name;
    this.#lastParts[at] = name;
    return isAgain;
  }

  #word(place: number, field: number): number {
    return this.#memory[place + field] ?? 0;
  }

  #set(place: number, field: number, word: number): void {
    this.#memory[place + field] = word;
  }
}

/** When it was, ms since 1970, to two seconds. */
function momentMs(moment: number, nowMs: number): number {
  return nowMs - ageOf(moment, momentOf(nowMs)) * stepMs;
}

function bucketsFor(sources: number): number {
  return Math.ceil((sources * placesPerSource) / ways);
}

/** So many bytes, up to whole words. */
function roundedUp(places: number): number {
  return Math.ceil(places / Uint32Array.BYTES_PER_ELEMENT) * Uint32Array.BYTES_PER_ELEMENT;
}

/** The inverse of `bytes`, of which the places are whole buckets and one more. */
function placesIn(bytes: number): number {
  const each = placeWords * Uint32Array.BYTES_PER_ELEMENT + 1;
  const buckets = Math.floor((bytes - headerWords * Uint32Array.BYTES_PER_ELEMENT) / each / ways);
  return buckets * ways + 1;
}
