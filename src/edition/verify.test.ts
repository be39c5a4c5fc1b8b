/** Editions are built, verified, and refused for the one thing that is wrong with them. */
import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { forge, type Forgery, type Signed } from "../../test/edition-forger.ts";
import { page, pages, startMs, TestPublisher, testKey } from "../../test/edition-fixture.ts";
import { type Sha256, sha256, utf8 } from "../base/bytes.ts";
import type { Withdrawal } from "./edition.ts";
import { limits } from "./limits.ts";
import { blobName, checkpointName, metadataName, timestampName } from "./names.ts";
import { bins, roleOfTarget } from "./roles.ts";
import { type Target, targetName } from "./target.ts";
import { decodeTrust, encodeTrust, pinRoot } from "./trust.ts";
import { verifyEdition } from "./verify.ts";
import { encodeWithdrawals } from "./withdrawals.ts";

const stories = pages(40);
const first = stories[0] ?? page({ site: "portal", path: "/" }, "");
const firstName = targetName("pages", first);
const firstBin = roleOfTarget(firstName);

async function published(targets: readonly Target[] = stories): Promise<TestPublisher> {
  const publisher = new TestPublisher();
  await publisher.publish(targets);
  return publisher;
}

/** What the verifier says of the files as they are now: "ok" or the step and reason. */
async function verdict(publisher: TestPublisher, trust = publisher.trust): Promise<string> {
  const verification = await verifyEdition(publisher.read, trust, publisher.current);
  return verification.ok ? "ok" : `${verification.fault.step}: ${verification.fault.reason}`;
}

describe("an edition", () => {
  test("says what was published, and where the log has it", async () => {
    const publisher = await published();
    const { edition } = await publisher.publish([...stories, page({ site: "blog", path: "/fr/" }, "blog")]);
    expect(edition.version).toBe(2);
    expect(edition.logIndex).toBe(1);
    expect(edition.publishedAt).toBe("2011-07-31T14:05:09.000Z");
    expect(edition.expiresAtMs).toBe(startMs + 3_600_000);
    expect(edition.targets.size).toBe(41);
    expect(edition.targets.get(firstName)).toEqual(first);
    expect(edition.id).toBe(sha256(publisher.files.get(metadataName("snapshot", 2)) ?? ""));
  });

  test("is the same for who starts from the pinned root", async () => {
    const publisher = await published();
    await publisher.publish(stories.slice(1));
    const cold = await verifyEdition(publisher.read, pinRoot(publisher.root));
    expect(cold.ok && cold.value.edition).toEqual(publisher.current?.edition ?? false);
  });

  test("keeps the files of roles in which nothing changed", async () => {
    const publisher = await published();
    const changed = page(first, "corrected");
    const { files } = await publisher.build([changed, ...stories.slice(1)]);
    const metadata = [...files.keys()].filter((name) => name.startsWith("metadata/"));
    expect(metadata).toEqual([metadataName(firstBin, 2), metadataName("snapshot", 2)]);
  });

  test("that changed in one page is verified by reading little", async () => {
    const publisher = await published();
    publisher.store(await publisher.build([page(first, "corrected"), ...stories.slice(1)]));
    const names: string[] = [];
    const read = async (name: string): Promise<Uint8Array | undefined> => {
      names.push(name);
      return await publisher.read(name);
    };
    expect((await verifyEdition(read, publisher.trust, publisher.current)).ok).toBe(true);
    expect(names.filter((name) => name.startsWith("metadata/") && !name.includes("root"))).toEqual([
      timestampName,
      metadataName("snapshot", 2),
      metadataName(firstBin, 2),
    ]);
  });

  test("that has expired is an edition all the same", async () => {
    const publisher = await published();
    publisher.store(await publisher.build(stories, { nowMs: 0, timestampValidMs: 1_000 }));
    const verification = await verifyEdition(publisher.read, publisher.trust);
    expect(verification.ok && verification.value.edition.expiresAtMs).toBe(1_000);
  });

  test("spreads its pages over bins that are there from the first day", async () => {
    const publisher = await published([]);
    expect(bins.every((bin) => publisher.files.has(metadataName(bin, 1)))).toBe(true);
  });

  test("what is remembered of it survives being written down", async () => {
    const publisher = await published();
    await publisher.publish(stories, [withdrawalOf("/ar/gone")]);
    expect(decodeTrust(encodeTrust(publisher.trust))).toEqual(publisher.trust);
    const fresh = pinRoot(publisher.root);
    expect(decodeTrust(encodeTrust(fresh))).toEqual(fresh);
  });
});

