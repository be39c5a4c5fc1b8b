/**
 * Whether more is asked of something than it can do, by what was seen of it: no price in calm, and no end of the price while those who were
 * told to wait still come. Pure.
 */

/** What a page's parts ask for at once is no pressure. */
const waitingLeast = 16;
/** More has to wait than is served in a second, for so long. */
const beginsAfterMs = 1_000;
/** Hardly anybody waits and no more is asked than can be done, for so long. */
const endsAfterMs = 10_000;
const calmShare = 0.25;
const secondMs = 1_000;

export class Pressure {
  #isOn = false;
  /** Since when it looks as if it were to change. */
  #sinceMs: number | undefined;
  #secondMs: number;
  #served = 0;
  #asked = 0;
  /** In the last whole second. */
  #servedRate = 0;
  #askedRate = 0;
  /** A second, when there was always somebody waiting. */
  #capacity = 0;

  constructor(nowMs: number) {
    this.#secondMs = nowMs;
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  /** What is done of what there is to do in a second: 0 to 1 and above. */
  get load(): number {
    return this.#capacity === 0 ? 0 : this.#askedRate / this.#capacity;
  }

  /** Somebody asks, whether they may wait or not. */
  asked(): void {
    this.#asked += 1;
  }

  /** Somebody's turn has come. */
  served(): void {
    this.#served += 1;
  }

  /** To be called about once a second, and more often while somebody waits. */
  look(waiting: number, nowMs: number): void {
    if (nowMs - this.#secondMs >= secondMs) this.#count(waiting, nowMs);
    const changes = this.#isOn ? this.#isEnough(waiting) : this.#isShort(waiting);
    if (!changes) this.#sinceMs = undefined;
    else this.#sinceMs ??= nowMs;
    const afterMs = this.#isOn ? endsAfterMs : beginsAfterMs;
    if (this.#sinceMs === undefined || nowMs - this.#sinceMs < afterMs) return;
    this.#isOn = !this.#isOn;
    this.#sinceMs = undefined;
  }

  #count(waiting: number, nowMs: number): void {
    const seconds = (nowMs - this.#secondMs) / secondMs;
    this.#servedRate = this.#served / seconds;
    this.#askedRate = this.#asked / seconds;
    this.#capacity = waiting > 0 ? this.#servedRate : Math.max(this.#capacity, this.#servedRate);
    this.#served = this.#asked = 0;
    this.#secondMs = nowMs;
  }

  #isShort(waiting: number): boolean {
    return waiting > Math.max(waitingLeast, this.#servedRate);
  }

  #isEnough(waiting: number): boolean {
    return waiting <= Math.max(this.#capacity * calmShare, 1) && this.#askedRate <= this.#capacity;
  }
}
