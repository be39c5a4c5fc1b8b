/** The lock: one instance a data folder, freed the moment its holder dies. */
import { expect, test } from "bun:test";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { OperatorError } from "../base/errors.ts";
import { dataFolder } from "./data-folder.ts";
import { takeLock } from "./lock.ts";

test("a second instance is refused until the first one ends", async () => {
  await using place = await temporaryData();
  const first = takeLock(place.data);
  expect(() => takeLock(place.data)).toThrow(/another Kasbah works on/);
  first[Symbol.dispose]();
  takeLock(place.data)[Symbol.dispose]();
});

test("a holder that is killed leaves no lock behind", async () => {
  await using place = await temporaryData();
  const script = `
    import { takeLock } from ${JSON.stringify(join(import.meta.dir, "lock.ts"))};
    import { dataFolder } from ${JSON.stringify(join(import.meta.dir, "data-folder.ts"))};
    globalThis.lock = takeLock(dataFolder(${JSON.stringify(place.data.root)}));
    console.log("held");
    setInterval(() => {}, 1000);`;
  const holder = Bun.spawn([process.execPath, "-e", script], { stdout: "pipe", stderr: "inherit" });
  await holder.stdout.getReader().read();
  expect(() => takeLock(place.data)).toThrow(OperatorError);
  holder.kill("SIGKILL");
  await holder.exited;
  takeLock(place.data)[Symbol.dispose]();
});

test("a folder that can't be written is said to be so", async () => {
  await using place = await temporaryData();
  await mkdir(place.data.root, { recursive: true });
  await Bun.write(place.data.run, "a file where the folder should be");
  expect(() => takeLock(place.data)).toThrow(/can't write the data folder/);
});

test("a damaged lock is said to be so", async () => {
  await using place = await temporaryData();
  await Bun.write(place.data.lock, "this is no database ".repeat(100));
  expect(() => takeLock(place.data)).toThrow(/is damaged/);
});

async function temporaryData(): Promise<{ data: ReturnType<typeof dataFolder> } & AsyncDisposable> {
  const { path: folder, remove } = temporaryFolder();
  return {
    data: dataFolder(join(folder, "data")),
    [Symbol.asyncDispose]: remove,
  };
}
