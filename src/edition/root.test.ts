/** Trust passes from one root to the next only with enough signatures of both. */
import { describe, expect, test } from "bun:test";
import { pages, rootPlan, startMs, TestPublisher, testKey } from "../../test/edition-fixture.ts";
import { seal, type Signed, signedOf } from "../../test/edition-forger.ts";
import { sha256 } from "../base/bytes.ts";
import type { SigningKey } from "./keys.ts";
import { metadataName } from "./names.ts";
import { formatNoteKey, noteKey } from "./note.ts";
import type { KeyRole } from "./roles.ts";
import { readRoot, type RootPlan, writeRoot } from "./root.ts";
import { pinRoot } from "./trust.ts";
import { verifyEdition } from "./verify.ts";

const [ali, badia, chems, driss] = ["ali", "badia", "chems", "driss"].map(testKey);
const holders = [ali, badia, chems].filter((key) => key !== undefined);
const stories = pages(3);

function plan(
  version: number,
  keys: readonly SigningKey[],
  threshold: number,
  more: Partial<RootPlan> = {},
): RootPlan {
  const plain = rootPlan(undefined, version);
  const root = { keys: keys.map(({ publicKey }) => publicKey), threshold };
  return { ...plain, roles: { ...plain.roles, root }, ...more };
}

/** A publisher whose first root is held by three, any two of whom sign. */
async function held(): Promise<TestPublisher> {
  const publisher = new TestPublisher();
  publisher.root = writeRoot(plan(1, holders, 2), startMs, holders.slice(0, 2));
  publisher.files.set(metadataName("root", 1), publisher.root);
  await publisher.publish(stories);
  return publisher;
}

async function verdict(publisher: TestPublisher): Promise<string> {
  const verification = await verifyEdition(publisher.read, publisher.trust, publisher.current);
  return verification.ok ? `root ${verification.value.root.version}` : verification.fault.reason;
}

function withRoot(
  publisher: TestPublisher,
  rootPlanned: RootPlan,
  ...signers: (SigningKey | undefined)[]
): void {
  const keys = signers.filter((key) => key !== undefined);
  publisher.files.set(metadataName("root", rootPlanned.version), writeRoot(rootPlanned, startMs, keys));
}

describe("two of three", () => {
  test("replace a holder", async () => {
    const publisher = await held();
    withRoot(
      publisher,
      plan(
        2,
        [ali, badia, driss].filter((key) => key !== undefined),
        2,
      ),
      ali,
      badia,
    );
    expect(await verdict(publisher)).toBe("root 2");
  });

  test("are needed: one signature twice is one", async () => {
    const publisher = await held();
    withRoot(publisher, plan(2, holders, 2), ali, driss);
    expect(await verdict(publisher)).toBe("root was signed by 1/2 keys");
  });

  test("of the old holders have to sign, whatever the new root says of itself", async () => {
    const publisher = await held();
    withRoot(publisher, plan(2, driss === undefined ? [] : [driss], 1), driss, ali);
    expect(await verdict(publisher)).toBe("root was signed by 1/2 keys");
  });

  test("can't be replaced by what the new root's own holders didn't sign", async () => {
    const publisher = await held();
    withRoot(publisher, plan(2, driss === undefined ? [] : [driss], 1), ali, badia);
    expect(await verdict(publisher)).toBe("root was signed by 0/1 keys");
  });
});

test("versions of the root rise one by one", async () => {
  const publisher = await held();
  withRoot(publisher, plan(3, holders, 2), ali, badia);
  expect(await verdict(publisher)).toBe("root 1");
  const skipped = publisher.files.get(metadataName("root", 3)) ?? new Uint8Array();
  publisher.files.set(metadataName("root", 2), skipped);
  expect(await verdict(publisher)).toBe("is version 3");
});

