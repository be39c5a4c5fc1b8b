/** From what was thrown to what a person reads: a line that says what happened and what to do. */
import { codeOf, messageOf, OperatorError } from "../base/errors.ts";
import { BusError } from "../bus/bus.ts";
import { ConfigError } from "../config/config-error.ts";
import { RoleFailed } from "./role-failed.ts";

/** 0: done; 1: it failed; 2: what was asked is wrong. */
export type ExitCode = 0 | 1 | 2;

export interface Explanation {
  /** One; as many as there are mistakes where the settings are wrong. */
  readonly lines: readonly string[];
  readonly exitCode: 1 | 2;
}

/** What to do about the system's own errors, wherever they come from. */
const systemHints: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full: free some space, then try again",
  SQLITE_FULL: "the disk is full: free some space, then try again",
  EDQUOT: "the disk quota is used up: free some space, then try again",
  EROFS: "the disk is mounted read-only: look into the system's log for why",
  EACCES: "check who owns the file and its folder, and their rights",
  EPERM: "check who owns the file and its folder, and their rights",
  EMFILE: "too many files are open: raise `ulimit -n`",
  EADDRINUSE: "something else listens there: stop it, or choose another port in kasbah.toml",
};

export function explain(thrown: unknown): Explanation {
  if (thrown instanceof RoleFailed) return thrown;
  if (thrown instanceof ConfigError) return { lines: thrown.lines, exitCode: 2 };
  if (thrown instanceof OperatorError) return explained(thrown.message, thrown.hint, thrown.exitCode);
  if (thrown instanceof BusError) {
    return explained(
      thrown.message,
      thrown.hint ?? busHints[thrown.fault],
      thrown.fault === "refused" ? 2 : 1,
    );
  }
  const hint = systemHints[rootCode(thrown) ?? ""];
  return explained(messageOf(thrown), hint ?? "KASBAH_DEBUG=1 shows where; please report it");
}

const busHints: Readonly<Record<BusError["fault"], string | undefined>> = {
  "no-responder": "that part of Kasbah is starting or has stopped: see its log, try again in a moment",
  timeout: "it is busy or stuck: see `kasbah status` before you try again, it may have been done",
  closed: "Kasbah is stopping or has stopped: see its log",
  "too-large": undefined,
  refused: undefined,
  remote: "see its log",
};

function explained(message: string, hint: string | undefined, exitCode: 1 | 2 = 1): Explanation {
  const line = hint === undefined ? message : `${message}; ${hint}`;
  return { lines: [line.replaceAll(/\s*\n\s*/g, " ")], exitCode };
}

/** Errors are wrapped in the step that failed; the system's code is with the innermost. */
function rootCode(thrown: unknown): string | undefined {
  const code = codeOf(thrown);
  if (code !== undefined || !(thrown instanceof Error)) return code;
  return thrown.cause === undefined ? undefined : rootCode(thrown.cause);
}
