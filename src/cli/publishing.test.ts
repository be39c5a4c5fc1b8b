/** The commands of publishing as processes of their own: what they print, what they return, and that a folder alone proves an edition. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { openDatabase } from "../store/database.ts";
import { publishStory } from "../../test/model/model.ts";
import { kasbah, type Ran } from "../../test/cli.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { systemClock } from "../base/clock.ts";
import { systemRandom } from "../base/random.ts";
import { dataFolder } from "../config/data-folder.ts";
import { migrations } from "../newsroom/features.ts";
import { createPieces } from "../pieces/store.ts";

const { path: top, remove } = temporaryFolder("memory");
const data = dataFolder(join(top, "data"));
const titles = ["Une marche", "Un débat"];
let paths: string[] = [];

/** On the data folder of these tests. */
const run = (...args: readonly string[]): Promise<Ran> => kasbah("--data", data.root, ...args);

function json<T>(schema: z.ZodType<T>, { stdout }: Ran): T {
  return schema.parse(JSON.parse(stdout));
}

/** Stores two stories as an editor would have. */
function store(): string[] {
  using database = openDatabase(data.newsroomDatabase, migrations);
  const pieces = createPieces(database, { clock: systemClock, random: systemRandom, timeZone: "UTC" });
  return titles.map((title) => publishStory(pieces, title));
}

beforeAll(async () => {
  paths = store();
  expect(await run("publish")).toMatchObject({ exitCode: 0, stderr: "" });
});
afterAll(remove);

test("publish says what there is, and that nothing changed the second time", async () => {
  const { stdout, exitCode } = await run("publish");
  expect(stdout).toMatch(/^edition 1: \d+ pages, [\d.]+ kB; nothing has changed\n$/);
  expect(exitCode).toBe(0);
});

describe("editions", () => {
  const facts = z.object({
    version: z.number(),
    pages: z.number(),
    log_index: z.number(),
    stale: z.boolean(),
  });

  test("list", async () => {
    const listed = json(z.array(facts), await run("editions", "list", "--json"));
    expect(listed).toMatchObject([{ version: 1, log_index: 0, stale: false }]);
    expect((await run("editions", "list")).stdout).toContain("log entry 0");
  });

  test("whoever has read enough of them is no fault", async () => {
    const show = [
      process.execPath,
      join(import.meta.dir, "main.ts"),
      "--data",
      data.root,
      "editions",
      "show",
    ];
    const piped = Bun.spawn(["sh", "-c", '"$@" | true', "sh", ...show], { stdout: "ignore", stderr: "pipe" });
    expect(await new Response(piped.stderr).text()).toBe("");
  });

  test("show", async () => {
    const target = z.object({ site: z.string(), path: z.string(), status: z.number() });
    const shown = json(
      facts.extend({ targets: z.array(target) }),
      await run("editions", "show", "1", "--json"),
    );
    expect(shown.targets).toContainEqual({ site: "portal", path: paths[0] ?? "", status: 200 });
    expect((await run("editions", "show")).stdout).toContain(`200  portal  ${paths[0]}`);
  });

  test("verify needs nothing but the folder and a root", async () => {
    const folder = dataFolder(join(top, "copied"));
    await cp(data.editions, folder.editions, { recursive: true });
    const root = join(data.metadata, "1.root.json");
    const { exitCode, stdout } = await kasbah("--data", folder.root, "editions", "verify", "--root", root);
    expect(stdout).toContain("0 damaged, 0 missing");
    expect(exitCode).toBe(0);
  });

  test("verify names what was changed by hand", async () => {
    const blob = z.object({ targets: z.array(z.object({ path: z.string(), sha256: z.string() })) });
    const { targets } = json(blob, await run("editions", "show", "--json"));
    const sha256 = targets.find(({ path }) => path === paths[1])?.sha256 ?? "";
    const file = join(data.blobs, sha256.slice(0, 2), sha256);
    const whole = await Bun.file(file).bytes();
    await writeFile(file, "defaced");
    const { exitCode, stdout, stderr } = await run("editions", "verify");
    await writeFile(file, whole);
    expect([exitCode, stdout.includes(`portal ${paths[1]}`)]).toEqual([1, true]);
    expect(stderr).toStartWith("kasbah: edition 1: 1 page damaged, 0 missing; ");
  });

  test.each([
    [["editions", "verify", "9"], "there is no edition 9"],
    [["editions", "rollback", "9"], "there is no edition 9"],
    [["editions", "show", "zero"], '"zero" is not a number'],
    [["editions", "verify", "--root", "nowhere.json"], "there is no file nowhere.json"],
    [["withdraw", "/fr/nothing"], "nothing is published at /fr/nothing"],
    [["keys", "new"], "there are keys"],
    [["keys", "rotate", "--which", "all"], "Allowed choices are online, root"],
  ])("%p: one line, exit code 2", async (args, message) => {
    const { exitCode, stderr } = await run(...args);
    expect(stderr).toContain(message);
    expect([exitCode, stderr.split("\n").length]).toEqual([2, 2]);
  });

  test("a damaged edition does not verify, and publishing makes it anew", async () => {
    await writeFile(join(data.metadata, "1.snapshot.json"), "{}");
    const { exitCode, stderr } = await run("editions", "verify");
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining("does not verify (snapshot): metadata/1.snapshot.json"),
    ]);
    expect((await run("publish")).stdout).toContain("edition 2");
    expect((await run("editions", "verify")).exitCode).toBe(0);
  });
});

test("withdraw and rollback say what they did", async () => {
  const { stdout } = await run("withdraw", `http://localhost:8080${paths[0]}`);
  expect(stdout.split("\n").slice(0, 2)).toEqual([`withdrawn: ${paths[0]}`, `withdrawn: ${paths[0]}/text`]);
  expect((await run("withdraw", paths[0] ?? "")).stdout).toContain("it was withdrawn before");
  const rolledBack = await run("editions", "rollback", "2");
  expect(rolledBack.stdout).toContain("these are the pages of edition 2, less what was withdrawn since");
  expect((await run("editions", "show")).stdout).toContain(`410  portal  ${paths[0]}`);
});

test("keys are listed without their secrets, and rotated", async () => {
  const keys = z.object({
    root_version: z.number(),
    keys: z.array(
      z.strictObject({
        role: z.string(),
        id: z.string(),
        file: z.string(),
        created_at: z.string(),
        retiring: z.boolean(),
      }),
    ),
  });
  const before = json(keys, await run("keys", "list", "--json"));
  expect(before.root_version).toBe(1);
  const after = json(keys, await run("keys", "rotate", "--json"));
  expect(after.root_version).toBe(2);
  const ids = new Set(before.keys.map(({ id }) => id));
  expect(after.keys.filter(({ id }) => ids.has(id)).map(({ role }) => role)).toEqual(["root", "targets"]);
  expect((await run("editions", "verify")).stdout).toContain("root 2");
});
