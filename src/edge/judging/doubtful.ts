/**
 * What was kept of the origin's answers and would perhaps be judged otherwise now: an answer is judged once, when it comes, and may be kept for as
 * long as the origin says, so whoever took it over could have a false page outlive its discovery. Pure.
 */
import type { Purge } from "../cache/purge.ts";
import { addressOf } from "./addresses.ts";
import type { BaselineChange, Treatment } from "./told.ts";

/** By another baseline. */
export function doubtfulAfter({ removed, added }: BaselineChange): Purge {
  return { kind: "doubtful", addresses: new Set([...removed, ...added.map(addressOf)]) };
}

/** Undefined where all of it still holds. */
export function doubtfulBetween(before: Treatment, now: Treatment): Purge | undefined {
  if (before.isHeld !== now.isHeld) return { kind: "all" };
  const known = new Set(before.heldPages);
  const addresses = new Set(now.heldPages.filter((address) => !known.has(address)));
  const isWorkOver = before.isWorking && !now.isWorking;
  return isWorkOver || addresses.size > 0 ? { kind: "doubtful", addresses } : undefined;
}
