/** The root of trust: which keys hold the top roles and which log counts; how it passes from one version to the next (TUF 1.0, 5.3). */
import { dayMs } from "../base/clock.ts";
import type { Metadata, Root } from "@tufjs/models";
import { z } from "zod";
import type { ReadEditionFile } from "./edition.ts";
import { type SigningKey, tufKey } from "./keys.ts";
import { limits } from "./limits.ts";
import { readSigned, requireSignatures, tufTime, writeSigned } from "./metadata.ts";
import { metadataName } from "./names.ts";
import { type NoteKey, parseNoteKey } from "./note.ts";
import { during, Refusal } from "./refusal.ts";
import { type TopRole, topRoles } from "./roles.ts";

const validMs = 365 * dayMs;

export interface TrustedRoot {
  readonly bytes: Uint8Array;
  readonly version: number;
  readonly metadata: Metadata<Root>;
  /** Whose checkpoints count. */
  readonly logKey: NoteKey;
}

export interface RootPlan {
  readonly version: number;
  /** Public keys (32 bytes each) and how many of them have to sign. */
  readonly roles: Readonly<
    Record<TopRole, { readonly keys: readonly Uint8Array[]; readonly threshold: number }>
  >;
  /** As `formatNoteKey` writes it; its name is the log's origin. */
  readonly logKey: string;
}

/** To be signed by enough keys of this root, and of the one before. */
export function writeRoot(plan: RootPlan, nowMs: number, signers: readonly SigningKey[]): Uint8Array {
  const keys = topRoles.flatMap((role) => plan.roles[role].keys.map(tufKey));
  const roles = topRoles.map((role) => {
    const { keys: held, threshold } = plan.roles[role];
    return [role, { keyids: held.map((key) => tufKey(key).keyID), threshold }] as const;
  });
  const root = {
    _type: "root",
    version: plan.version,
    expires: tufTime(nowMs + validMs),
    consistent_snapshot: true,
    keys: Object.fromEntries(keys.map((key) => [key.keyID, key.toJSON()])),
    roles: Object.fromEntries(roles),
    "x-kasbah": { log: plan.logKey },
  } as const;
  return writeSigned(root, signers);
}

const customSchema = z.strictObject({ log: z.string().max(400) });

/** Reads a root that has to be signed by its own keys at least: what is pinned at first use. Throws Refusal. */
export function readRoot(bytes: Uint8Array, file = metadataName("root", 1)): TrustedRoot {
  return during("root", file, () => {
    if (bytes.length > limits.rootBytes) throw new Error(`has more than ${limits.rootBytes} bytes`);
    const metadata = readSigned("root", bytes);
    requireSignatures(metadata, "root", metadata);
    const { roles, unrecognizedFields, version } = metadata.signed;
    if (Object.keys(roles).length !== topRoles.length) throw new Error("names roles that there aren't");
    const { log } = customSchema.parse(unrecognizedFields["x-kasbah"]);
    const logKey = parseNoteKey(log);
    if (logKey === undefined) throw new Error("names no key for the transparency log");
    return { bytes, version, metadata, logKey };
  });
}

/** Every root from the trusted one on, oldest first: N+1 is signed as N asks and as N+1 asks (5.3.4). Throws Refusal. */
export async function followRoots(
  read: ReadEditionFile,
  trusted: TrustedRoot,
): Promise<[TrustedRoot, ...TrustedRoot[]]> {
  const chain: [TrustedRoot, ...TrustedRoot[]] = [trusted];
  let newest = trusted;
  while (chain.length <= limits.rootsAtOnce) {
    const file = metadataName("root", newest.version + 1);
    const bytes = await read(file);
    if (bytes === undefined) break;
    newest = successor(newest, bytes, file);
    chain.push(newest);
  }
  return chain;
}

function successor(older: TrustedRoot, bytes: Uint8Array, file: string): TrustedRoot {
  const newer = readRoot(bytes, file);
  during("root", file, () => requireSignatures(older.metadata, "root", newer.metadata));
  if (newer.version !== older.version + 1) throw new Refusal("root", file, `is version ${newer.version}`);
  return newer;
}

/**
 * True where the keys of timestamp or snapshot changed on the way: what those keys said before no longer binds, so that
 * a stolen key's absurdly high version can be got rid of (5.3.11).
 */
export function keysRotated(chain: readonly TrustedRoot[]): boolean {
  return chain.some((root, at) => {
    const before = chain[at - 1];
    return (
      before !== undefined &&
      (["timestamp", "snapshot"] as const).some((role) => !sameKeys(before, root, role))
    );
  });
}

function sameKeys(left: TrustedRoot, right: TrustedRoot, role: TopRole): boolean {
  return keyIds(left, role).join() === keyIds(right, role).join();
}

export function keyIds(root: TrustedRoot, role: TopRole): readonly string[] {
  return [...(root.metadata.signed.roles[role]?.keyIDs ?? [])].sort();
}
