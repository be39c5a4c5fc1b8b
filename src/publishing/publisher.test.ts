/** Publishing on a real disk: when there is a new edition, what withdrawal and rollback leave, and what is put right. */
import { describe, expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Newsroom, openNewsroom } from "../../test/publishing-fixture.ts";
import { portal, toyPath, toyRenderer } from "../../test/toy-site.ts";
import { fromUtf8, type Sha256 } from "../base/bytes.ts";
import type { Edition } from "../edition/edition.ts";
import { metadataName, timestampName } from "../edition/names.ts";
import { pinRoot, type Trust } from "../edition/trust.ts";
import { verifyEdition } from "../edition/verify.ts";

const stories = ["a", "b", "c", "d", "e", "f", "g"];

async function published(change: Parameters<typeof openNewsroom>[0] = {}): Promise<Newsroom> {
  const newsroom = await openNewsroom(change);
  for (const id of stories) newsroom.site.put({ id, title: `title ${id}`, tag: id < "d" ? "x" : "y" });
  await newsroom.publisher.publish();
  return newsroom;
}

/** As somebody sees it who has nothing but the folder and the first root. */
async function seen(newsroom: Newsroom, trust?: Trust): Promise<Edition> {
  const root = await newsroom.folder.read(metadataName("root", 1));
  const verification = await verifyEdition(newsroom.folder.read, trust ?? pinRoot(root ?? new Uint8Array()));
  if (!verification.ok) throw new Error(JSON.stringify(verification.fault));
  return verification.value.edition;
}

/** Status and body by path. */
async function answers(newsroom: Newsroom): Promise<Record<string, string>> {
  const { targets } = await seen(newsroom);
  const bodies = Array.from(targets.values(), async ({ path, status, sha256, length }) => {
    const blob = await newsroom.blobs.get(sha256, length);
    return [path, blob.state === "whole" ? `${status} ${fromUtf8(blob.data)}` : blob.state] as const;
  });
  return Object.fromEntries(await Promise.all(bodies));
}

async function blobAt(newsroom: Newsroom, path: string): Promise<Sha256> {
  const target = [...(await seen(newsroom)).targets.values()].find((each) => each.path === path);
  if (target === undefined) throw new Error(`nothing at ${path}`);
  return target.sha256;
}

describe("an edition", () => {
  test("is published where something changed, and says what", async () => {
    await using newsroom = await published();
    newsroom.site.put({ id: "g", title: "corrected", tag: "y" });
    const publication = await newsroom.publisher.publish();
    expect(publication).toMatchObject({
      rendered: 4,
      changed: 4,
      removed: 0,
      edition: { version: 2, stale: false },
    });
    expect((await answers(newsroom))[toyPath("g")]).toContain("corrected");
    expect(newsroom.told).toEqual([1, 2]);
  });

  test("is not made where nothing changed", async () => {
    await using newsroom = await published();
    const publication = await newsroom.publisher.publish();
    expect(publication).toMatchObject({ rendered: 0, changed: 0, removed: 0, edition: { version: 1 } });
    expect(newsroom.told).toEqual([1]);
  });

  test("comes at most once a second; who asks meanwhile shares it", async () => {
    await using newsroom = await published();
    const versions: (number | undefined)[] = [];
    for (const title of ["1", "2", "3"]) {
      newsroom.site.put({ id: "a", title, tag: "x" });
      versions.push(
        ...(await Promise.all([newsroom.publisher.publish(), newsroom.publisher.publish()])).map(
          ({ edition }) => edition?.version,
        ),
      );
    }
    expect(versions).toEqual([2, 2, 3, 3, 4, 4]);
    expect(newsroom.waits).toEqual([1_000, 1_000, 1_000]);
  });

  test("waits a second at most where the clock was set back by an hour", async () => {
    await using newsroom = await published();
    newsroom.clock.advance(-3_600_000);
    newsroom.site.put({ id: "a", title: "after", tag: "x" });
    await newsroom.publisher.publish();
    expect(newsroom.waits).toEqual([1_000]);
  });

  test("goes on after a restart with what is known", async () => {
    const before = await published();
    await using newsroom = await before.restart();
    expect(await newsroom.publisher.publish()).toMatchObject({ rendered: 0, edition: { version: 1 } });
    newsroom.site.remove("a");
    expect(await newsroom.publisher.publish()).toMatchObject({
      removed: 2,
      edition: { version: 2, log_index: 1 },
    });
  });

  test("is written anew where the templates are new", async () => {
    const before = await published();
    await using newsroom = await before.restart({ renderer: toyRenderer("2") });
    expect(await newsroom.publisher.publish()).toMatchObject({
      rendered: 17,
      changed: 17,
      edition: { version: 2 },
    });
  });

  test("keeps a page's last form where it can't be rendered again", async () => {
    const before = await published();
    await using newsroom = await before.restart({ renderer: toyRenderer("1", new Set([toyPath("a")])) });
    newsroom.site.put({ id: "a", title: "new", tag: "x" });
    await newsroom.publisher.publish();
    const now = await answers(newsroom);
    expect(now[toyPath("a")]).toContain("title a");
    expect(now[`${toyPath("a")}/text`]).toContain("new");
  });

  test("is renewed before its timestamp expires, without being another one", async () => {
    await using newsroom = await published();
    newsroom.clock.advance(1_000_000);
    await newsroom.publisher.renewInTime();
    expect(newsroom.told).toEqual([1]);
    newsroom.clock.advance(1_000_000);
    await newsroom.publisher.renewInTime();
    const edition = await seen(newsroom);
    expect([edition.version, edition.logIndex, edition.expiresAtMs]).toEqual([
      1,
      0,
      newsroom.clock.nowMs() + 3_600_000,
    ]);
    expect(newsroom.told).toEqual([1, 1]);
  });
});

