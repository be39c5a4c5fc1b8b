/** Under which name a finding is known: the same at every edge for the same new facts at the same address. */
import { sha256 } from "../../base/bytes.ts";
import { signatureOf } from "../../guard/judging/judge.ts";
import type { Reading } from "./told.ts";

export function findingId({ address, facts }: Pick<Reading, "address" | "facts">): string {
  return sha256(`${address}\n${signatureOf(facts)}`).slice(0, 24);
}