describe("a root is refused", () => {
  const forgeries: readonly (readonly [string, (signed: Signed) => unknown, string])[] = [
    [
      "that names no log",
      (signed) => (signed["x-kasbah"] = { log: "none" }),
      "names no key for the transparency log",
    ],
    ["with another role", ({ roles }) => (roles.mirrors = roles.root), "names roles that there aren't"],
    ["with a threshold of none", ({ roles }) => (roles.root.threshold = 0), "threshold must be at least 1"],
    [
      "with a key under another key's id",
      ({ keys, roles }) => {
        keys[String(ali?.id)] = keys[roles.root.keyids[0]];
        roles.root.keyids.push(ali?.id);
      },
      "is not a sound Ed25519 key under its id",
    ],
    [
      "with a key for which anybody can sign",
      ({ keys, roles }) => (keys[roles.timestamp.keyids[0]].keyval.public = "00".repeat(32)),
      "is not a sound Ed25519 key under its id",
    ],
  ];

  test.each(forgeries)("%s", (_, change, reason) => {
    const publisher = new TestPublisher();
    const [, forged] = seal(
      "root",
      signedOf(publisher.files, metadataName("root", 1)),
      { change },
      testKey("root"),
    );
    expect(() => pinRoot(forged)).toThrow(reason);
  });
});

describe("after the online keys were replaced", () => {
  const fresh = (role: KeyRole): SigningKey[] => [testKey(role === "root" ? role : `new ${role}`)];

  /** Edition 2 is signed with old and new keys; then the root that names the new ones appears. */
  async function rotated(): Promise<TestPublisher> {
    const publisher = new TestPublisher();
    await publisher.publish(stories);
    const both = (role: KeyRole): SigningKey[] => [testKey(role), ...fresh(role)];
    const areas = (role: KeyRole): SigningKey[] =>
      ["timestamp", "snapshot", "targets", "log"].includes(role) ? both(role) : fresh(role);
    publisher.store(await publisher.build(stories, { keys: areas, roles: undefined }));
    return publisher;
  }

  const newRoot = rootPlan(fresh, 2);

  test("nobody loses the edition on the way", async () => {
    const publisher = await rotated();
    expect(await verdict(publisher)).toBe("root 1");
    publisher.files.set(metadataName("root", 2), writeRoot(newRoot, startMs, [testKey("root")]));
    expect(await verdict(publisher)).toBe("root 2");
    const newcomer = await verifyEdition(publisher.read, pinRoot(publisher.root));
    expect(newcomer.ok && newcomer.value.root.version).toBe(2);
  });

  test("what the old keys sign is refused", async () => {
    const publisher = await rotated();
    publisher.files.set(metadataName("root", 2), writeRoot(newRoot, startMs, [testKey("root")]));
    publisher.store(await publisher.build(stories));
    expect(await verdict(publisher)).toContain("was signed by 0/1 keys");
  });

  test("an absurdly high version that a thief signed no longer binds", async () => {
    const publisher = await rotated();
    const cheated = {
      ...publisher.trust,
      timestamp: { version: 2 ** 50, sha256: sha256("what the thief signed") },
    };
    const before = await verifyEdition(publisher.read, cheated);
    expect(before.ok ? "ok" : before.fault.reason).toContain("older than version");
    publisher.files.set(metadataName("root", 2), writeRoot(newRoot, startMs, [testKey("root")]));
    expect((await verifyEdition(publisher.read, cheated)).ok).toBe(true);
  });

  test("a root that names another log starts it anew", async () => {
    const publisher = await rotated();
    const [key = testKey("log")] = fresh("log");
    const other = { ...newRoot, logKey: formatNoteKey(noteKey("kasbah.example/log2", key.publicKey)) };
    publisher.files.set(metadataName("root", 2), writeRoot(other, startMs, [testKey("root")]));
    expect(await verdict(publisher)).toBe("no known key has signed it");
    const root = readRoot(
      publisher.files.get(metadataName("root", 2)) ?? new Uint8Array(),
      "metadata/2.root.json",
    );
    publisher.store(await publisher.build(stories, { keys: fresh, roles: undefined, root }));
    expect(await verdict(publisher)).toBe("root 2");
  });
});