describe("withdrawing", () => {
  async function withdrawn(newsroom: Newsroom): Promise<ReturnType<Newsroom["publisher"]["withdraw"]>> {
    return await newsroom.publisher.withdraw(portal(toyPath("g")), () => newsroom.site.withdraw("g"));
  }

  test("takes the address and its text form, and erases every blob that showed it, of any edition", async () => {
    await using newsroom = await published();
    const first = { front: await blobAt(newsroom, "/"), tag: await blobAt(newsroom, "/ar/tag/x") };
    newsroom.site.put({ id: "h", title: "title h", tag: "x" });
    await newsroom.publisher.publish();
    const blobs = [
      first.front,
      await blobAt(newsroom, "/"),
      await blobAt(newsroom, toyPath("g")),
      await blobAt(newsroom, "/ar/tag/y"),
    ];

    const { withdrawn: paths, edition } = await withdrawn(newsroom);
    expect(paths).toEqual([toyPath("g"), `${toyPath("g")}/text`]);
    expect(edition?.version).toBe(3);
    const now = await answers(newsroom);
    expect([now[toyPath("g")], now[`${toyPath("g")}/text`]]).toEqual(["410 gone", "410 gone"]);
    expect(Object.values(now).filter((body) => body.includes("title g"))).toEqual([]);
    for (const blob of blobs) expect(await newsroom.blobs.get(blob)).toEqual({ state: "missing" });
    expect((await newsroom.blobs.get(first.tag)).state).toBe("whole");
    expect((await seen(newsroom)).withdrawals.map(({ path }) => path)).toEqual(paths);
  });

  test("beats rollback: the page stays away, pages that showed it take today's form", async () => {
    await using newsroom = await published();
    await withdrawn(newsroom);
    newsroom.site.put({ id: "a", title: "new", tag: "x" });
    await newsroom.publisher.publish();
    await newsroom.publisher.rollback(1);
    const now = await answers(newsroom);
    expect(now[toyPath("a")]).toContain("title a");
    expect(now[toyPath("g")]).toBe("410 gone");
    expect(now["/"]).toContain("title f");
    expect(Object.values(now).filter((body) => body.includes("title g"))).toEqual([]);
  });

  test("beats a site that shows it again, under whatever address", async () => {
    await using newsroom = await published();
    await withdrawn(newsroom);
    newsroom.site.put({ id: "g", title: "title g", tag: "y" });
    await newsroom.publisher.publish();
    const now = await answers(newsroom);
    expect(Object.keys(now)).not.toContain(toyPath("g"));
    expect(now["/"]).toBeUndefined();
  });

  test("of an address that no text has takes that address", async () => {
    await using newsroom = await published();
    await newsroom.publisher.withdraw(portal("/ar/tag/x"), () => {});
    const edition = await seen(newsroom);
    expect(edition.withdrawals.map(({ path }) => path)).toEqual(["/ar/tag/x"]);
    expect([...edition.targets.values()].some(({ path }) => path === "/ar/tag/x")).toBe(false);
  });

  test("doesn't leave a page that can't be rendered again", async () => {
    const before = await published();
    await using newsroom = await before.restart({ renderer: toyRenderer("1", new Set(["/", "/ar/tag/y"])) });
    await withdrawn(newsroom);
    const now = await answers(newsroom);
    expect(Object.values(now).filter((body) => body.includes("title g"))).toEqual([]);
    expect(now["/ar/tag/x"]).toContain("title a");
  });

  test("leaves alone what shows nothing: redirects and 410 pages share their blobs", async () => {
    await using newsroom = await published();
    await withdrawn(newsroom);
    await newsroom.publisher.withdraw(portal(toyPath("f")), () => newsroom.site.withdraw("f"));
    expect((await answers(newsroom))[toyPath("g")]).toBe("410 gone");
  });

  test("twice changes nothing", async () => {
    await using newsroom = await published();
    await withdrawn(newsroom);
    const { edition } = await withdrawn(newsroom);
    expect(edition?.version).toBe(2);
  });
});