test("whatever byte of whatever file is changed, nothing else than what was signed is accepted", async () => {
  const publisher = await published();
  const genuine = (await publisher.publish(stories, [withdrawalOf("/ar/gone")])).edition;
  const trust = pinRoot(publisher.root);
  const names = [...publisher.files.keys()].sort();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...names),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      fc.integer({ min: 1, max: 255 }),
      async (name, where, flip) => {
        const read = (asked: string): Promise<Uint8Array | undefined> => {
          const data = publisher.files.get(asked);
          if (asked !== name || data === undefined) return Promise.resolve(data);
          const changed = Uint8Array.from(data);
          const at = Math.floor(where * data.length);
          changed[at] = (changed[at] ?? 0) ^ flip;
          return Promise.resolve(changed);
        };
        const verification = await verifyEdition(read, trust);
        if (verification.ok) expect(verification.value.edition).toEqual(genuine);
      },
    ),
    { numRuns: 40 },
  );
}, 60_000);

test.each([
  timestampName,
  metadataName("snapshot", 1),
  metadataName("pages", 1),
  metadataName(firstBin, 1),
  checkpointName,
])("without %s there is no edition", async (name) => {
  const publisher = await published();
  publisher.files.delete(name);
  publisher.current = undefined;
  expect(await verdict(publisher)).toContain("is missing");
});

describe("files that grew", () => {
  test.each([
    [timestampName, limits.timestampBytes],
    [metadataName("snapshot", 1), limits.snapshotBytes],
    [metadataName("root", 2), limits.rootBytes],
    [metadataName(firstBin, 1), limits.roleBytes],
  ])("%s beyond its limit is refused", async (name, bytes) => {
    const publisher = await published();
    publisher.files.set(name, new Uint8Array(bytes + 1));
    const trust = pinRoot(publisher.root);
    publisher.current = undefined;
    expect(await verdict(publisher, trust)).toContain(`has more than ${bytes} bytes`);
  });
});

describe("who holds keys, but not all", () => {
  const attacks: readonly (readonly [string, Forgery, string])[] = [
    ["an honest edition", {}, "ok"],
    ["timestamp by a stranger", { timestamp: by("stranger") }, "timestamp: timestamp was signed by 0/1 keys"],
    [
      "timestamp by the snapshot's key",
      { timestamp: by("snapshot") },
      "timestamp: timestamp was signed by 0/1",
    ],
    ["snapshot by a stranger", { snapshot: by("stranger") }, "snapshot: snapshot was signed by 0/1 keys"],
    [
      "delegations by a stranger",
      { roles: { targets: by("stranger") } },
      "targets: targets was signed by 0/1 keys",
    ],
    [
      "a bin by another delegate",
      { roles: { [firstBin]: by("live") } },
      `targets: ${firstBin} was signed by 0/1 keys`,
    ],
    [
      "live speaks of pages",
      {
        roles: {
          live: changing(addTarget(targetName("pages", { site: "portal", path: "/x" }), { path: "/x" })),
        },
      },
      "which is not delegated to it",
    ],
    [
      "a bin speaks of another bin's pages",
      { roles: { [otherBin()]: changing(addTarget(firstName, { path: first.path })) } },
      "which is not delegated to it",
    ],
    [
      "pages delegates what it doesn't have",
      { roles: { pages: changing(delegate("live/*")) } },
      "which is not delegated to it",
    ],
    [
      "a pattern that nobody here understands",
      { roles: { pages: changing(delegate("pages/**/{a,b}")) } },
      'delegates the pattern "pages/**/{a,b}"',
    ],
    [
      "a page under another page's name",
      { roles: { [firstBin]: changing(addTarget(firstName, { path: "/other" })) } },
      "is not the name of /other",
    ],
    [
      "two answers for one address",
      { roles: { live: changing(addTarget(targetName("live", first), { path: first.path })) } },
      "as another role does",
    ],
    [
      "a header that isn't allowed",
      {
        roles: { [firstBin]: changing(editFirst((custom) => (custom["headers"] = { "set-cookie": "a=b" }))) },
      },
      "targets: ",
    ],
    [
      "a header with a line break",
      { roles: { [firstBin]: changing(editFirst((custom) => (custom["headers"] = { link: "a\u0085b" }))) } },
      "targets: ",
    ],
    [
      "a redirect to nowhere",
      { roles: { [firstBin]: changing(editFirst((custom) => (custom["status"] = 301))) } },
      "a location belongs to a redirect",
    ],
    [
      "a page without a hash that we know",
      { roles: { [firstBin]: changing(({ targets }) => (targets[firstName].hashes = { md5: "x" })) } },
      "targets: ",
    ],
    [
      "an older version of a role",
      { snapshot: changing(({ meta }) => (meta["live.json"].version = 0)) },
      "snapshot: ",
    ],
    [
      "a role left out",
      { snapshot: changing(({ meta }) => delete meta["live.json"]) },
      "snapshot: no longer lists live",
    ],
    [
      "a role to which nobody delegates",
      { snapshot: changing(({ meta }) => (meta["extra.json"] = meta["live.json"])) },
      "snapshot: lists extra, to which nobody delegates",
    ],
    [
      "a role without hash",
      { snapshot: changing(({ meta }) => delete meta["live.json"].hashes) },
      "snapshot: ",
    ],
    [
      "counts that are not true",
      { snapshot: changing((signed) => (signed["x-kasbah"].pages = 39)) },
      "snapshot: speaks of 39 pages, and there are 40",
    ],
    ["an edition that the log lacks", { unlogged: true }, "log: does not include the snapshot as entry 2"],
    [
      "a log entry that is another edition's",
      { timestamp: changing((signed) => (signed["x-kasbah"].log_index = 0)) },
      "log: does not include the snapshot as entry 0",
    ],
  ];

  test.each(attacks)("%s", async (_, forgery, expected) => {
    const publisher = await published();
    await publisher.publish(stories);
    await forge(publisher, structuredForgery(forgery));
    expect(await verdict(publisher)).toContain(expected);
  });

  test.each([
    ["targets", limits.targetsPerRole, (signed: Signed, many: Signed) => (signed["targets"] = many)],
    [
      "roles",
      limits.roles,
      ({ delegations }: Signed, many: Signed) => (delegations.roles = Object.keys(many)),
    ],
    ["keys", limits.keys, ({ delegations }: Signed, many: Signed) => (delegations.keys = many)],
  ])("more %s than a file may have: refused before anything is made of them", async (what, most, change) => {
    const publisher = await published([]);
    const many = Object.fromEntries(Array.from({ length: most + 1 }, (_, at) => [`live/${at}`, {}]));
    await forge(publisher, { roles: { pages: { change: (signed) => void change(signed, many) } } });
    expect(await verdict(publisher)).toBe(`targets: has more than ${most} ${what}`);
  });
});

