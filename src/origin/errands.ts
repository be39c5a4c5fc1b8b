/** What somebody decided about the protected site takes its time, since the origin is read anew for it: one at a time, waited for a moment, told afterwards. */
import type { Clock } from "../base/clock.ts";
import { messageOf } from "../base/errors.ts";
import type { Contradiction } from "./questions/deciding.ts";

export type Act = "accept" | "quarantine" | "release" | "approve";

export type Outcome =
  | { readonly kind: "accepted"; readonly pages: number }
  | { readonly kind: "refused" | "approved" }
  | { readonly kind: "released" | "still held"; readonly contradictions: readonly Contradiction[] }
  | { readonly kind: "failed"; readonly reason: string };

export type Errand =
  | { readonly kind: "none" }
  | { readonly kind: "running"; readonly act: Act; readonly sinceMs: number }
  | { readonly kind: "over"; readonly act: Act; readonly outcome: Outcome };

export interface ErrandsOptions {
  readonly clock: Clock;
  /** How long whoever started it waits for its end. */
  readonly waitMs: number;
}

export class Errands {
  readonly #options: ErrandsOptions;
  #errand: Errand = { kind: "none" };

  constructor(options: ErrandsOptions) {
    this.#options = options;
  }

  get last(): Errand {
    return this.#errand;
  }

  /** False where another one goes on. Resolves when it is over, or when it takes longer than anybody waits; never rejects. */
  async start(act: Act, work: () => Promise<Outcome>): Promise<boolean> {
    if (this.#errand.kind === "running") return false;
    this.#errand = { kind: "running", act, sinceMs: this.#options.clock.nowMs() };
    const ended = this.#run(act, work);
    await Promise.race([ended, Bun.sleep(this.#options.waitMs)]);
    return true;
  }

  async #run(act: Act, work: () => Promise<Outcome>): Promise<void> {
    try {
      this.#errand = { kind: "over", act, outcome: await work() };
    } catch (thrown) {
      this.#errand = { kind: "over", act, outcome: { kind: "failed", reason: messageOf(thrown) } };
    }
  }
}
