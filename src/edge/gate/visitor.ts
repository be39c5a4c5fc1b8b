/** One request at the gate: waiting for its turn, or on its way to the origin. Its client is looked after once, whichever it is. */
import type { LaneAnswer, LaneClient, LaneRequest } from "../lane/passage.ts";
import type { Standing } from "../../decision/gates/standing.ts";

/** Who may be told at once that no answer will come: asking again harms nothing, and no body is on its way. */
const repeatable = new Set(["GET", "HEAD", "OPTIONS"]);

export interface VisitorHooks {
  /** The client left while it waited. */
  readonly left: (visitor: Visitor) => void;
  /** The origin has all of it. */
  readonly sent: (visitor: Visitor) => void;
  /** Nothing is held for it in the lane any more. */
  readonly ended: (visitor: Visitor) => void;
}

export class Visitor implements LaneClient {
  readonly request: LaneRequest;
  readonly standing: Standing;
  readonly answer: Promise<LaneAnswer>;
  /** When it came to the queue; undefined: it found a place at once. */
  queuedMs: number | undefined = undefined;
  readonly #resolve: (answer: LaneAnswer) => void;
  readonly #inner: LaneClient;
  readonly #hooks: VisitorHooks;
  #isLookedAfter = false;
  #hasLeft = false;
  #cut: (() => void) | undefined;
  #isAbandoned = false;
  #isAnswered = false;

  constructor(request: LaneRequest, hooks: VisitorHooks) {
    const { promise, resolve } = Promise.withResolvers<LaneAnswer>();
    this.answer = promise;
    this.#resolve = resolve;
    this.#inner = request.client;
    this.#hooks = hooks;
    this.request = { ...request, client: this };
    this.standing = standingOf(request);
  }

  /** Given up on the origin's side; the client still waits for something. */
  get isAbandoned(): boolean {
    return this.#isAbandoned;
  }

  /** False: what it has in hand had its turn before. */
  redeem(): boolean {
    return this.request.hand?.redeem() ?? true;
  }

  settle(answer: LaneAnswer): void {
    this.#isAnswered = true;
    this.#resolve(answer);
  }

  /** From now on it is noticed when the client leaves, and nobody takes it for idle. */
  waits(): void {
    this.#lookAfter();
  }

  /** It never came to the lane. */
  turnAway(answer: LaneAnswer): void {
    if (this.#isLookedAfter) this.#inner.ended();
    this.settle(answer);
  }

  /** Where that is harmless: the origin is away, and its answer is not waited for any longer. */
  abandon(): void {
    if (this.#cut === undefined || this.request.body !== null) return;
    if (!repeatable.has(this.request.method)) return;
    this.#isAbandoned = true;
    this.#cut();
  }

  /** Its answer, which has begun, breaks off: others wait for its connection. */
  giveWay(): void {
    this.#cut?.();
  }

  /** By the lane. */
  lasts(left: () => void): void {
    this.#cut = left;
    // On its way to the lane, before anybody could be told.
    if (this.#hasLeft) left();
    else this.#lookAfter();
  }

  /** By the lane. */
  sent(): void {
    if (!this.#isAnswered) this.#hooks.sent(this);
  }

  /** By the lane. */
  ended(): void {
    this.#hooks.ended(this);
    this.#inner.ended();
  }

  #lookAfter(): void {
    if (this.#isLookedAfter) return;
    this.#isLookedAfter = true;
    this.#inner.lasts(() => {
      this.#hasLeft = true;
      if (this.#cut === undefined) this.#hooks.left(this);
      else this.#cut();
    });
  }
}

/** What nobody waits for takes the smallest share, whoever it was that made one ask. */
function standingOf({ prefix, isKnown, hand, isBackground }: LaneRequest): Standing {
  const alone = { prefix, waitedMs: 0, effort: 0 };
  if (isBackground === true) return { ...alone, lane: "machines" };
  return hand?.work?.standing ?? { ...alone, lane: isKnown === true ? "known" : "ticket" };
}
