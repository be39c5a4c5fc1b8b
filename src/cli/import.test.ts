/** `kasbah import` as people call it: what they read, what they get back, and what a second call does. */
import { afterAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { kasbah } from "../../test/cli.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { ManualClock } from "../base/clock.ts";
import { ProgressLine } from "./progress.ts";

const { path: root, remove } = temporaryFolder();
const fixture = join(import.meta.dir, "../../test/fixtures/wxr/newsroom.xml");
afterAll(remove);

describe("where nothing runs", () => {
  const data = join(root, "data");

  test("it brings in what is there, publishes it, and says so item by item", async () => {
    const { exitCode, stdout, stderr } = await kasbah("import", fixture, "--data", data);
    expect([exitCode, stderr]).toEqual([0, ""]);
    const lines = stdout.split("\n");
    expect(lines[0]).toMatch(/^added +story +La criée rouvre enfin +comments left out: 2; /);
    expect(lines).toContainEqual(
      expect.stringMatching(/^left out +menu item +Accueil +menus are not built yet$/),
    );
    expect(stdout).toMatch(
      /\n\nnewsroom.xml → portal: 11 added, 5 left out\nadded: 9 stories, 1 brief, 1 page, .*\nedition 1: \d+ pages, .*\n$/,
    );
  });

  test("a second time it adds nothing", async () => {
    const { exitCode, stdout } = await kasbah("import", fixture, "--data", data, "--json");
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      taken: {},
      outcomes: { unchanged: 11, "left out": 5 },
      publication: { changed: 0, edition: { version: 1 } },
    });
  });

  test.each([
    [["import"], /missing required argument/],
    [["import", "nowhere.xml"], /there is no file .*nowhere\.xml; check the path/],
    [["import", fixture, "--site", "shop"], /there is no site "shop"; choose portal or blog/],
    [["import", fixture, "--language", "kab"], /"kab" is not a language .*; choose one of ar, /],
    [["import", import.meta.path], /import\.test\.ts is not XML; /],
  ])("%p is refused in one line", async (args, words) => {
    const { exitCode, stdout, stderr } = await kasbah(...args, "--data", data);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(words);
    expect(stderr.trimEnd()).not.toContain("\n");
  });
});

describe("progress", () => {
  function written(isTTY: boolean, work: (line: ProgressLine, clock: ManualClock) => void): string {
    const clock = new ManualClock(0);
    let text = "";
    const stream = { isTTY, write: (chunk: string | Uint8Array) => ((text += String(chunk)), true) };
    {
      using line = new ProgressLine(stream, clock);
      work(line, clock);
    }
    return text;
  }

  test("is one line that changes on a terminal, and is gone in the end", () => {
    expect(written(true, (line) => ["1 %", "2 %"].forEach((words) => line.show(words)))).toBe(
      "\r\u001b[K1 %\r\u001b[K2 %\r\u001b[K",
    );
  });

  test("is a plain line now and then elsewhere", () => {
    const text = written(false, (line, clock) => {
      for (let second = 1; second <= 11; second += 1) {
        clock.advance(1_000);
        line.show(`${second} s`);
      }
    });
    expect(text).toBe("5 s\n10 s\n");
  });
});
