/** A small publisher in memory for tests: keys from seeds, files in a map, editions built and verified without a disk. */
import { sha256, sha256Bytes, utf8 } from "../src/base/bytes.ts";
import { buildEdition, type BuildInput, type BuiltEdition } from "../src/edition/build.ts";
import type { Keyring } from "../src/edition/build-roles.ts";
import type { ReadEditionFile, Withdrawal } from "../src/edition/edition.ts";
import { type SigningKey, signingKey } from "../src/edition/keys.ts";
import { checkpointName, metadataName, timestampName } from "../src/edition/names.ts";
import { formatNoteKey, noteKey } from "../src/edition/note.ts";
import type { KeyRole } from "../src/edition/roles.ts";
import { readRoot, type RootPlan, writeRoot } from "../src/edition/root.ts";
import type { Address, Target } from "../src/edition/target.ts";
import { pinRoot, type Trust } from "../src/edition/trust.ts";
import { type VerifiedEdition, verifyEdition } from "../src/edition/verify.ts";

export const startMs = Date.parse("2011-07-31T14:05:09Z");
export const origin = "kasbah.example/log";

/** The same key for the same name, always. */
export function testKey(name: string): SigningKey {
  return signingKey(sha256Bytes(utf8(`a key for tests: ${name}`)));
}

export const testKeys: Keyring = (role) => [testKey(role)];

export function rootPlan(keys: (role: KeyRole) => readonly SigningKey[] = testKeys, version = 1): RootPlan {
  const held = (role: KeyRole): { keys: Uint8Array[]; threshold: number } => ({
    keys: keys(role).map(({ publicKey }) => publicKey),
    threshold: 1,
  });
  const [logKey = testKey("log")] = keys("log");
  return {
    version,
    logKey: formatNoteKey(noteKey(origin, logKey.publicKey)),
    roles: {
      root: held("root"),
      timestamp: held("timestamp"),
      snapshot: held("snapshot"),
      targets: held("targets"),
    },
  };
}

export function page(address: Address, text: string, more: Partial<Target> = {}): Target {
  const body = utf8(text);
  return {
    area: "pages",
    status: 200,
    type: "text/html; charset=utf-8",
    headers: {},
    ...address,
    sha256: sha256(body),
    length: body.length,
    ...more,
  };
}

/** `count` stories of the portal. */
export function pages(count: number): Target[] {
  return Array.from({ length: count }, (_, at) =>
    page({ site: "portal", path: `/ar/2011/07/s${at}` }, `story ${at}`),
  );
}

export class TestPublisher {
  readonly files = new Map<string, Uint8Array>();
  readonly read: ReadEditionFile = (name) => Promise.resolve(this.files.get(name));
  keys: Keyring = testKeys;
  root: Uint8Array;
  current: VerifiedEdition | undefined;

  constructor() {
    this.root = writeRoot(rootPlan(), startMs, [testKey("root")]);
    this.files.set(metadataName("root", 1), this.root);
  }

  get trust(): Trust {
    return this.current?.trust ?? pinRoot(this.root);
  }

  async build(targets: readonly Target[], more: Partial<BuildInput> = {}): Promise<BuiltEdition> {
    return await buildEdition({
      root: this.current?.root ?? readRoot(this.root),
      trust: this.trust,
      roles: this.current?.roles,
      read: this.read,
      targets,
      withdrawals: [...(this.current?.edition.withdrawals ?? [])],
      keys: this.keys,
      nowMs: startMs,
      timestampValidMs: 3_600_000,
      ...more,
    });
  }

  store({ files, checkpoint, timestamp }: BuiltEdition): void {
    for (const [name, data] of files) this.files.set(name, data);
    this.files.set(checkpointName, checkpoint);
    this.files.set(timestampName, timestamp);
  }

  /** Builds, stores and verifies. */
  async publish(targets: readonly Target[], withdrawals?: readonly Withdrawal[]): Promise<VerifiedEdition> {
    this.store(await this.build(targets, withdrawals === undefined ? {} : { withdrawals }));
    const verification = await verifyEdition(this.read, this.trust, this.current);
    if (!verification.ok) throw new Error(`refused: ${JSON.stringify(verification.fault)}`);
    this.current = verification.value;
    return verification.value;
  }
}