describe("going back", () => {
  test("to an older timestamp is refused", async () => {
    const publisher = await published();
    const old = publisher.files.get(timestampName) ?? new Uint8Array();
    await publisher.publish(stories.slice(1));
    publisher.files.set(timestampName, old);
    expect(await verdict(publisher)).toContain("timestamp: is version 1, older than version 2");
  });

  test("to an older snapshot under a newer timestamp is refused", async () => {
    const publisher = await published();
    const { version, sha256: hash } = publisher.trust.snapshot ?? { version: 0, sha256: "" };
    const { length } = publisher.files.get(metadataName("snapshot", 1)) ?? { length: 0 };
    await publisher.publish(stories.slice(1));
    const meta = { "snapshot.json": { version, length, hashes: { sha256: hash } } };
    await forge(publisher, {
      timestamp: { change: (signed) => Object.assign(signed, { meta, "x-kasbah": { log_index: 0 } }) },
    });
    expect(await verdict(publisher)).toContain("snapshot: is version 1, older than version 2");
  });

  test("to an older version of one role is refused", async () => {
    const publisher = await published();
    const old = publisher.trust;
    await publisher.publish(stories.slice(1));
    const bytes = publisher.files.get(metadataName(firstBin, 1)) ?? new Uint8Array();
    expect(old.roles[firstBin]).toBe(1);
    await forge(publisher, {
      snapshot: {
        change: ({ meta }) =>
          (meta[`${firstBin}.json`] = {
            version: 1,
            length: bytes.length,
            hashes: { sha256: sha256(bytes) },
          }),
      },
    });
    expect(await verdict(publisher)).toContain(`snapshot: lists ${firstBin} in version 1; 2 was seen before`);
  });

  test("is not possible by giving one version twice", async () => {
    const publisher = await published();
    const before = new Map(publisher.files);
    const other = await publisher.build(stories.slice(1));
    await publisher.publish(stories);
    for (const [name, data] of before) publisher.files.set(name, data);
    publisher.store(other);
    expect(await verdict(publisher)).toContain("is another version 2 than was seen before");
  });

  test("in the log is refused", async () => {
    const publisher = await published();
    const before = new Map(publisher.files);
    const trust = publisher.trust;
    await publisher.publish(stories);
    const seen = publisher.trust;
    const head = publisher.files.get(checkpointName);
    for (const [name, data] of before) publisher.files.set(name, data);
    expect(await verdict(publisher, { ...trust, checkpoint: seen.checkpoint })).toContain(
      "log: has 1 entries; 2 were",
    );
    expect(head).toBeDefined();
  });

  test("by another past of the log is refused", async () => {
    const publisher = await published();
    await publisher.publish(stories);
    const other = new TestPublisher();
    await other.publish(stories.slice(3));
    await other.publish(stories.slice(2));
    await other.publish(stories.slice(1));
    const trust = { ...pinRoot(other.root), checkpoint: publisher.trust.checkpoint };
    publisher.current = undefined;
    const verification = await verifyEdition(other.read, trust);
    expect(verification.ok ? "ok" : verification.fault.reason).toBe(
      "does not continue the log that was seen before",
    );
  });
});

