/** What one request has in hand: cookies of the gates, what came back from a page, and what is made of both. */
import type { GateForm } from "../gate-pages/gate-form.ts";
import type { Shown } from "./shown.ts";
import type { Work } from "./work.ts";

export class Hand {
  shown: Shown;
  /** From a page that somebody waited at. */
  form: GateForm | undefined = undefined;
  /** The pass for a puzzle that was solved just now. */
  proven: string | undefined = undefined;
  /** Of what was sealed: true the first time. */
  goesOnce: (() => boolean) | undefined = undefined;
  /** It went through before. */
  wasSent = false;
  /** Once it met the gate and may go on. */
  work: Work | undefined = undefined;

  constructor(shown: Shown) {
    this.shown = shown;
  }

  /** Once its turn has come at the origin's gate. False: not again. */
  redeem(): boolean {
    if (this.goesOnce !== undefined) {
      this.wasSent = !this.goesOnce();
      if (this.wasSent) return false;
      this.goesOnce = undefined;
    }
    return this.work?.redeem() ?? true;
  }

  /** It came with something in hand. */
  get hasShown(): boolean {
    return this.shown.ticket !== undefined || this.shown.pass !== undefined;
  }

  /** For the answer's cookie. */
  get pass(): string | undefined {
    return this.proven ?? this.work?.pass;
  }
}
