/** Why an edition is not taken: the step that failed, the file, and what is wrong with it. */
import { messageOf } from "../base/errors.ts";

/** In the order in which verification goes. */
export const verificationSteps = ["root", "timestamp", "snapshot", "targets", "withdrawals", "log"] as const;
export type VerificationStep = (typeof verificationSteps)[number];

export interface EditionFault {
  readonly step: VerificationStep;
  /** Relative to `editions/`. */
  readonly file: string;
  readonly reason: string;
}

/** Thrown inside this folder only; `verifyEdition` hands it on as a value. */
export class Refusal extends Error {
  readonly fault: EditionFault;

  constructor(step: VerificationStep, file: string, reason: string) {
    super(`${step}: ${file} ${reason}`);
    this.name = "Refusal";
    this.fault = { step, file, reason };
  }
}

/** Runs `work`; whatever it throws becomes a refusal at this step. */
export function during<T>(step: VerificationStep, file: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw thrown instanceof Refusal ? thrown : new Refusal(step, file, messageOf(thrown));
  }
}

/** The result of `work`, or the fault that it was refused with. Other errors (the disk's) are thrown on. */
export async function faultOf<T>(
  work: () => Promise<T>,
): Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: EditionFault }> {
  try {
    return { ok: true, value: await work() };
  } catch (thrown) {
    if (thrown instanceof Refusal) return { ok: false, fault: thrown.fault };
    throw thrown;
  }
}
