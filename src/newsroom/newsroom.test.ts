/** The newsroom with the real site: from a stored text to the edition, on the bus and without it. */
import { describe, expect, test } from "bun:test";
import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { contentOf, publishStory } from "../../test/model/model.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { ManualClock } from "../base/clock.ts";
import { createLog, type Log, silentLog } from "../base/log.ts";
import type { RoleContext } from "../bus/role.ts";
import { startHub } from "../bus/hub.ts";
import { connectBus } from "../bus/local.ts";
import { type DataFolder, dataFolder } from "../config/data-folder.ts";
import { takeLock } from "../config/lock.ts";
import { defaultConfig } from "../config/load.ts";
import type { Target } from "../edition/target.ts";
import { openNewsroom } from "./newsroom.ts";
import type { Newsroom } from "./parts.ts";
import { startNewsroom } from "./role.ts";
import { Routine } from "./routine.ts";

const startMs = Date.parse("2011-07-31T14:05:09Z");
const config = defaultConfig();

interface Place extends AsyncDisposable {
  readonly data: DataFolder;
  readonly clock: ManualClock;
  open(log?: Log): Promise<Newsroom>;
}

function place(): Place {
  const { path: root, remove } = temporaryFolder("memory");
  const data = dataFolder(root);
  const clock = new ManualClock(startMs);
  const wait = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await Promise.resolve();
  };
  return {
    data,
    clock,
    open: (log = silentLog) => openNewsroom({ config, data, clock, wait, log, onPublished: () => {} }),
    [Symbol.asyncDispose]: remove,
  };
}

function targetAt(newsroom: Newsroom, path: string): Target | undefined {
  const targets = [...(newsroom.publisher.current?.edition.targets.values() ?? [])];
  return targets.find((target) => target.site === "portal" && target.path === path);
}

type Ask = { url: string };
const withdraw = async (newsroom: Newsroom, ask: Ask): Promise<string[]> =>
  (await newsroom.operations["newsroom.withdraw"]?.(ask))?.withdrawn ?? [];

test("a published text is in the edition, its front page too", async () => {
  await using where = place();
  await using newsroom = await where.open();
  await newsroom.operations["newsroom.publish"]?.({});
  const front = targetAt(newsroom, "/fr/")?.sha256;
  const path = publishStory(newsroom.pieces, "Une marche");
  const publication = await newsroom.operations["newsroom.publish"]?.({});
  expect(publication?.edition?.version).toBe(2);
  expect(targetAt(newsroom, path)?.status).toBe(200);
  expect(targetAt(newsroom, `${path}/text`)?.status).toBe(200);
  expect(targetAt(newsroom, "/fr/")?.sha256).not.toBe(front);
});

describe("withdrawing", () => {
  test.each([
    ["its address", (path: string) => `http://localhost:8080${path}`],
    ["its path", (path: string) => path],
    ["its text form, by address", (path: string) => `http://127.0.0.1:8080${path}/text?x#y`],
  ])("by %s: text and text form are gone, for good", async (_, spell) => {
    await using where = place();
    await using newsroom = await where.open();
    const path = publishStory(newsroom.pieces, "Une marche");
    const other = publishStory(newsroom.pieces, "Un débat");
    await newsroom.publisher.publish();
    expect((await withdraw(newsroom, { url: spell(path) })).toSorted()).toEqual([path, `${path}/text`]);
    expect([targetAt(newsroom, path)?.status, targetAt(newsroom, `${path}/text`)?.status]).toEqual([
      410, 410,
    ]);
    expect(targetAt(newsroom, other)?.status).toBe(200);
    await newsroom.operations["newsroom.rollback"]?.({ version: 1 });
    expect(targetAt(newsroom, path)?.status).toBe(410);
    expect(newsroom.pieces.textAt("portal", path)?.publication).toBe("withdrawn");
  });

  test("by an address that the text once had", async () => {
    await using where = place();
    await using newsroom = await where.open();
    const old = publishStory(newsroom.pieces, "Une marche");
    const text = newsroom.pieces.textAt("portal", old);
    newsroom.pieces.changeSlug(text?.id ?? "", "corrige");
    await newsroom.publisher.publish();
    expect(targetAt(newsroom, old)?.status).toBe(301);
    const withdrawn = await withdraw(newsroom, { url: old });
    expect(withdrawn).toContain(old);
    expect(withdrawn).toContain(newsroom.pieces.text(text?.id ?? "")?.path ?? "");
    await newsroom.publisher.rollback(1);
    expect(targetAt(newsroom, old)?.status).toBe(410);
  });

  test.each([
    ["/fr/2011/07/jamais", "nothing is published at /fr/2011/07/jamais (portal)"],
    ["https://elsewhere.example/fr/", "elsewhere.example is none of this site's hosts"],
    ["marche", '"marche" is no address'],
    ["javascript:alert(1)", "is no address"],
    ["/_kasbah/health", "is no public page"],
    ["/fr/", "/fr/ is no text, and what is withdrawn never comes back"],
    ["/feed.xml", "/feed.xml is no text"],
  ])("%s is refused as a wrong question", async (url, message) => {
    await using where = place();
    await using newsroom = await where.open();
    await newsroom.publisher.publish();
    expect(withdraw(newsroom, { url })).rejects.toMatchObject({
      message: expect.stringContaining(message),
      exitCode: 2,
    });
  });
});

