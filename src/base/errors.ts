/** Errors that say which step failed, and what a person can do about it. */

/**
 * Something an operator can mend. `message` says what happened in one line, `hint` what to do.
 * Exit code 2: the request was wrong; 1: it was right and failed.
 */
export class OperatorError extends Error {
  readonly hint: string;
  readonly exitCode: 1 | 2;

  constructor(message: string, options: { hint: string; exitCode?: 1 | 2; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = "OperatorError";
    this.hint = options.hint;
    this.exitCode = options.exitCode ?? 1;
  }
}

/** Wraps what was thrown so that the step is named and the cause kept. */
export function failed(step: string, cause: unknown): Error {
  return new Error(`${step}: ${messageOf(cause)}`, { cause });
}

export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The system's code (EADDRINUSE, ENOENT, ENOSPC …), where there is one. */
export function codeOf(thrown: unknown): string | undefined {
  if (typeof thrown !== "object" || thrown === null || !("code" in thrown)) return undefined;
  return typeof thrown.code === "string" ? thrown.code : undefined;
}

/** For what the types can't show to be impossible. */
export function assert(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${what}`);
}

/** For the end of an exhaustive switch. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
