/**
 * How often something signed was used, counted by all workers together in shared memory: a pass's budget, a ticket's one proof, a sealed
 * post's one delivery. Bounded, without locks: no worker that dies leaves one behind.
 *
 * Nothing is taken out by itself. Time is cut into spans; what expires in a span is counted in that span's table, and a table serves again
 * for a span so much later that all it held has expired. Within its span a place goes from free to taken and to nothing else, so that
 * two workers who look for one id, from one place on and in one order, can only find the same.
 */
import { hourMs } from "../../base/clock.ts";

/** The longest that anything counted here is good for. */
export const spentLifeMaxMs = 2 * hourMs;

const spanMs = hourMs / 2;
/** One for each span that what is good now can expire in, and one at rest. */
const tables = spentLifeMaxMs / spanMs + 2;
/** Places looked at for one id. */
const looksMax = 32;
const bytesOfPlace = 12;
const spanBits = 16;
const idBits = 64 - spanBits;
const countMax = 2 ** 16 - 1;

/** What holds `idsMax` ids that expire within one half hour; six times as many in all. */
export function spentBytes(idsMax: number): number {
  return tables * idsMax * bytesOfPlace;
}

export class Spent {
  /** Of each place: its span's last 16 bits, and 48 of the id. */
  readonly #owners: BigInt64Array;
  /** Of each place: its span's last 16 bits, and how often it was used. */
  readonly #uses: Int32Array;
  readonly #places: number;
  #overflows = 0;

  /** `memory`: of `spentBytes`, the same for all workers; zeros at first. */
  constructor(memory: SharedArrayBuffer) {
    this.#places = Math.floor(memory.byteLength / (tables * bytesOfPlace));
    if (this.#places === 0) throw new Error("what is spent needs more memory");
    this.#owners = new BigInt64Array(memory, 0, tables * this.#places);
    this.#uses = new Int32Array(memory, this.#owners.byteLength, tables * this.#places);
  }

  /** Uses that found no place left to be counted in, by this worker. */
  get overflows(): number {
    return this.#overflows;
  }

  /**
   * True where it had something left, which is one less from now on. `most`: 1 to 65,535. False also of what has expired, or is good for
   * longer than `spentLifeMaxMs`.
   *
   * Where the table is full, true: nobody honest could come in otherwise until its span is over, while those who filled it only gain turns
   * in a queue that is shared out anyway.
   */
  spend(id: bigint, most: number, expiresMs: number, nowMs: number): boolean {
    if (expiresMs <= nowMs || expiresMs > nowMs + spentLifeMaxMs) return false;
    const span = Math.floor(expiresMs / spanMs);
    const place = this.#placeOf(id, span);
    if (place !== undefined) return this.#use(place, markOf(span), Math.min(most, countMax));
    this.#overflows += 1;
    return true;
  }

  /** Undefined: there is none left nearby. */
  #placeOf(id: bigint, span: number): number | undefined {
    const mark = BigInt(markOf(span));
    const owner = BigInt.asIntN(64, (mark << BigInt(idBits)) | BigInt.asUintN(idBits, id));
    const first = (span % tables) * this.#places;
    // Those bits of the id that its owner's mark leaves out count here, and some more.
    const home = Number((id >> 24n) & 0xff_ffff_ffffn) % this.#places;
    for (let look = 0; look < Math.min(looksMax, this.#places); look += 1) {
      const place = first + ((home + look) % this.#places);
      if (this.#take(place, owner)) return place;
    }
    return undefined;
  }

  /** False where it is somebody else's for this span. */
  #take(place: number, owner: bigint): boolean {
    const found = Atomics.load(this.#owners, place);
    if (found === owner) return true;
    if (spanOf(found) === spanOf(owner)) return false;
    const before = Atomics.compareExchange(this.#owners, place, found, owner);
    return before === found || before === owner;
  }

  #use(place: number, mark: number, most: number): boolean {
    for (;;) {
      const found = Atomics.load(this.#uses, place);
      const used = found >>> 16 === mark ? found & countMax : 0;
      if (used >= most) return false;
      const next = (mark << 16) | (used + 1) | 0;
      if (Atomics.compareExchange(this.#uses, place, found, next) === found) return true;
    }
  }
}

/** Never 0, which is what memory holds at first. */
function markOf(span: number): number {
  return (span % (2 ** spanBits - 1)) + 1;
}

function spanOf(owner: bigint): bigint {
  return BigInt.asUintN(64, owner) >> BigInt(idBits);
}
