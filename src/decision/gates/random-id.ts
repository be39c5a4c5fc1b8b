/** Names for what must be told apart for a few hours. */
import type { Random } from "../../base/random.ts";

/** 64 bits: among a million, two are the same once in 37 million times. */
export function randomId(random: Random): bigint {
  const bytes = random.bytes(8);
  return new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0);
}
