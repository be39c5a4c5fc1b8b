/** Secrets that people carry: links and cookies. Only their digests are kept, so that a stolen database opens nothing. */
import { base64Url, type Sha256, sha256 } from "../base/bytes.ts";
import type { Random } from "../base/random.ts";

const tokenBytes = 32;

/** 256 bits as 43 letters. */
export function newToken(random: Random): string {
  return base64Url(random.bytes(tokenBytes));
}

/** One hash suffices: what can't be guessed needs no slow one. */
export function tokenDigest(token: string): Sha256 {
  return sha256(token);
}
