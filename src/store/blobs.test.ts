/** The blob store on a real disk: idempotent, verified, and not to be led astray. */
import { afterAll, expect, test } from "bun:test";
import { symlinkSync } from "node:fs";
import { mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { type Sha256, sha256, utf8 } from "../base/bytes.ts";
import { limits } from "../edition/limits.ts";
import { BlobStore, blobBytesMax } from "./blobs.ts";

const { path: folder, remove } = temporaryFolder();
afterAll(remove);

let stores = 0;
function emptyStore(): { blobs: BlobStore; path: (name: Sha256) => string } {
  const own = join(folder, String((stores += 1)));
  return { blobs: new BlobStore(own), path: (name) => join(own, name.slice(0, 2), name) };
}

function named(...texts: string[]): Map<Sha256, Uint8Array> {
  return new Map(texts.map((text) => [sha256(text), utf8(text)]));
}

const hello = sha256("hello");

test("what was put comes back; putting it again writes nothing", async () => {
  const { blobs, path } = emptyStore();
  await blobs.put(named("hello", "world"));
  const before = await stat(path(hello));
  await blobs.put(named("hello"));
  expect((await stat(path(hello))).ino).toBe(before.ino);
  expect(await blobs.get(hello)).toEqual({ state: "whole", data: utf8("hello") });
  expect(await Array.fromAsync(blobs.list())).toEqual([hello, sha256("world")].sort());
});

test("a blob that was changed by hand never comes out, and putting it again puts it right", async () => {
  const { blobs, path } = emptyStore();
  await blobs.put(named("hello"));
  await writeFile(path(hello), "HELLO");
  expect(await blobs.get(hello)).toEqual({ state: "damaged" });
  await writeFile(path(hello), "hello and more");
  expect(await blobs.get(hello, 5)).toEqual({ state: "damaged" });
  await blobs.put(named("hello"));
  expect((await blobs.get(hello)).state).toBe("whole");
});

test("a link, a folder or a pipe in its place is no blob", async () => {
  const { blobs, path } = emptyStore();
  await blobs.put(named("hello"));
  const elsewhere = join(folder, "elsewhere");
  await writeFile(elsewhere, "hello");
  await rm(path(hello));
  symlinkSync(elsewhere, path(hello));
  expect(await blobs.get(hello)).toEqual({ state: "missing" });
  await rm(path(hello));
  await mkdir(path(hello));
  expect(await blobs.get(hello)).toEqual({ state: "missing" });
  await rm(path(hello), { recursive: true });
  expect(Bun.spawnSync(["mkfifo", path(hello)]).exitCode).toBe(0);
  expect(await blobs.get(hello)).toEqual({ state: "missing" });
});

test("a blob under another's name is refused", async () => {
  const { blobs } = emptyStore();
  expect(blobs.put(new Map([[hello, utf8("world")]]))).rejects.toThrow("is not the name of this blob");
});

test("what is erased is gone; erasing it again is no error", async () => {
  const { blobs } = emptyStore();
  await blobs.put(named("hello"));
  await blobs.erase([hello]);
  await blobs.erase([hello]);
  expect(await blobs.get(hello)).toEqual({ state: "missing" });
});

test("what a killed writer left is not listed, and is tidied away", async () => {
  const { blobs, path } = emptyStore();
  await blobs.put(named("hello"));
  await writeFile(`${path(hello)}.0123.new`, "hel");
  expect(await Array.fromAsync(blobs.list())).toEqual([hello]);
  await blobs.tidy();
  expect(await readdir(join(path(hello), ".."))).toEqual([hello]);
});

test("whatever stands in a blob's place, putting it again puts it right", async () => {
  const { blobs, path } = emptyStore();
  await mkdir(join(path(hello), "full"), { recursive: true });
  await blobs.put(named("hello"));
  expect((await blobs.get(hello)).state).toBe("whole");
  await rm(dirname(path(hello)), { recursive: true });
  await writeFile(dirname(path(hello)), "a file where the folder should be");
  await blobs.put(named("hello"));
  expect((await blobs.get(hello)).state).toBe("whole");
});

test("a blob may be as long as an edition allows a page to be", () => {
  expect(blobBytesMax).toBe(limits.blobBytes);
});
