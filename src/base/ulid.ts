/** Identifiers that sort by when they were made: ULIDs (github.com/ulid/spec), 48 bits of milliseconds, then 80 of randomness. */
import type { Clock } from "./clock.ts";
import type { Random } from "./random.ts";

/** Crockford's base 32: no I, L, O, U, so that a spoken or hand-copied id stays right. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** 26 characters, for example `01J9Z3K5Q8R2T4V6X8Z0B2D4F6`. */
export function ulid(clock: Clock, random: Random): string {
  const letters = random.bytes(16).map((byte) => byte % 32);
  return inBase32(clock.nowMs(), 10) + Array.from(letters, (at) => alphabet.charAt(at)).join("");
}

function inBase32(value: number, length: number): string {
  let rest = value;
  let text = "";
  for (let at = 0; at < length; at += 1) {
    text = alphabet.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}