describe("what was withdrawn", () => {
  const gone = withdrawalOf(first.path, first.sha256);
  const page410 = page(first, "gone", { status: 410 });

  test("answers 410 and nothing else", async () => {
    const publisher = await published();
    await publisher.publish([page410, ...stories.slice(1)], [gone]);
    expect(publisher.current?.edition.withdrawals).toEqual([gone]);
    publisher.store(await publisher.build([page(first, "back again"), ...stories.slice(1)]));
    expect(await verdict(publisher)).toContain("withdrawals: shows what was withdrawn");
  });

  test("stays withdrawn under another address", async () => {
    const publisher = await published();
    const elsewhere = { ...first, path: "/ar/elsewhere" };
    publisher.store(await publisher.build([page410, elsewhere], { withdrawals: [gone] }));
    expect(await verdict(publisher)).toContain("withdrawals: shows what was withdrawn: /ar/elsewhere");
  });

  test.each([
    ["an entry", []],
    ["a blob of an entry", [withdrawalOf(first.path)]],
    ["the time of an entry", [{ ...gone, at: "2020-01-01T00:00:00.000Z" }]],
  ])("a list that lacks %s is refused", async (_, list) => {
    const publisher = await published();
    await publisher.publish([page410], [gone]);
    publisher.store(await publisher.build([page410], { withdrawals: list }));
    expect(await verdict(publisher)).toContain("withdrawals: lacks the withdrawal of /ar/2011/07/s0");
  });

  test("is known even where the list's file is lost", async () => {
    const publisher = await published();
    await publisher.publish([page410], [gone]);
    publisher.files.delete(blobName(sha256(encodeWithdrawals([gone]))));
    expect((await verifyEdition(publisher.read, publisher.trust)).ok).toBe(true);
    const newcomer = await verifyEdition(publisher.read, pinRoot(publisher.root));
    expect(newcomer.ok ? "ok" : newcomer.fault.reason).toBe("is missing");
  });

  test("an edition without a list is none", async () => {
    const publisher = await published();
    await forge(publisher, { roles: { withdrawals: { change: (signed) => (signed["targets"] = {}) } } });
    expect(await verdict(publisher)).toContain("has no list of withdrawals");
  });
});

function withdrawalOf(path: string, ...blobs: Sha256[]): Withdrawal {
  return { site: "portal", path, at: "2011-07-31T15:00:00.000Z", blobs };
}

function by(name: string): { change: () => void; signer: ReturnType<typeof testKey> } {
  return { change: () => {}, signer: testKey(name) };
}

function changing(change: (signed: Signed) => unknown): { change: (signed: Signed) => void } {
  return { change: (signed) => void change(signed) };
}

function addTarget(name: string, custom: { path: string }): (signed: Signed) => void {
  return ({ targets }) => {
    targets[name] = {
      length: 1,
      hashes: { sha256: sha256(utf8("x")) },
      custom: { site: "portal", status: 200, type: "text/html", headers: {}, ...custom },
    };
  };
}

function editFirst(edit: (custom: Signed) => unknown): (signed: Signed) => void {
  return ({ targets }) => void edit(targets[firstName].custom);
}

/** Bin 00 gets another path, and a page that lies there. */
function delegate(pattern: string): (signed: Signed) => void {
  return ({ delegations }) => {
    delegations.roles[0].paths = [pattern];
  };
}

function otherBin(): string {
  return bins.find((bin) => bin !== firstBin) ?? "";
}

/** "pages delegates what it doesn't have" needs the bin to use it. */
function structuredForgery(forgery: Forgery): Forgery {
  if (forgery.roles?.["pages"] === undefined) return forgery;
  const name = targetName("live", { site: "portal", path: "/x" });
  return { ...forgery, roles: { ...forgery.roles, "pages-00": changing(addTarget(name, { path: "/x" })) } };
}
