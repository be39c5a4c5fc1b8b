/**
 * Reads one body into one piece of memory, once: so long, within so much time, at no less than a pace, or not at all. Whoever sends
 * a byte now and then holds a connection, and a place that others wait for.
 */

export interface BodyLimits {
  readonly bytesMax: number;
  /** Default: what any body may take. */
  readonly pace?: Pace;
}

export interface Pace {
  /** For the whole body. */
  readonly msMax: number;
  /** From the second of these spans on, so many bytes a second are asked for, on average since the first. */
  readonly graceMs: number;
  readonly bytesPerSecondMin: number;
}

/** As slow as a reader may be (setting `edge.send_rate_min`); 25 MB on a bad line take ten minutes. */
export const usualPace: Pace = { msMax: 10 * 60_000, graceMs: 20_000, bytesPerSecondMin: 1_024 };

/** "broken off": whoever sent it is gone, and hears no answer. */
export type BodyFault = "too long" | "too slow" | "broken off";

export async function readBody(
  { headers, body }: Request,
  { bytesMax, pace = usualPace }: BodyLimits,
): Promise<Uint8Array<ArrayBuffer> | BodyFault> {
  const announced = Number(headers.get("content-length") ?? 0);
  if (announced > bytesMax) return "too long";
  const reader = body?.getReader();
  if (reader === undefined) return new Uint8Array();
  const pile = new Pile(announced);
  // A stream that broke off refuses to be cancelled, too.
  const leave = (): void => void reader.cancel().catch(() => {});
  const watch = watchPace(pile, pace, leave);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (watch.isLate) return "too slow";
      if (done) return pile.bytes;
      if (pile.length + value.length > bytesMax) return "too long";
      pile.add(value);
    }
  } catch {
    return "broken off";
  } finally {
    watch[Symbol.dispose]();
    leave();
  }
}

function watchPace(pile: Pile, { msMax, graceMs, bytesPerSecondMin }: Pace, giveUp: () => void) {
  let isLate = false;
  const end = (): void => {
    isLate = true;
    giveUp();
  };
  let spans = 0;
  const look = setInterval(() => {
    if (pile.length < (spans * graceMs * bytesPerSecondMin) / 1_000) end();
    spans += 1;
  }, graceMs);
  const last = setTimeout(end, msMax);
  return {
    get isLate() {
      return isLate;
    },
    [Symbol.dispose]() {
      clearInterval(look);
      clearTimeout(last);
    },
  };
}

/** Grows by doubling where nobody said how much would come. */
class Pile {
  #room: Uint8Array<ArrayBuffer>;
  #length = 0;

  constructor(expected: number) {
    this.#room = new Uint8Array(expected);
  }

  get length(): number {
    return this.#length;
  }

  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#room.subarray(0, this.#length);
  }

  add(chunk: Uint8Array): void {
    const length = this.#length + chunk.length;
    if (length > this.#room.length) {
      const larger = new Uint8Array(Math.max(length, this.#room.length * 2));
      larger.set(this.bytes);
      this.#room = larger;
    }
    this.#room.set(chunk, this.#length);
    this.#length = length;
  }
}
