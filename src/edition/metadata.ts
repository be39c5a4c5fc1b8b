/** One signed file of TUF metadata: reading it strictly, checking its signatures, writing it. */
import {
  type Key,
  Metadata,
  MetadataKind,
  type Root,
  type Snapshot,
  type Targets,
  type Timestamp,
} from "@tufjs/models";
import { z } from "zod";
import { fromHex, hex, utf8 } from "../base/bytes.ts";
import { canonicalText, parseCanonical } from "./canonical.ts";
import { limits } from "./limits.ts";
import { isSoundPublicKey, keyId, type SigningKey } from "./keys.ts";

export interface SignedFiles {
  root: Root;
  timestamp: Timestamp;
  snapshot: Snapshot;
  targets: Targets;
}
export type FileKind = keyof SignedFiles;

/** Keys, roles and thresholds as a root or a delegating role states them. */
export type Delegator = Root | Targets;

/** The tightest reading of the envelope; what is inside is checked by its kind. */
const envelopeSchema = z.strictObject({
  signed: z.looseObject({
    _type: z.string(),
    spec_version: z.string().regex(/^1\.0(\.\d{1,4})?$/),
    version: z.int().positive(),
    expires: z.iso.datetime(),
  }),
  signatures: z
    .array(z.strictObject({ keyid: z.string().max(64), sig: z.string().regex(/^[0-9a-f]{128}$/) }))
    .max(32),
});

/** Throws where the bytes are not such a file in canonical form. Signatures are not checked here. */
export function readSigned<K extends FileKind>(kind: K, data: Uint8Array): Metadata<SignedFiles[K]> {
  const envelope = envelopeSchema.parse(parseCanonical(data));
  requireFew(envelope.signed);
  const metadata = readers[kind](envelope as unknown as TufJson);
  if ("keys" in metadata.signed) requireSoundKeys(Object.values(metadata.signed.keys));
  if ("delegations" in metadata.signed)
    requireSoundKeys(Object.values(metadata.signed.delegations?.keys ?? {}));
  return metadata;
}

/** Before anything is made of them: the models' time grows with the square of their number. */
function requireFew({ targets, meta, delegations, keys }: Record<string, unknown>): void {
  const counts = [
    { what: "targets", entries: targets, most: limits.targetsPerRole },
    { what: "files", entries: meta, most: limits.roles },
    { what: "roles", entries: valueAt(delegations, "roles"), most: limits.roles },
    { what: "keys", entries: keys, most: limits.keys },
    { what: "keys", entries: valueAt(delegations, "keys"), most: limits.keys },
  ];
  const many = counts.find(({ entries, most }) => Object.keys(entries ?? {}).length > most);
  if (many !== undefined) throw new Error(`has more than ${many.most} ${many.what}`);
}

function valueAt(object: unknown, name: string): unknown {
  return typeof object === "object" && object !== null ? Reflect.get(object, name) : undefined;
}

/** A JSON object, as the models type it. */
export type TufJson = Parameters<typeof Root.fromJSON>[0];

const readers: { readonly [K in FileKind]: (json: TufJson) => Metadata<SignedFiles[K]> } = {
  root: (json) => Metadata.fromJSON(MetadataKind.Root, json),
  timestamp: (json) => Metadata.fromJSON(MetadataKind.Timestamp, json),
  snapshot: (json) => Metadata.fromJSON(MetadataKind.Snapshot, json),
  targets: (json) => Metadata.fromJSON(MetadataKind.Targets, json),
};

/** Ed25519 only, none for which anybody can sign, and each under its own id: one key never counts twice for a threshold. */
function requireSoundKeys(keys: readonly Key[]): void {
  const unsound = keys.find(({ keyID, keyType, scheme, keyVal }) => {
    const publicKey = fromHex(keyVal["public"] ?? "");
    return (
      keyType !== "ed25519" ||
      scheme !== "ed25519" ||
      !isSoundPublicKey(publicKey) ||
      keyID !== keyId(publicKey)
    );
  });
  if (unsound !== undefined)
    throw new Error(`the key ${unsound.keyID} is not a sound Ed25519 key under its id`);
}

/** Throws unless enough keys that `delegator` names for `role` have signed. */
export function requireSignatures(
  delegator: Metadata<Delegator>,
  role: string,
  metadata: Metadata<SignedFiles[FileKind]>,
): void {
  delegator.verifyDelegate(role, metadata);
}

/** What TUF puts under "signed", as JSON. */
type SignedJson = TufJson & {
  readonly _type: FileKind;
  readonly version: number;
};

/** The file's bytes, signed by all of `keys`. Whoever publishes them reads them first, as everybody else will. */
export function writeSigned(signed: SignedJson, keys: readonly SigningKey[]): Uint8Array {
  const payload = canonicalText({ spec_version: specVersion, ...signed });
  const signatures = keys
    .map((key) => ({ keyid: key.id, sig: hex(key.sign(utf8(payload))) }))
    .sort((left, right) => (left.keyid < right.keyid ? -1 : 1));
  return utf8(`{"signatures":${canonicalText(signatures)},"signed":${payload}}`);
}

/** TUF writes times to the second. */
export function tufTime(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\.\d{3}Z$/, "Z");
}

const specVersion = "1.0.31";
