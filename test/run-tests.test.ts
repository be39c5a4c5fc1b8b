/** The test runner's own count: nothing that failed may get lost. */
import { expect, test } from "bun:test";
import { join } from "node:path";
import { runTests } from "./run-tests.ts";
import { lineOf } from "./tally.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const head = 'import { describe, expect, test } from "bun:test";\n';

const silent = (): void => {};

test.each([
  ["what passes", ['test("a", () => {});', 'test("b", () => {});'], "2 passed, 0 failed"],
  ["what fails", ['test("a", () => {});', 'test("b", () => { expect(1).toBe(2); });'], "1 passed, 1 failed"],
  [
    "what is skipped",
    ['describe("a & b", () => { test.skip("<c>", () => {}); test.todo("d"); });'],
    "0 passed, 0 failed, 2 skipped",
  ],
  [
    "a file that does not load",
    ['throw new Error("at once");', 'test("b", () => {});'],
    "1 passed, 1 failed",
  ],
  [
    "one that does not load beside one that fails",
    ['throw new Error("at once");', 'test("b", () => { throw new Error("later"); });'],
    "0 passed, 2 failed",
  ],
  ["a run that dies", ['test("a", () => { process.kill(process.pid, "SIGKILL"); });'], "0 passed, 1 failed"],
])("counts %s", async (_, files, line) => {
  await using folder = temporaryFolder();
  await Promise.all(files.map((text, at) => Bun.write(join(folder.path, `${at}.test.ts`), head + text)));
  const tally = await runTests([], folder.path, silent);
  expect(lineOf(tally)).toBe(line);
});

test("keeps what was printed of what failed, and of nothing else", async () => {
  await using folder = temporaryFolder();
  const files = [
    'test("a", () => {});',
    'test("b", () => { expect("this").toBe("that"); });',
    'throw new Error("at once");',
    // After so many Bun sums up.
    "for (let at = 0; at < 100; at += 1) test(`${at}`, () => {});",
  ];
  await Promise.all(files.map((text, at) => Bun.write(join(folder.path, `${at}.test.ts`), head + text)));
  const { failures } = await runTests([], folder.path, silent);
  expect(failures).toHaveLength(2);
  expect(failures[0]).toMatch(/^1\.test\.ts:[^]*Received: "this"[^]*\(fail\) b/);
  expect(failures[1]).toMatch(/^2\.test\.ts:[^]*at once/);
});

test("names what is skipped", async () => {
  await using folder = temporaryFolder();
  await Bun.write(
    join(folder.path, "a.test.ts"),
    `${head}describe("a & b", () => { test.skip("<c>", () => {}); });`,
  );
  const { skipped } = await runTests([], folder.path, silent);
  expect(skipped).toEqual(["a & b > <c>"]);
});

test.each([
  ["a file", "attacks/a.test.ts", "1 passed, 0 failed"],
  ["a folder", "attacks", "1 passed, 0 failed"],
  ["a part of names", "a.test", "2 passed, 0 failed"],
])("runs %s and nothing that is called alike elsewhere", async (_, path, line) => {
  await using folder = temporaryFolder();
  const files = ["attacks/a.test.ts", "test/attacks/a.test.ts"];
  await Promise.all(files.map((file) => Bun.write(join(folder.path, file), `${head}test("a", () => {});`)));
  expect(lineOf(await runTests([path], folder.path, silent))).toBe(line);
});
