/** `kasbah people` as a process of its own, while nothing runs: what it prints, and what it answers to bad input. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import { z } from "zod";
import { kasbah, type Ran } from "../../test/cli.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { systemClock } from "../base/clock.ts";
import { systemRandom } from "../base/random.ts";
import { dataFolder } from "../config/data-folder.ts";
import { migrations } from "../newsroom/features.ts";
import { createPeople } from "../people/store.ts";
import { openDatabase } from "../store/database.ts";

const { path: top, remove } = temporaryFolder("memory");
const data = dataFolder(join(top, "data"));
const linkSchema = z.object({ url: z.string(), expires_at: z.iso.datetime() });
const run = (...args: readonly string[]): Promise<Ran> => kasbah("--data", data.root, "people", ...args);

/** Two stewards, since the last one can't be let go; two editors with one name. */
beforeAll(() => {
  using database = openDatabase(data.newsroomDatabase, migrations);
  const people = createPeople(database, { clock: systemClock, random: systemRandom });
  for (const name of ["Amina", "Idir", "Sara", "Sara"]) {
    const role = name === "Sara" ? "editor" : "steward";
    people.grant({ account: people.addAccount(name).id, role, site: null, section: null });
  }
});
afterAll(remove);

test("invite prints a link and until when it works", async () => {
  const { stdout, exitCode } = await run("invite", "Nadia", "--role", "editor", "--site", "blog", "--json");
  const { url } = linkSchema.parse(JSON.parse(stdout));
  expect([exitCode, url]).toEqual([
    0,
    expect.stringMatching(/^http:\/\/localhost:8090\/invitation\/[\w-]{43}$/),
  ]);
  const plain = await run("invite", "Idir", "--again");
  expect(plain.stdout).toMatch(
    /^http:\/\/localhost:8090\/invitation\/[\w-]{43}\nworks once, until .* UTC\n$/,
  );
  expect((await run("list")).stdout).toMatch(/Nadia {2,}editor of blog {2,}invited, until/);
});

test("revoke lets go once, and not the last steward", async () => {
  expect(await run("revoke", "Amina")).toMatchObject({
    exitCode: 0,
    stdout: "Amina may do nothing here any more; what they wrote stays\n",
  });
  expect(await run("revoke", "Amina")).toMatchObject({ exitCode: 2 });
  const last = await run("revoke", "Idir");
  expect([last.exitCode, last.stderr]).toEqual([2, expect.stringContaining("this is the last steward")]);
  expect((await run("list")).stdout).toMatch(/Amina .*let go on/);
});

test.each([
  [["invite", "Nora"], "what they may do is missing"],
  [["invite", "Nora", "--role", "king"], "Allowed choices are contributor, editor, moderator, steward"],
  [["invite", "Nora", "--role", "editor", "--site", "wiki"], 'there is no site "wiki"'],
  [["invite", "Nora", "--role", "editor", "--section", "rif"], "a section needs its site"],
  [
    ["invite", "Nora", "--role", "editor", "--site", "blog", "--section", "rif"],
    'no section "rif" on the blog',
  ],
  [["invite", "Sara", "--role", "editor"], "has that name"],
  [["invite", " ", "--role", "editor"], "is no name"],
  [["invite", "Nobody", "--again"], 'nobody here is called "Nobody"'],
  [["invite", "Sara", "--again", "--role", "editor"], "cannot be used with"],
  [["revoke", "Sara"], "is the name of 2 people"],
  [["revoke"], "missing required argument"],
])("%p is answered with one line", async (args, said) => {
  const { exitCode, stderr, stdout } = await run(...args);
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(said);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});
