/** A role that could not start. */

/** Why a role did not get ready the first time: what it said itself, or how it ended. */
export class RoleFailed extends Error {
  readonly lines: readonly string[];
  readonly exitCode: 1 | 2;

  constructor(lines: readonly string[], exitCode: 1 | 2) {
    super(lines[0]);
    this.name = "RoleFailed";
    this.lines = lines;
    this.exitCode = exitCode;
  }
}