test("an edition that was cut off before its timestamp is published at the next start", async () => {
  await using newsroom = await published();
  const { editions, newsroomDatabase } = newsroom.data;
  const old = { timestamp: await newsroom.folder.read(timestampName), database: `${newsroomDatabase}.old` };
  newsroom.database.run(`VACUUM INTO '${old.database}'`);
  newsroom.site.remove("a");
  const { edition } = await newsroom.publisher.publish();
  const cut = async (): Promise<void> => {
    await writeFile(join(editions, timestampName), old.timestamp ?? "");
    for (const suffix of ["-wal", "-shm"]) await rm(`${newsroomDatabase}${suffix}`, { force: true });
    await rename(old.database, newsroomDatabase);
  };
  const again = await newsroom.restart({}, cut);
  expect(again.publisher.current?.edition.id).toBe(edition?.id as Sha256);
  expect(again.publisher.current?.edition.logIndex).toBe(1);
});

describe("rolling back", () => {
  async function corrected(): Promise<Newsroom> {
    const newsroom = await published();
    newsroom.site.put({ id: "a", title: "defaced", tag: "x" });
    newsroom.site.put({ id: "z", title: "added", tag: "x" });
    await newsroom.publisher.publish();
    return newsroom;
  }

  test("shows the earlier pages in a new edition", async () => {
    await using newsroom = await corrected();
    const { edition } = await newsroom.publisher.rollback(1);
    expect([edition?.version, edition?.pages]).toEqual([3, 17]);
    const now = await answers(newsroom);
    expect(now[toyPath("a")]).toContain("title a");
    expect(now[toyPath("z")]).toBeUndefined();
  });

  test("holds against the clock and a restart, until somebody publishes", async () => {
    const before = await corrected();
    await before.publisher.rollback(1);
    await using newsroom = await before.restart();
    await newsroom.publisher.publishUnlessHeld();
    expect((await answers(newsroom))[toyPath("a")]).toContain("title a");
    await newsroom.publisher.publish();
    expect((await answers(newsroom))[toyPath("a")]).toContain("defaced");
  });

  test("holds while something is withdrawn", async () => {
    await using newsroom = await corrected();
    await newsroom.publisher.rollback(1);
    await newsroom.publisher.withdraw(portal(toyPath("b")), () => newsroom.site.withdraw("b"));
    const now = await answers(newsroom);
    expect(now[toyPath("a")]).toContain("title a");
    expect(now[toyPath("b")]).toBe("410 gone");
  });

  test("leaves out pages whose blobs are lost, unless they have a form today", async () => {
    await using newsroom = await published();
    const [a, b] = [await blobAt(newsroom, toyPath("a")), await blobAt(newsroom, toyPath("b"))];
    newsroom.site.put({ id: "a", title: "new", tag: "x" });
    newsroom.site.remove("b");
    await newsroom.publisher.publish();
    await newsroom.blobs.erase([a, b]);
    await newsroom.publisher.rollback(1);
    const now = await answers(newsroom);
    expect(now[toyPath("a")]).toContain("new");
    expect(now[toyPath("b")]).toBeUndefined();
    expect(Object.values(now).filter((body) => body === "missing")).toEqual([]);
  });

  test("to what there isn't is refused", async () => {
    await using newsroom = await published();
    expect(newsroom.publisher.rollback(9)).rejects.toThrow("there is no edition 9");
  });
});

describe("repair", () => {
  test("brings back exactly the blob that was lost", async () => {
    await using newsroom = await published();
    const blob = await blobAt(newsroom, toyPath("a"));
    await writeFile(join(newsroom.data.blobs, blob.slice(0, 2), blob), "defaced");
    expect(await newsroom.publisher.repair(blob)).toBe(true);
    expect((await newsroom.blobs.get(blob)).state).toBe("whole");
  });

  test("brings nothing back that the edition doesn't have, or that comes out differently", async () => {
    await using newsroom = await published();
    const blob = await blobAt(newsroom, toyPath("a"));
    await newsroom.blobs.erase([blob]);
    newsroom.site.put({ id: "a", title: "not published yet", tag: "x" });
    expect(await newsroom.publisher.repair(blob)).toBe(false);
    await newsroom.publisher.publish();
    expect(await newsroom.publisher.repair(blob)).toBe(false);
  });
});