describe("the routine", () => {
  test("publishes what was scheduled when its time comes", async () => {
    await using where = place();
    await using newsroom = await where.open();
    const { piece } = newsroom.pieces.addPiece({ site: "portal", kind: "story" });
    const content = contentOf("Plus tard");
    const { text } = newsroom.pieces.addText({
      pieceId: piece.id,
      language: "fr",
      content,
      workflow: "ready",
    });
    newsroom.pieces.schedule(text.id, "2011-07-31T15:00:00Z");
    await newsroom.publisher.publish();
    const routine = new Routine(newsroom, () => {});
    await routine.round();
    expect(newsroom.publisher.facts()?.version).toBe(1);
    where.clock.advance(60 * 60 * 1_000);
    await routine.round();
    const path = newsroom.pieces.text(text.id)?.path ?? "";
    expect(targetAt(newsroom, path)?.status).toBe(200);
  });

  test("finds what was changed on the disk, makes it anew and says so", async () => {
    await using where = place();
    await using newsroom = await where.open();
    await newsroom.publisher.publish();
    await writeFile(join(where.data.metadata, "1.pages-00.json"), "defaced");
    const found: string[] = [];
    const routine = new Routine(newsroom, ({ where: file }) => found.push(file));
    await routine.round();
    expect(found).toEqual([]);
    where.clock.advance(30_000);
    await routine.round();
    expect(found).toEqual(["metadata/1.pages-00.json"]);
    expect(newsroom.publisher.facts()?.version).toBe(2);
  });
});

describe("at a start", () => {
  test("keys are made once", async () => {
    await using where = place();
    const first = await where.open();
    const keys = first.files.keys();
    await first[Symbol.asyncDispose]();
    await using second = await where.open();
    expect(second.files.keys()).toEqual(keys);
  });

  test("keys that editions rely on are missed, not replaced", async () => {
    await using where = place();
    const first = await where.open();
    await first.publisher.publish();
    await first[Symbol.asyncDispose]();
    await rename(where.data.keys, `${where.data.keys}.away`);
    expect(where.open()).rejects.toThrow("are missing, and editions rely on them");
  });

  test("without the root key everything but a change of keys goes on", async () => {
    await using where = place();
    const first = await where.open();
    await first.publisher.publish();
    await first[Symbol.asyncDispose]();
    await rm(join(where.data.keys, "root.json"));
    await using newsroom = await where.open();
    publishStory(newsroom.pieces, "Une marche");
    expect((await newsroom.publisher.publish()).edition?.version).toBe(2);
    const rotating = newsroom.operations["newsroom.keys.rotate"]?.({ which: "online" });
    expect(rotating).rejects.toThrow("the root key is not on this machine");
  });

  test("with a lost database it goes on from the editions folder, and says what that means", async () => {
    await using where = place();
    const first = await where.open();
    await first.publisher.publish();
    await first[Symbol.asyncDispose]();
    await rm(join(where.data.newsroomDatabase, ".."), { recursive: true });
    const said: string[] = [];
    await using newsroom = await where.open(createLog("newsroom", "error", (line) => said.push(line)));
    expect(said.join()).toContain("the newsroom's database is new, but something is published");
    expect(newsroom.publisher.facts()?.version).toBe(1);
    publishStory(newsroom.pieces, "Une marche");
    expect((await newsroom.publisher.publish()).edition).toMatchObject({ version: 2, log_index: 1 });
    await rm(where.data.transparencyLog, { recursive: true });
    expect(await newsroom.publisher.check()).toMatchObject({ step: "log" });
    expect(newsroom.publisher.facts()).toMatchObject({ version: 3, log_index: 2 });
  });
});

test("as a role it publishes the first edition, answers on the bus, and tells of new ones", async () => {
  await using where = place();
  const { data, clock } = where;
  using _lock = takeLock(data);
  await using _hub = await startHub(data.busSocket, silentLog);
  await using bus = await connectBus(data.busSocket);
  await using other = await connectBus(data.busSocket);
  const told: number[] = [];
  other.subscribe("edition.published", ({ version }) => void told.push(version));
  await other.flush();
  const log = createLog("newsroom", "error");
  const context: RoleContext = { config, data, bus, log, clock, demo: false };
  await using _role = await startNewsroom(context);
  expect(await other.request("newsroom.status", {})).toMatchObject({ edition: { version: 1 }, jobs_dead: 0 });
  const { keys, root_here: rootHere } = await other.request("newsroom.keys.rotate", { which: "online" });
  expect([keys.length, rootHere]).toEqual([12, true]);
  const { editions } = await other.request("newsroom.editions", {});
  expect(editions.map(({ version }) => version)).toEqual([2, 1]);
  expect(told).toEqual([1, 2]);
});
