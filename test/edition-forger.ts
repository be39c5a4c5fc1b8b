/**
 * What somebody who holds some of the keys can make: the next edition with any file changed by hand and everything above it
 * sealed again, so that a test shows which single check refuses it.
 */
import { fromHex, fromUtf8, sha256 } from "../src/base/bytes.ts";
import { canonical } from "../src/edition/canonical.ts";
import { signCheckpoint } from "../src/edition/checkpoint.ts";
import type { SigningKey } from "../src/edition/keys.ts";
import { checkpointName, metadataName, timestampName } from "../src/edition/names.ts";
import { append, TiledTree } from "../src/edition/tiles.ts";
import { origin, type TestPublisher, testKey } from "./edition-fixture.ts";

/** The signed part of a file as plain JSON; tests reach into it freely. */
// oxlint-disable-next-line typescript/no-explicit-any -- an attacker's view: no type holds
export type Signed = Record<string, any>;

interface FileChange {
  readonly change: (signed: Signed) => void;
  readonly signer?: SigningKey;
}

export interface Forgery {
  /** By role: raises its version and seals the snapshot's line about it again. */
  readonly roles?: Readonly<Record<string, FileChange>>;
  readonly snapshot?: FileChange;
  readonly timestamp?: FileChange;
  /** Leaves the snapshot out of the log. */
  readonly unlogged?: boolean;
}

/** Writes the forged edition over the publisher's files. */
export async function forge(publisher: TestPublisher, forgery: Forgery): Promise<void> {
  const { files } = publisher;
  const timestamp = signedOf(files, timestampName);
  const snapshot = signedOf(files, metadataName("snapshot", timestamp["meta"]["snapshot.json"].version));
  for (const [role, change] of Object.entries(forgery.roles ?? {})) {
    const { version } = snapshot["meta"][`${role}.json`];
    const signed = { ...signedOf(files, metadataName(role, version)), version: version + 1 };
    const [name, data] = seal(role, signed, change, testKey(role.replace(/-..$/, "")));
    files.set(name, data);
    snapshot["meta"][`${role}.json`] = described(signed, data);
  }
  snapshot["version"] += 1;
  const [snapshotName, snapshotData] = seal("snapshot", snapshot, forgery.snapshot, testKey("snapshot"));
  files.set(snapshotName, snapshotData);

  timestamp["version"] += 1;
  timestamp["meta"]["snapshot.json"] = described(snapshot, snapshotData);
  timestamp["x-kasbah"].log_index += 1;
  if (forgery.unlogged !== true) await log(publisher, snapshotData);
  const [, timestampData] = seal("timestamp", timestamp, forgery.timestamp, testKey("timestamp"));
  files.set(timestampName, timestampData);
}

export function signedOf(files: ReadonlyMap<string, Uint8Array>, name: string): Signed {
  const data = files.get(name);
  if (data === undefined) throw new Error(`there is no ${name} to forge`);
  return (JSON.parse(fromUtf8(data)) as { signed: Signed }).signed;
}

/** Signs any JSON as metadata of a role. */
export function seal(
  role: string,
  signed: Signed,
  change: FileChange | undefined,
  key: SigningKey,
): [name: string, data: Uint8Array] {
  change?.change(signed);
  const signer = change?.signer ?? key;
  const sig = Buffer.from(signer.sign(canonical(signed))).toString("hex");
  const data = canonical({ signed, signatures: [{ keyid: signer.id, sig }] });
  return [metadataName(role, signed["version"]), data];
}

function described(signed: Signed, data: Uint8Array): object {
  return { version: signed["version"], length: data.length, hashes: { sha256: sha256(data) } };
}

async function log(publisher: TestPublisher, snapshot: Uint8Array): Promise<void> {
  const { files, read } = publisher;
  const size = publisher.current?.trust.checkpoint?.size ?? 0;
  const { files: tiles, ...head } = await append(new TiledTree(size, read), read, fromHex(sha256(snapshot)));
  for (const [name, data] of tiles) files.set(name, data);
  files.set(checkpointName, signCheckpoint({ origin, ...head }, [testKey("log")]));
}
