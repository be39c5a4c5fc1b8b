/** The editions folder on a real disk: names that climb are refused, and a stage that fails stops those after it. */
import { afterAll, describe, expect, test } from "bun:test";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { utf8 } from "../base/bytes.ts";
import { EditionFolder } from "./edition-folder.ts";

const { path: top, remove } = temporaryFolder();
afterAll(remove);

const timestamp = "metadata/timestamp.json";
const stage = (...files: [string, string][]): Map<string, Uint8Array> =>
  new Map(files.map(([name, text]) => [name, utf8(text)]));

test("stages are written in order and read back", async () => {
  const folder = new EditionFolder(join(top, "plain"));
  await folder.write([
    stage(["metadata/1.snapshot.json", "s"], ["log/tile/0/000.p/1", "t"]),
    stage([timestamp, "1"]),
  ]);
  expect(await folder.read("log/tile/0/000.p/1")).toEqual(utf8("t"));
  expect(await folder.list("metadata")).toEqual(["1.snapshot.json", "timestamp.json"]);
  await folder.remove(["metadata/1.snapshot.json", "metadata/never.json"]);
  expect(await folder.list("metadata")).toEqual(["timestamp.json"]);
});

test("a stage that can't be written leaves the timestamp as it was", async () => {
  const folder = new EditionFolder(join(top, "blocked"));
  await folder.write([stage([timestamp, "old"])]);
  const tooLong = `log/${"x".repeat(300)}`;
  const writing = folder.write([stage([tooLong, "c"]), stage([timestamp, "new"])]);
  expect(writing).rejects.toThrow();
  await writing.catch(() => {});
  expect(await folder.read(timestamp)).toEqual(utf8("old"));
});

test("a folder under a file's name, or a file under a folder's, keeps nothing from being written", async () => {
  const folder = new EditionFolder(join(top, "in-the-way"));
  await mkdir(join(top, "in-the-way", timestamp, "full"), { recursive: true });
  await writeFile(join(top, "in-the-way", "log"), "a file where the folder should be");
  await folder.write([stage(["log/tile/0/000", "t"]), stage([timestamp, "new"])]);
  expect(await folder.read("log/tile/0/000")).toEqual(utf8("t"));
  expect(await folder.read(timestamp)).toEqual(utf8("new"));
});

describe("names", () => {
  const folder = new EditionFolder(join(top, "names"));
  const climbing = [
    "../secret",
    "metadata/../../secret",
    "metadata/./timestamp.json",
    "metadata//timestamp.json",
    "/etc/passwd",
    "keys/root.json",
    "metadata/.hidden",
    "metadata/a\0b",
    "",
  ];

  test.each(climbing)("%p is read as missing and not written", async (name) => {
    await mkdir(join(top, "names", "metadata"), { recursive: true });
    await writeFile(join(top, "secret"), "secret");
    expect(await folder.read(name)).toBeUndefined();
    expect(folder.write([stage([name, "x"])])).rejects.toThrow("is not a name in the editions folder");
  });
});

test("of a file that grew beyond all limits only as much is read as shows it", async () => {
  const folder = new EditionFolder(join(top, "long"));
  await folder.write([stage([timestamp, "x"])]);
  await Bun.write(join(top, "long", timestamp), new Uint8Array(17 * 1024 * 1024));
  expect((await folder.read(timestamp))?.length).toBe(16 * 1024 * 1024 + 1);
});
