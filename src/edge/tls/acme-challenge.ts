/** What an ACME client lays down so that a certificate's authority can read it here (RFC 8555, section 8.3): also in clear, and while nothing else answers. */
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { codeOf } from "../../base/errors.ts";
import type { Exchange } from "../exchange.ts";
import type { Outcome } from "../outcome.ts";
import type { EdgeState } from "../state.ts";

const folder = "/.well-known/acme-challenge/";

/** A token: base64url, of an authority's choice. */
const token = /^[\w-]{1,200}$/;

/** A token, a point and a key's fingerprint; ours are never longer. */
const fileBytesMax = 1_024;

export function isChallenge(path: string): boolean {
  return path.startsWith(folder);
}

/** Undefined where no client of this machine has laid anything down there: then it is answered like any other address. */
export function acmeChallenge(
  { path, method }: Exchange,
  { acmeWebroot }: EdgeState,
): Promise<Outcome | undefined> | undefined {
  if (acmeWebroot === "" || !isChallenge(path)) return undefined;
  const name = path.slice(folder.length);
  const isRead = method === "GET" || method === "HEAD";
  return isRead && token.test(name) ? readChallenge(join(acmeWebroot, folder, name)) : undefined;
}

async function readChallenge(path: string): Promise<Outcome | undefined> {
  try {
    await using file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const stat = await file.stat();
    if (!stat.isFile() || stat.size > fileBytesMax) return undefined;
    const body = new Uint8Array(await file.readFile());
    return { kind: "data", type: "text/plain; charset=utf-8", body, immutable: false };
  } catch (thrown) {
    if (missing.has(codeOf(thrown) ?? "")) return undefined;
    throw thrown;
  }
}

/** Not there, a symbolic link, or not for this user. */
const missing = new Set(["ENOENT", "ENOTDIR", "ELOOP", "EACCES"]);
