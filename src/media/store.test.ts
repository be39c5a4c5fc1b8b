/** What is kept of pictures, and for how long. */
import { dayMs } from "../base/clock.ts";
import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { drawn, openPictures, type PictureStore } from "../../test/pictures.ts";
import { fileName, type Picture } from "./picture.ts";
import { withdrawPictures } from "./rows.ts";
import { Pictures } from "./store.ts";

/** Each picture is cleaned by a process of its own, on a machine that may have other things to do. */
setDefaultTimeout(60_000);

async function add({ pictures }: PictureStore, width = 320): Promise<Picture> {
  const added = await pictures.add(await drawn("jpeg", width), "01AMINA");
  if (added.outcome === "refused") throw new Error(`refused: ${added.reason}`);
  return added.picture;
}

const filesOf = ({ folder }: PictureStore): string[] => readdirSync(folder).sort();

describe("a picture that was taken in", () => {
  test("is its clean files and a row; every file is what the row says", async () => {
    await using store = openPictures();
    const picture = await add(store, 600);
    expect(filesOf(store)).toEqual(picture.variants.map((variant) => fileName(picture.id, variant)).sort());
    for (const variant of picture.variants) {
      expect((await store.pictures.data(picture.id, variant))?.length).toBe(variant.bytes);
    }
    expect(store.pictures.picture(picture.id)).toEqual(picture);
    expect(picture.createdBy).toBe("01AMINA");
  });

  test("whose file was changed on the disk isn't given out", async () => {
    await using store = openPictures();
    const { id, variants } = await add(store);
    const [variant] = variants;
    if (variant === undefined) throw new Error("no variant");
    writeFileSync(join(store.folder, fileName(id, variant)), Buffer.alloc(variant.bytes));
    expect(await store.pictures.data(id, variant)).toBeUndefined();
  });

  test("that was refused leaves nothing", async () => {
    await using store = openPictures();
    const half = (await drawn("jpeg")).subarray(0, 900);
    expect(await store.pictures.add(half, null)).toEqual({ outcome: "refused", reason: "broken" });
    expect(filesOf(store)).toEqual([]);
  });
});

describe("a picture that no text shows", () => {
  test("goes after a week, not before", async () => {
    await using store = openPictures();
    const { id } = await add(store);
    await store.pictures.sweep();
    store.clock.advance(7 * dayMs - 1);
    await store.pictures.sweep();
    expect(store.pictures.picture(id)).toBeDefined();
    store.clock.advance(dayMs);
    await store.pictures.sweep();
    expect(store.pictures.picture(id)).toBeUndefined();
    expect(filesOf(store)).toEqual([]);
  });

  test("stays for ever once a revision shows it", async () => {
    await using store = openPictures({ isUsed: () => true });
    const { id } = await add(store);
    store.clock.advance(400 * dayMs);
    await store.pictures.sweep();
    expect(store.pictures.picture(id)).toBeDefined();
  });
});

describe("withdrawn", () => {
  test("it is gone with its files, and the same picture isn't taken in again", async () => {
    await using store = openPictures();
    const { id } = await add(store);
    const other = await add(store, 321);
    withdrawPictures(store.options.database, [id], () => false);
    expect(store.pictures.picture(id)).toBeUndefined();
    await store.pictures.sweep();
    expect(filesOf(store).every((name) => name.startsWith(other.id))).toBe(true);
    const again = await store.pictures.add(await drawn("jpeg", 320), null);
    expect(again).toEqual({ outcome: "refused", reason: "withdrawn" });
  });

  test("its copies go too, unless a published text shows one: then the picture isn't forbidden", async () => {
    await using store = openPictures();
    const [first, draft, shown] = [await add(store), await add(store), await add(store)];
    withdrawPictures(store.options.database, [first.id], (id) => id === shown.id);
    expect(store.pictures.picture(draft.id)).toBeUndefined();
    expect(store.pictures.picture(shown.id)).toBeDefined();
    expect((await add(store)).variants).toEqual(shown.variants);
  });
});

test("what a kill cut off is erased when the newsroom is opened again", async () => {
  await using store = openPictures();
  const picture = await add(store);
  const [variant] = picture.variants;
  if (variant === undefined) throw new Error("no variant");
  // As a kill between the files and the row leaves it.
  const cutOff = "01J9Z3K5Q8R2T4V6X8Z0B2D4F6";
  store.options.database.query("INSERT INTO picture_erasure VALUES (?)").run(cutOff);
  writeFileSync(join(store.folder, fileName(cutOff, variant)), "half");
  writeFileSync(join(store.folder, `${fileName(cutOff, variant)}.a1b2c3.new`), "ha");
  await new Pictures(store.options).sweep();
  expect(filesOf(store)).toEqual(picture.variants.map((each) => fileName(picture.id, each)).sort());
});
