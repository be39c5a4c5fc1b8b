/** The supervisor, with processes that are real and roles that are not. */
import { describe, expect, test } from "bun:test";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { ManualClock } from "../base/clock.ts";
import type { Fields, Log } from "../base/log.ts";
import { startHub } from "../bus/hub.ts";
import { dataFolder } from "../config/data-folder.ts";
import { defaultConfig } from "../config/load.ts";
import { RoleFailed } from "./role-failed.ts";
import type { RoleName } from "./role-messages.ts";
import { Supervisor } from "./supervisor.ts";

const fakeRole = join(import.meta.dir, "../../test/fake-role.ts");
const never = new AbortController().signal;

describe("starting", () => {
  test("gives every role's addresses once all are ready", async () => {
    await using house = await startHouse({ edge: "works", newsroom: "works", watch: "works" });
    expect(await house.supervisor.start()).toEqual(["edge at work", "newsroom at work", "watch at work"]);
  });

  test("fails with what a role says for people", async () => {
    await using house = await startHouse({ edge: "refuses", newsroom: "works" });
    expect(await failureOf(house.supervisor)).toMatchObject({
      lines: ["port 80 is taken; choose another one"],
      exitCode: 1,
    });
  });

  test("fails with how a role ended where it says nothing", async () => {
    await using house = await startHouse({ edge: "crashes" });
    expect(await failureOf(house.supervisor)).toMatchObject({
      lines: ["the edge stopped by itself (exit code 3)"],
    });
  });
});

describe("a role that dies", () => {
  test("is started again, and the others notice nothing", async () => {
    await using house = await startHouse({ edge: "works", newsroom: "works" });
    await house.supervisor.start();
    const [edge, newsroom] = [house.supervisor.processId("edge"), house.supervisor.processId("newsroom")];
    const back = house.logged("is back");
    process.kill(newsroom ?? 0, "SIGKILL");
    expect(await back).toEqual({ role: "newsroom" });
    expect(house.supervisor.processId("edge")).toBe(edge);
    expect(house.supervisor.processId("newsroom")).not.toBe(newsroom);
  });

  test("waits twice as long each time, and afresh after a healthy minute", async () => {
    const clock = new ManualClock(0);
    await using house = await startHouse({ watch: "works" }, clock);
    await house.supervisor.start();
    const waits: unknown[] = [];
    for (const wellForMs of [0, 0, 0, 60_000, 0]) {
      clock.advance(wellForMs);
      const [died, back] = [house.logged("stopped by itself"), house.logged("is back")];
      process.kill(house.supervisor.processId("watch") ?? 0, "SIGKILL");
      waits.push((await died)["starts_again_in_ms"]);
      await back;
    }
    expect(waits).toEqual([100, 200, 400, 100, 200]);
  });
});

describe("stopping", () => {
  test("leaves nothing behind", async () => {
    const house = await startHouse({ edge: "works", newsroom: "works", watch: "works" });
    await house.supervisor.start();
    const ids = (["edge", "newsroom", "watch"] as const).map((role) => house.supervisor.processId(role));
    await house[Symbol.asyncDispose]();
    expect(ids.filter(isAlive)).toEqual([]);
  });

  test("kills what does not stop in time", async () => {
    await using house = await startHouse({ watch: "hangs" }, undefined, 50);
    await house.supervisor.start();
    const id = house.supervisor.processId("watch");
    const killed = house.logged("did not stop in time");
    await house.supervisor.stop(never);
    expect(await killed).toEqual({ role: "watch" });
    expect(isAlive(id)).toBe(false);
  });

  test("kills at once where somebody insists", async () => {
    await using house = await startHouse({ watch: "hangs" }, undefined, 60_000);
    await house.supervisor.start();
    await house.supervisor.stop(AbortSignal.abort());
    expect(isAlive(house.supervisor.processId("watch"))).toBe(false);
  });

  test("starts nothing again, where somebody signals every process at once", async () => {
    await using house = await startHouse({ edge: "hangs", watch: "works" }, undefined, 300);
    await house.supervisor.start();
    const watch = house.supervisor.processId("watch");
    const stopped = house.supervisor.stop(never);
    process.kill(watch ?? 0, "SIGTERM");
    await stopped;
    expect(house.supervisor.processId("watch")).toBe(watch);
  });

  test("reaches a role that is still starting", async () => {
    await using house = await startHouse({ watch: "waits" }, undefined, 50);
    void house.supervisor.start();
    await house.supervisor.stop(never);
    expect(isAlive(house.supervisor.processId("watch"))).toBe(false);
  });
});

