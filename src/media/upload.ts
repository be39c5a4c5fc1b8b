/** Reads one large body into one piece of memory, once: so long, within so much time, or not at all. */

export interface UploadLimits {
  readonly bytesMax: number;
  /** For the whole body: whoever sends a byte now and then takes a place from the others. */
  readonly msMax: number;
}

export async function readUpload(
  { headers, body }: Request,
  { bytesMax, msMax }: UploadLimits,
): Promise<Uint8Array | "too long" | "too slow to come"> {
  const announced = Number(headers.get("content-length") ?? 0);
  if (announced > bytesMax) return "too long";
  const reader = body?.getReader();
  if (reader === undefined) return new Uint8Array();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    void reader.cancel();
  }, msMax);
  const pile = new Pile(announced);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (isLate) return "too slow to come";
      if (done) return pile.bytes;
      if (pile.length + value.length > bytesMax) return "too long";
      pile.add(value);
    }
  } finally {
    clearTimeout(timer);
    void reader.cancel();
  }
}

/** Grows by doubling where nobody said how much would come. */
class Pile {
  #room: Uint8Array;
  #length = 0;

  constructor(expected: number) {
    this.#room = new Uint8Array(expected);
  }

  get length(): number {
    return this.#length;
  }

  get bytes(): Uint8Array {
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
