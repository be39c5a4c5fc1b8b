/** Keys on the disk, and their replacement while edges rely on them. */
import { describe, expect, test } from "bun:test";
import { chmod, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Newsroom, openNewsroom } from "../../test/publishing-fixture.ts";
import { startMs } from "../../test/edition-fixture.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { ManualClock } from "../base/clock.ts";
import { seededRandom } from "../base/random.ts";
import { metadataName } from "../edition/names.ts";
import { pinRoot, type Trust } from "../edition/trust.ts";
import { type Verification, verifyEdition } from "../edition/verify.ts";
import { KeyFiles } from "./key-files.ts";
import type { Contents } from "./press.ts";
import { firstRoot, rotateKeys } from "./roots.ts";

const clock = new ManualClock(startMs);
const random = seededRandom(2011);

async function keyFiles(): Promise<KeyFiles & AsyncDisposable> {
  const { path: folder, remove } = temporaryFolder();
  const files = await KeyFiles.open(join(folder, "keys"));
  await files.create(random, clock);
  return Object.assign(files, { [Symbol.asyncDispose]: remove });
}

describe("key files", () => {
  test("are for their owner only, and come back as they were", async () => {
    await using files = await keyFiles();
    expect((await stat(files.pathOf("root"))).mode & 0o777).toBe(0o600);
    expect((await stat(join(files.pathOf("root"), ".."))).mode & 0o777).toBe(0o700);
    const again = await KeyFiles.open(join(files.pathOf("root"), ".."));
    expect(again.keys()).toEqual(files.keys());
    expect(again.keys("root").map(({ role }) => role)).toEqual(["root", "targets"]);
  });

  test("that others may read are named", async () => {
    await using files = await keyFiles();
    expect(await files.exposed()).toEqual([]);
    await chmod(files.pathOf("online"), 0o640);
    expect(await files.exposed()).toEqual([files.pathOf("online")]);
  });

  test("are not made twice", async () => {
    await using files = await keyFiles();
    expect(files.create(random, clock)).rejects.toThrow("there are keys");
  });

  test.each(["{", '{"type":"kasbah-keys/1","keys":[{"role":"king"}]}', ""])(
    "damaged ones are said to be: %p",
    async (text) => {
      await using files = await keyFiles();
      await writeFile(files.pathOf("online"), text);
      expect(KeyFiles.open(join(files.pathOf("online"), ".."))).rejects.toThrow("is damaged");
    },
  );
});

describe("rotating keys", () => {
  interface Held extends AsyncDisposable {
    readonly files: KeyFiles;
    readonly newsroom: Newsroom;
    readonly edge: (trust?: Trust) => Promise<Verification>;
  }

  async function held(): Promise<Held> {
    const files = await keyFiles();
    const newsroom = await openNewsroom({ keys: files.ring }, firstRoot(files.ring, clock));
    newsroom.site.put({ id: "a", title: "a", tag: "x" });
    await newsroom.publisher.publish();
    const edge = async (trust?: Trust): Promise<Verification> => {
      const root = (await newsroom.folder.read(metadataName("root", 1))) ?? new Uint8Array();
      return await verifyEdition(newsroom.folder.read, trust ?? pinRoot(root));
    };
    const end = async (): Promise<void> => {
      await newsroom[Symbol.asyncDispose]();
      await files[Symbol.asyncDispose]();
    };
    return { files, newsroom, edge, [Symbol.asyncDispose]: end };
  }

  async function rotate({ files, newsroom }: Held, which: "root" | "online"): Promise<number> {
    return await newsroom.publisher.between((press) => rotateKeys(which, { files, press, random, clock }));
  }

  test.each(["online", "root"] as const)("%s: edges follow, old and new ones", async (which) => {
    await using place = await held();
    const before = await place.edge();
    const old = new Set(place.files.keys(which).map(({ seed }) => Buffer.from(seed).toString("hex")));
    expect(await rotate(place, which)).toBe(2);
    expect(await place.edge()).toMatchObject({ ok: true, value: { root: { version: 2 } } });
    expect(await place.edge(before.ok ? before.value.trust : undefined)).toMatchObject({ ok: true });
    const kept = place.files.keys(which).filter(({ seed }) => old.has(Buffer.from(seed).toString("hex")));
    expect(kept.map(({ role }) => role)).toEqual(which === "root" ? ["targets"] : []);
    expect(place.files.keys().some(({ retiring }) => retiring)).toBe(false);

    place.newsroom.site.put({ id: "b", title: "b", tag: "x" });
    await place.newsroom.publisher.publish();
    expect(await place.edge()).toMatchObject({ ok: true, value: { edition: { version: 3 } } });
    expect(await rotate(place, which)).toBe(3);
  });

  test("that was cut off is finished by asking again, and nobody lost the edition meanwhile", async () => {
    await using place = await held();
    const online = await readFile(place.files.pathOf("online"));
    const { files } = place;
    const cut = place.newsroom.publisher.between(async (real) => {
      const press = {
        current: real.current,
        root: real.root,
        publish: (contents: Contents) => real.publish(contents),
        addRoot: () => Promise.reject(new Error("killed")),
      };
      await rotateKeys("online", { files, press, random, clock });
    });
    expect(cut).rejects.toThrow("killed");
    await cut.catch(() => {});
    expect(await readFile(place.files.pathOf("online"))).not.toEqual(online);
    place.newsroom.site.put({ id: "b", title: "b", tag: "x" });
    await place.newsroom.publisher.publish();
    expect(await place.edge()).toMatchObject({ ok: true, value: { root: { version: 1 } } });
    expect(await rotate(place, "online")).toBe(2);
    expect(await place.edge()).toMatchObject({ ok: true, value: { root: { version: 2 } } });
    expect(place.files.keys("online")).toHaveLength(10);
  });

  test("needs the root key, and says where", async () => {
    await using place = await held();
    await rm(place.files.pathOf("root"));
    const files = await KeyFiles.open(join(place.files.pathOf("root"), ".."));
    expect(rotate({ ...place, files }, "online")).rejects.toThrow("the root key is not on this machine");
  });
});