test("a supervisor that is killed leaves no orphan", async () => {
  await using place = await temporaryData();
  const supervising = `
    import { startHub } from ${JSON.stringify(join(import.meta.dir, "../bus/hub.ts"))};
    import { createLog } from ${JSON.stringify(join(import.meta.dir, "../base/log.ts"))};
    import { dataFolder } from ${JSON.stringify(join(import.meta.dir, "../config/data-folder.ts"))};
    import { defaultConfig } from ${JSON.stringify(join(import.meta.dir, "../config/load.ts"))};
    import { Supervisor } from ${JSON.stringify(join(import.meta.dir, "supervisor.ts"))};
    const data = dataFolder(${JSON.stringify(place.data.root)});
    await startHub(data.busSocket);
    const roles = ["edge", "newsroom", "watch"];
    const command = (role) => [process.execPath, ${JSON.stringify(fakeRole)}, role, "works"];
    await new Supervisor({ roles, config: defaultConfig(), data, demo: false, log: createLog("test"), command }).start();
    console.log("ready");`;
  const supervisor = Bun.spawn([process.execPath, "-e", supervising], { stdout: "pipe", stderr: "pipe" });
  await supervisor.stdout.getReader().read();
  supervisor.kill("SIGKILL");
  // The roles write to the same pipe: it ends when the last of them has ended.
  await new Response(supervisor.stderr).text();
  await supervisor.exited;
  expect(supervisor.signalCode).toBe("SIGKILL");
});

interface House extends AsyncDisposable {
  readonly supervisor: Supervisor;
  /** The fields of the next log line that holds these words. */
  readonly logged: (words: string) => Promise<Fields>;
}

async function startHouse(
  behaviours: Partial<Record<RoleName, string>>,
  clock = new ManualClock(0),
  stopWithinMs = 5_000,
): Promise<House> {
  const place = await temporaryData();
  const hub = await startHub(place.data.busSocket);
  const { log, logged } = listeningLog();
  const supervisor = new Supervisor({
    roles: Object.keys(behaviours) as RoleName[],
    config: defaultConfig(),
    data: place.data,
    demo: false,
    log,
    clock,
    command: (role) => [process.execPath, fakeRole, role, behaviours[role] ?? ""],
    stopWithinMs,
  });
  return {
    supervisor,
    logged,
    async [Symbol.asyncDispose]() {
      await supervisor.stop(never);
      await hub[Symbol.asyncDispose]();
      await place[Symbol.asyncDispose]();
    },
  };
}

function listeningLog(): { log: Log; logged: (words: string) => Promise<Fields> } {
  const waiting: { words: string; resolve: (fields: Fields) => void }[] = [];
  const note = (event: string, fields: Fields = {}): void => {
    const at = waiting.findIndex(({ words }) => event.includes(words));
    if (at !== -1) waiting.splice(at, 1)[0]?.resolve(fields);
  };
  return {
    log: { debug: note, info: note, warn: note, error: note },
    logged: (words) => new Promise((resolve) => waiting.push({ words, resolve })),
  };
}

async function temporaryData(): Promise<{ data: ReturnType<typeof dataFolder> } & AsyncDisposable> {
  const { path: folder, remove } = temporaryFolder();
  const data = dataFolder(join(folder, "data"));
  await mkdir(data.run, { recursive: true });
  return { data, [Symbol.asyncDispose]: remove };
}

async function failureOf(supervisor: Supervisor): Promise<RoleFailed | undefined> {
  try {
    await supervisor.start();
    return undefined;
  } catch (thrown) {
    if (thrown instanceof RoleFailed) return thrown;
    throw thrown;
  }
}

function isAlive(processId: number | undefined): boolean {
  try {
    return processId !== undefined && process.kill(processId, 0);
  } catch {
    return false;
  }
}
