/** The commands of publishing as processes of their own: what they print, what they return, and that a folder alone proves an edition. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { existsSync, mkdtempSync } from "node:fs";
import { cp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { openDatabase } from "../store/database.ts";
import { contentOf } from "../../test/model/model.ts";
import { systemClock } from "../base/clock.ts";
import { systemRandom } from "../base/random.ts";
import { dataFolder } from "../config/data-folder.ts";
import { migrations } from "../newsroom/features.ts";
import { createPieces } from "../pieces/store.ts";

const root = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "kasbah-cli-"));
const data = dataFolder(join(root, "data"));
const titles = ["Une marche", "Un débat"];
let paths: string[] = [];

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

async function kasbah(...args: string[]): Promise<Outcome> {
  const command = [process.execPath, join(import.meta.dir, "main.ts"), "--data", data.root, ...args];
  const child = Bun.spawn(command, { stdout: "pipe", stderr: "pipe" });
  const [out, error, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { code, out, error };
}

function json<T>(schema: z.ZodType<T>, { out }: Outcome): T {
  return schema.parse(JSON.parse(out));
}

/** Stores two stories as an editor would have. */
function store(): string[] {
  using database = openDatabase(data.newsroomDatabase, migrations);
  const pieces = createPieces(database, { clock: systemClock, random: systemRandom, timeZone: "UTC" });
  return titles.map((title) => {
    const { piece } = pieces.addPiece({ site: "portal", kind: "story" });
    const { text } = pieces.addText({
      pieceId: piece.id,
      language: "fr",
      content: contentOf(title),
      workflow: "ready",
    });
    const step = pieces.publish(text.id);
    return step.outcome === "done" ? (step.text.path ?? "") : "";
  });
}

beforeAll(async () => {
  paths = store();
  expect(await kasbah("publish")).toMatchObject({ code: 0, error: "" });
});
afterAll(() => rm(root, { recursive: true }));

test("publish says what there is, and that nothing changed the second time", async () => {
  const { out, code } = await kasbah("publish");
  expect(out).toMatch(/^edition 1: \d+ pages, [\d.]+ kB; nothing has changed\n$/);
  expect(code).toBe(0);
});

describe("editions", () => {
  const facts = z.object({
    version: z.number(),
    pages: z.number(),
    log_index: z.number(),
    stale: z.boolean(),
  });

  test("list", async () => {
    const listed = json(z.array(facts), await kasbah("editions", "list", "--json"));
    expect(listed).toMatchObject([{ version: 1, log_index: 0, stale: false }]);
    expect((await kasbah("editions", "list")).out).toContain("log entry 0");
  });

  test("show", async () => {
    const target = z.object({ site: z.string(), path: z.string(), status: z.number() });
    const shown = json(
      facts.extend({ targets: z.array(target) }),
      await kasbah("editions", "show", "1", "--json"),
    );
    expect(shown.targets).toContainEqual({ site: "portal", path: paths[0] ?? "", status: 200 });
    expect((await kasbah("editions", "show")).out).toContain(`200  portal  ${paths[0]}`);
  });

  test("verify needs nothing but the folder and a root", async () => {
    const folder = dataFolder(join(root, "copied"));
    await cp(data.editions, folder.editions, { recursive: true });
    const command = [
      process.execPath,
      join(import.meta.dir, "main.ts"),
      "--data",
      folder.root,
      "editions",
      "verify",
    ];
    const pinned = Bun.spawn([...command, "--root", join(data.metadata, "1.root.json")], {
      stdout: "pipe",
    });
    expect(await new Response(pinned.stdout).text()).toContain("0 damaged, 0 missing");
    expect(await pinned.exited).toBe(0);
  });

  test("verify names what was changed by hand", async () => {
    const blob = z.object({ targets: z.array(z.object({ path: z.string(), sha256: z.string() })) });
    const { targets } = json(blob, await kasbah("editions", "show", "--json"));
    const sha256 = targets.find(({ path }) => path === paths[1])?.sha256 ?? "";
    const file = join(data.blobs, sha256.slice(0, 2), sha256);
    const whole = await Bun.file(file).bytes();
    await writeFile(file, "defaced");
    const { code, out, error } = await kasbah("editions", "verify");
    await writeFile(file, whole);
    expect([code, out.includes(`portal ${paths[1]}`)]).toEqual([1, true]);
    expect(error).toStartWith("kasbah: edition 1: 1 pages damaged, 0 missing; ");
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
    const { code, error } = await kasbah(...args);
    expect(error).toContain(message);
    expect([code, error.split("\n").length]).toEqual([2, 2]);
  });

  test("a damaged edition does not verify, and publishing makes it anew", async () => {
    await writeFile(join(data.metadata, "1.snapshot.json"), "{}");
    const { code, error } = await kasbah("editions", "verify");
    expect([code, error]).toEqual([
      1,
      expect.stringContaining("does not verify (snapshot): metadata/1.snapshot.json"),
    ]);
    expect((await kasbah("publish")).out).toContain("edition 2");
    expect((await kasbah("editions", "verify")).code).toBe(0);
  });
});

test("withdraw and rollback say what they did", async () => {
  const { out } = await kasbah("withdraw", `http://localhost:8080${paths[0]}`);
  expect(out.split("\n").slice(0, 2)).toEqual([`withdrawn: ${paths[0]}`, `withdrawn: ${paths[0]}/text`]);
  expect((await kasbah("withdraw", paths[0] ?? "")).out).toContain("it was withdrawn before");
  const rolledBack = await kasbah("editions", "rollback", "2");
  expect(rolledBack.out).toContain("these are the pages of edition 2, less what was withdrawn since");
  expect((await kasbah("editions", "show")).out).toContain(`410  portal  ${paths[0]}`);
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
  const before = json(keys, await kasbah("keys", "list", "--json"));
  expect(before.root_version).toBe(1);
  const after = json(keys, await kasbah("keys", "rotate", "--json"));
  expect(after.root_version).toBe(2);
  const ids = new Set(before.keys.map(({ id }) => id));
  expect(after.keys.filter(({ id }) => ids.has(id)).map(({ role }) => role)).toEqual(["root", "targets"]);
  expect((await kasbah("editions", "verify")).out).toContain("root 2");
});
