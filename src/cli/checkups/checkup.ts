/** What `kasbah doctor` looks at and what it finds: one fact a line, and how to mend it where it needs that. */
import type { Clock } from "../../base/clock.ts";
import type { Bus } from "../../bus/bus.ts";
import type { Config } from "../../config/settings.ts";
import type { Invocation } from "../invocation.ts";

export interface Patient {
  readonly invocation: Invocation;
  /** The settings in force. */
  readonly config: Config;
  /** The instance that runs on this data folder, if one does. */
  readonly instance: Bus | undefined;
  readonly clock: Clock;
}

export interface Finding {
  /** fine; note: nothing to do now; wrong: something does not work, or soon will not. */
  readonly verdict: "fine" | "note" | "wrong";
  readonly what: string;
  /** What to do; one line, or several. */
  readonly mend?: string;
}

export interface Checkup {
  readonly name: string;
  /** Left out where the settings are wrong: what it would find then means nothing. */
  readonly needsSettings?: boolean;
  readonly look: (patient: Patient) => Finding[] | Promise<Finding[]>;
}

export function fine(what: string): Finding {
  return { verdict: "fine", what };
}

export function note(what: string, mend?: string): Finding {
  return mend === undefined ? { verdict: "note", what } : { verdict: "note", what, mend };
}

export function wrong(what: string, mend: string): Finding {
  return { verdict: "wrong", what, mend };
}
