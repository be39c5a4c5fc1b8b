/** An answer that a worker keeps. */
import { AnswerForms } from "./answer-forms.ts";
import type { StoredAnswer } from "./stored.ts";

export class KeptAnswer extends AnswerForms {
  readonly kind = "answer";
  /** Under which it is kept. */
  readonly key: string;
  /** All but the body, which the forms hold. */
  readonly about: Omit<StoredAnswer, "body">;

  constructor(key: string, { body, ...about }: StoredAnswer) {
    super({ ...about, body: body as Uint8Array<ArrayBuffer> });
    this.key = key;
    this.about = about;
  }

  /** To be called before it is given out again. True for the first time in each second of its age. */
  grow(nowMs: number): boolean {
    const ageS = Math.max(0, Math.floor((nowMs - this.about.bornMs) / 1000));
    if (ageS === this.ageS) return false;
    this.ageS = ageS;
    return true;
  }
}
