/** Earlier editions: provable from the folder alone, never with what was withdrawn since. */
import { describe, expect, test } from "bun:test";
import { page, pages, rootPlan, startMs, TestPublisher, testKey } from "../../test/edition-fixture.ts";
import type { Withdrawal } from "./edition.ts";
import { newestPastEdition, readStoredSnapshot, verifyPastEdition } from "./history.ts";
import { checkpointName, metadataName, timestampName } from "./names.ts";
import type { KeyRole } from "./roles.ts";
import { writeRoot } from "./root.ts";
import { targetName } from "./target.ts";
import { pinRoot } from "./trust.ts";

const stories = pages(5);
const [first = page({ site: "portal", path: "/" }, "")] = stories;
const withdrawal: Withdrawal = {
  site: "portal",
  path: first.path,
  at: "2011-08-01T00:00:00.000Z",
  blobs: [first.sha256],
};

async function threeEditions(): Promise<TestPublisher> {
  const publisher = new TestPublisher();
  await publisher.publish(stories);
  await publisher.publish(stories.slice(0, 2));
  await publisher.publish(stories.slice(0, 3));
  return publisher;
}

async function past(publisher: TestPublisher, version: number): Promise<string | number> {
  const edition = await verifyPastEdition(publisher.read, pinRoot(publisher.root), version);
  return edition.ok ? edition.value.targets.size : `${edition.fault.step}: ${edition.fault.reason}`;
}

test("every edition is proven from the pinned root", async () => {
  const publisher = await threeEditions();
  expect([await past(publisher, 1), await past(publisher, 2), await past(publisher, 3)]).toEqual([5, 2, 3]);
  const second = await verifyPastEdition(publisher.read, publisher.trust, 2);
  expect(second.ok && [second.value.version, second.value.logIndex]).toEqual([2, 1]);
});

test("what a snapshot says of itself", async () => {
  const publisher = await threeEditions();
  const { facts, described } = await readStoredSnapshot(publisher.read, 2);
  expect([facts.pages, facts.publishedAt, described.version]).toEqual([2, "2011-07-31T14:05:09.000Z", 2]);
});

test("what was withdrawn since is left out, though the old list didn't know", async () => {
  const publisher = await threeEditions();
  await publisher.publish([page(first, "gone", { status: 410 })], [withdrawal]);
  const edition = await verifyPastEdition(publisher.read, publisher.trust, 1);
  expect(edition.ok && edition.value.targets.has(targetName("pages", first))).toBe(false);
  expect(edition.ok && edition.value.targets.size).toBe(4);
  expect(edition.ok && edition.value.withheld).toEqual([first]);
});

describe("an earlier edition is refused", () => {
  test("that is not there", async () => {
    expect(await past(await threeEditions(), 9)).toBe("snapshot: is missing");
  });

  test("that nobody trusted has signed", async () => {
    const publisher = await threeEditions();
    const foreign = new TestPublisher();
    foreign.keys = (role) => [testKey(role === "snapshot" ? "stranger" : role)];
    const { files } = await foreign.build(stories);
    publisher.files.set(
      metadataName("snapshot", 1),
      files.get(metadataName("snapshot", 1)) ?? new Uint8Array(),
    );
    expect(await past(publisher, 1)).toBe("snapshot: is not signed by keys that were ever trusted");
  });

  test("that is signed, but was never in the log", async () => {
    const publisher = await threeEditions();
    const other = new TestPublisher();
    const { files } = await other.build(stories.slice(2));
    publisher.files.set(
      metadataName("snapshot", 1),
      files.get(metadataName("snapshot", 1)) ?? new Uint8Array(),
    );
    expect(await past(publisher, 1)).toBe("log: is not in the transparency log");
  });

  test("whose number is not its own", async () => {
    const publisher = await threeEditions();
    const second = publisher.files.get(metadataName("snapshot", 2)) ?? new Uint8Array();
    publisher.files.set(metadataName("snapshot", 1), second);
    expect(await past(publisher, 1)).toBe("snapshot: is version 2");
  });
});

test("editions from before a change of keys stay provable", async () => {
  const publisher = await threeEditions();
  const fresh = (role: KeyRole): ReturnType<typeof testKey>[] => [
    testKey(role === "root" ? role : `new ${role}`),
  ];
  const both = (role: KeyRole): ReturnType<typeof testKey>[] => [testKey(role), ...fresh(role)];
  publisher.store(await publisher.build(stories, { keys: both, roles: undefined }));
  publisher.files.set(metadataName("root", 2), writeRoot(rootPlan(fresh, 2), startMs, [testKey("root")]));
  expect(await past(publisher, 1)).toBe(5);
});

describe("where the current edition was damaged", () => {
  test("without timestamp and log it is still known by its hash", async () => {
    const publisher = await threeEditions();
    publisher.files.delete(timestampName);
    publisher.files.delete(checkpointName);
    expect((await newestPastEdition(publisher.read, publisher.trust))?.version).toBe(3);
  });

  test("the one before it is served", async () => {
    const publisher = await threeEditions();
    const bin = [...publisher.files.keys()].find((name) => name.startsWith("metadata/3.pages-"));
    publisher.files.set(bin ?? "", new Uint8Array(9));
    expect((await newestPastEdition(publisher.read, publisher.trust))?.version).toBe(2);
  });

  test("there is none where nothing can be proven", async () => {
    const publisher = await threeEditions();
    for (const name of publisher.files.keys()) if (name.includes("snapshot")) publisher.files.delete(name);
    expect(await newestPastEdition(publisher.read, publisher.trust)).toBeUndefined();
  });
});