describe("history", () => {
  test("lists what was published, newest first", async () => {
    await using newsroom = await published();
    newsroom.site.remove("a");
    await newsroom.publisher.publish();
    const editions = await newsroom.publisher.editions();
    expect(
      editions.map(({ version, log_index, pages, stale }) => [version, log_index, pages, stale]),
    ).toEqual([
      [2, 1, 15, false],
      [1, 0, 17, true],
    ]);
  });

  test("is kept for as many editions as the setting says, and no blob that is needed goes", async () => {
    await using newsroom = await published({ keepEditions: 2 });
    const [first, stays] = [await blobAt(newsroom, toyPath("a")), await blobAt(newsroom, toyPath("b"))];
    for (const title of ["1", "2", "3"]) {
      newsroom.site.put({ id: "a", title, tag: "x" });
      await newsroom.publisher.publish();
    }
    await newsroom.publisher.idle();
    expect((await newsroom.publisher.editions()).map(({ version }) => version)).toEqual([4, 3]);
    expect((await newsroom.blobs.get(first)).state).toBe("missing");
    expect((await newsroom.blobs.get(stays)).state).toBe("whole");
    await newsroom.publisher.rollback(3);
    expect((await answers(newsroom))[toyPath("a")]).toContain(" /ar/2011/07/a\n2");
    await newsroom.publisher.idle();
    const snapshots = readdirSync(newsroom.data.metadata)
      .filter((name) => name.includes("snapshot"))
      .toSorted();
    expect(snapshots).toEqual(["4.snapshot.json", "5.snapshot.json"]);
  });
});

describe("where somebody got at the files", () => {
  const damages: readonly (readonly [string, (newsroom: Newsroom) => Promise<unknown>])[] = [
    ["the timestamp is gone", ({ data }) => rm(join(data.metadata, "timestamp.json"))],
    ["the snapshot was changed", ({ data }) => writeFile(join(data.metadata, "2.snapshot.json"), "{}")],
    ["a role's file was cut short", ({ data }) => writeFile(join(data.metadata, "1.pages-3f.json"), "{")],
    ["the checkpoint is gone", ({ data }) => rm(join(data.transparencyLog, "checkpoint"))],
    [
      "the log was changed",
      ({ data }) => writeFile(join(data.transparencyLog, "tile/0/000.p/2"), new Uint8Array(64)),
    ],
    ["the log is gone", ({ data }) => rm(data.transparencyLog, { recursive: true })],
    ["everything is gone", ({ data }) => rm(data.editions, { recursive: true })],
  ];

  test.each(damages)(
    "%s: all is made anew, and who knew the old edition takes the new one",
    async (_, damage) => {
      await using newsroom = await published();
      newsroom.site.remove("a");
      await newsroom.publisher.publish();
      const known = newsroom.publisher.current?.trust;
      const before = await answers(newsroom);
      await damage(newsroom);
      const again = await newsroom.restart();
      expect(await again.publisher.check()).toBeDefined();
      expect(await again.publisher.check()).toBeUndefined();
      expect(await answers(again)).toEqual(before);
      expect((await seen(again, known)).version).toBe(3);
    },
  );

  test("the first root is put back at the next start", async () => {
    await using newsroom = await published();
    await rm(join(newsroom.data.metadata, "1.root.json"));
    expect((await seen(await newsroom.restart())).version).toBe(1);
  });

  test("a first root that was changed meanwhile is found and put back", async () => {
    await using newsroom = await published();
    const root = join(newsroom.data.metadata, "1.root.json");
    await writeFile(root, "{}");
    expect(await newsroom.publisher.check()).toMatchObject({ step: "root", file: "metadata/1.root.json" });
    expect(await newsroom.publisher.check()).toBeUndefined();
    expect((await seen(newsroom)).version).toBe(1);
  });

  test("tiles that only the next edition needs are made again when it comes", async () => {
    await using newsroom = await published();
    const known = newsroom.publisher.current?.trust;
    await writeFile(join(newsroom.data.transparencyLog, "tile/0/000.p/1"), new Uint8Array(32));
    newsroom.site.remove("a");
    await newsroom.publisher.publish();
    expect((await seen(newsroom, known)).version).toBe(2);
  });
});
