// The commands as people type them, without anything running and without a terminal.
import { expect, test } from "bun:test";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { kasbah } from "../../test/cli.ts";
import { startLivingOrigin } from "../../test/living-origin.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";

async function place(url: string) {
  const folder = temporaryFolder("memory");
  const config = join(folder.path, "kasbah.toml");
  await writeFile(config, `[origin]\nurl = "${url}"\ncrawl_rate = 1000\n`);
  const options = ["--data", join(folder.path, "data"), "--config", config];
  return {
    run: (...words: readonly string[]) => kasbah(...words, ...options),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

test("a snapshot is shown with how to approve it, then approved without loading anything again", async () => {
  await using living = startLivingOrigin();
  await using where = await place(living.url);
  const shown = await where.run("snapshot");
  expect(shown).toMatchObject({ exitCode: 0 });
  expect(shown.stdout).toContain("kasbah snapshot --yes");
  expect(shown.stdout).toContain("12 pages");
  const loads = living.asked.length;
  const signed = await where.run("snapshot", "--yes", "--json");
  expect(JSON.parse(signed.stdout)).toMatchObject({ state: "approved", pages: 12, suspicious: [] });
  expect(living.asked.length).toBe(loads);
  const state = await where.run("origin");
  expect(state.stdout).toContain("12 pages");
  expect(state.stdout).toContain("nothing is asked");
}, 20_000);

test.each([
  [["snapshot"], 'url = ""', "no site is protected"],
  [["origin", "accept"], "", "there is no newsroom|no baseline"],
  [["origin", "release"], "", "no Kasbah runs"],
  [["origin", "working", "soon"], "", "is not a duration"],
  [["origin", "purge"], "", "one of an address"],
  [["origin", "nonsense"], "", "nonsense"],
])("%p that can't be done is one line and exit code 1 or 2", async (words, origin, message) => {
  await using where = await place(origin === "" ? "http://127.0.0.1:9" : "");
  const ran = await where.run(...words);
  expect([1, 2]).toContain(ran.exitCode);
  expect(ran.stderr).toMatch(new RegExp(message));
  expect(ran.stderr.trim().split("\n").length).toBeLessThanOrEqual(2);
});
