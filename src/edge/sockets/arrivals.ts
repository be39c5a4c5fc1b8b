/**
 * Who opens connections and asks for nothing on them. A handshake costs the edge more than the page that it is for, and whoever makes it and goes
 * shows in no request: so what the kernel counts of each source is held against what the edge knows of it. In memory only, while it lasts. Pure.
 */

/** Of a source: when it last asked for anything, ms ago, and pages a second, at least. */
export interface Asked {
  readonly agoMs: number;
  readonly pagesPerS: number;
}

/**
 * Connections that a source may open and ask nothing on. A browser opens six at once for a page that it then asks for, and each that finds no place
 * at first sends its first packet three times.
 */
export const silentMax = 16;
/**
 * While so many a second of all sources together come to nothing: more than once, at two looks. A reader whose handshake waits so long in a flood
 * of them that they are named gets in by the trickle of connections that the kernel leaves, asks, and is let in.
 */
export const floodMax = 3;
const floodPerS = 500;
const floodLooks = 2;
/** And one more in so many ms, for ever: somebody looks whether the machine is up. */
const leakMs = 10_000;
/**
 * A source that asks earns so many connections with each look: two a reader, behind an address where almost a page a second is asked for, which counts
 * as none. And with each page that it asks for: six for a browser without HTTP/2, twice, since paces are told in powers of two.
 */
const earned = { perLook: 6, perPage: 12 } as const;
/** Pages a second from which on nobody is counted: half a city stands behind such an address, or a flood that its requests give away. */
const busyFrom = 32;
/** No more is saved up, whatever was earned. */
const savedMax = 256;

/** When a source was last seen is known to two seconds (src/decision/sources/moments.ts). */
export const seenStepMs = 2_000;

interface Source {
  /** As the kernel counted them at the last look. */
  readonly count: number;
  /** Opened and not made good by requests; below 0: made good beforehand. */
  readonly silent: number;
  /** Looks at which it had opened some and asked for nothing, one after the other. */
  readonly looks: number;
}

/** What a look found. */
export interface ArrivalsLook {
  /** Opened since the last one, and by sources that asked for nothing since. */
  readonly opened: number;
  readonly silent: number;
  /** Those beyond the measure, each once. */
  readonly beyond: readonly string[];
  /** Since the last one; undefined: it is the first of a series. */
  readonly passedMs: number | undefined;
}

export class Arrivals {
  #sources: ReadonlyMap<string, Source> = new Map();
  #lookedMs: number | undefined;
  #isFlood = false;

  /**
   * `counts`: connections by source, counted up for as long as it goes on opening them. What was before the first look of a series counts for
   * nobody.
   */
  look(
    counts: ReadonlyMap<string, number>,
    askedOf: (source: string) => Asked | undefined,
    nowMs: number,
  ): ArrivalsLook {
    const passedMs = this.#lookedMs === undefined ? undefined : nowMs - this.#lookedMs;
    const sources = new Map<string, Source>();
    const beyond: string[] = [];
    let [opened, silent] = [0, 0];
    for (const [source, count] of counts) {
      const before = this.#sources.get(source);
      const more = passedMs === undefined ? 0 : newOf(count, before);
      const asked = askedOf(source);
      const isSilent = asked === undefined || asked.agoMs > (passedMs ?? 0) + seenStepMs;
      const left = leftOf(before?.silent ?? 0, more, isSilent ? undefined : asked, passedMs ?? 0);
      const looks = isSilent ? (before?.looks ?? 0) + (more > 0 ? 1 : 0) : 0;
      opened += more;
      if (isSilent) silent += more;
      const isBeyond =
        more > 0 && (left > silentMax || (this.#isFlood && left > floodMax && looks >= floodLooks));
      if (isBeyond) beyond.push(source);
      // Who goes on is named again, a little sooner.
      sources.set(source, { count, silent: isBeyond ? Math.min(left, silentMax / 2) : left, looks });
    }
    this.#sources = sources;
    this.#lookedMs = nowMs;
    this.#isFlood = passedMs !== undefined && silent * 1_000 >= floodPerS * passedMs;
    return { opened, silent, beyond, passedMs };
  }

  /** What comes next is a series of its own. */
  forget(): void {
    this.#sources = new Map();
    this.#lookedMs = undefined;
    this.#isFlood = false;
  }
}

/** The kernel begins anew where its table was replaced. */
function newOf(count: number, before: Source | undefined): number {
  return before === undefined || count < before.count ? count : count - before.count;
}

function leftOf(before: number, more: number, asked: Asked | undefined, passedMs: number): number {
  const leaked = passedMs / leakMs;
  if (asked === undefined) return Math.max(Math.min(0, before), before + more - leaked);
  if (asked.pagesPerS >= busyFrom) return -savedMax;
  const pages = Math.ceil((asked.pagesPerS * passedMs) / 1_000);
  return Math.max(-savedMax, before + more - leaked - earned.perLook - earned.perPage * pages);
}
