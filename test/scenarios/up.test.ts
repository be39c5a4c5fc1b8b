/** `kasbah up` as an operator meets it: what it prints, what it survives, what it leaves behind, and how it refuses. */
import { describe, expect, test } from "bun:test";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { statusSchema } from "../../src/bus/facts.ts";
import { dataFolder } from "../../src/config/data-folder.ts";
import { kasbah } from "../cli.ts";
import { eventually, type Instance, startInstance } from "./instance.ts";
import { temporaryFolder } from "../temporary-folder.ts";

/** Two starts, on a machine that is busy with other tests. */
const patientMs = 60_000;

test("ready means that readers get pages, and status has the promised fields", async () => {
  await using instance = await startInstance({ demo: true });
  expect((await instance.get("/")).status).toBe(200);
  const status = JSON.parse((await instance.kasbah("status", "--json")).stdout);
  expect(statusSchema.strict().parse(status)).toMatchObject({
    mode: "calm",
    service: "normal",
    incidents_open: 0,
  });
});

test("a second instance on the same folder is refused in one line", async () => {
  await using instance = await startInstance();
  const second = await instance.kasbah("up");
  expect(second).toMatchObject({ exitCode: 1, stdout: "" });
  expect(second.stderr).toStartWith(`kasbah: another Kasbah works on ${instance.data}; `);
  expect(second.stderr.trim().split("\n")).toHaveLength(1);
});

describe("a role that is killed", () => {
  test.each(["newsroom", "watch"])("the %s: every page stays readable, and it comes back", async (role) => {
    await using instance = await startInstance({ demo: true });
    const killed = await roleProcess(instance, role);
    process.kill(killed, "SIGKILL");
    expect((await instance.get("/")).status).toBe(200);
    await eventually(`the ${role} is back`, async () => {
      const { exitCode } = await instance.kasbah("status");
      return exitCode === 0 || undefined;
    });
    expect(await roleProcess(instance, role)).not.toBe(killed);
    expect((await instance.get("/")).status).toBe(200);
  });

  test(
    "the edge: pages are back after its restart",
    async () => {
      await using instance = await startInstance({ demo: true });
      process.kill(await roleProcess(instance, "edge"), "SIGKILL");
      await eventually(
        "the edge answers again",
        async () => {
          const { stdout } = await instance.kasbah("status", "--json");
          const address = statusSchema.safeParse(JSON.parse(stdout || "{}")).data?.edges[0]?.addresses[0];
          return address !== undefined && (await fetch(address)).status === 200 ? true : undefined;
        },
        patientMs / 2,
      );
    },
    patientMs,
  );
});

describe("stopping", () => {
  test("SIGTERM ends everything with exit code 0", async () => {
    await using instance = await startInstance();
    const roles = await roleProcesses(instance);
    expect(await instance.stop()).toBe(0);
    expect(roles.filter(isAlive)).toEqual([]);
  });

  test(
    "a supervisor that is killed takes its roles along, and the folder can be used at once",
    async () => {
      await using instance = await startInstance({ demo: true });
      const roles = await roleProcesses(instance);
      await instance.kill();
      await eventually("the roles have stopped", async () => !roles.some(isAlive) || undefined);
      await using again = await instance.again();
      expect((await again.get("/")).status).toBe(200);
    },
    patientMs,
  );
});

test.each(["newsroomDatabase", "watchDatabase"] as const)(
  "a damaged %s takes no published page away: it is said, and the role is tried again",
  async (which) => {
    await using instance = await startInstance({ demo: true });
    await instance.stop();
    const path = dataFolder(instance.data)[which];
    await Bun.write(path, "this is no database ".repeat(1_000));
    await using again = await instance.again();
    expect((await again.get("/")).status).toBe(200);
    expect(again.log()).toContain(`the database ${path} is damaged`);
    expect(again.log()).toContain("starts_again_in_ms");
  },
  patientMs,
);

describe("what stands in the way is said in one line", () => {
  test("a taken port", async () => {
    await using place = await newPlace();
    using other = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } });
    await Bun.write(place.config, `[edge]\nlisten = ["127.0.0.1:${other.port}"]\n`);
    expect(await refusal(place)).toStartWith(
      `127.0.0.1:${other.port} (edge.listen) is taken by another program; `,
    );
  });

  test.each(["newsroomDatabase", "edgeDatabase", "watchDatabase"] as const)("a damaged %s", async (which) => {
    await using place = await newPlace();
    const path = place.data[which];
    await mkdir(dirname(path), { recursive: true });
    await Bun.write(path, "this is no database ".repeat(1_000));
    expect(await refusal(place)).toStartWith(`the database ${path} is damaged `);
  });

  test("a data folder that can't be made", async () => {
    await using place = await newPlace();
    await Bun.write(place.data.root, "a file where the folder should be");
    expect(await refusal(place)).toStartWith(`can't write the data folder ${place.data.root}; `);
  });

  test("a wrong setting", async () => {
    await using place = await newPlace();
    await Bun.write(place.config, "[edge]\nworkers = 100\n");
    expect(await refusal(place, 2)).toContain("kasbah.toml:2: edge.workers is 100; it takes ");
  });
});

interface Place extends AsyncDisposable {
  readonly config: string;
  readonly data: ReturnType<typeof dataFolder>;
}

async function newPlace(): Promise<Place> {
  const { path: folder, remove } = temporaryFolder();
  const config = join(folder, "kasbah.toml");
  await Bun.write(
    config,
    '[edge]\nlisten = ["127.0.0.1:0"]\n[studio]\nlisten = "127.0.0.1:0"\n[metrics]\nlisten = "127.0.0.1:0"\n',
  );
  return {
    config,
    data: dataFolder(join(folder, "data")),
    [Symbol.asyncDispose]: remove,
  };
}

/** The one line in which `kasbah up` refuses, without its beginning. */
async function refusal({ config, data }: Place, exitCode = 1): Promise<string> {
  const ran = await kasbah("up", "--config", config, "--data", data.root);
  expect({ exitCode: ran.exitCode, stdout: ran.stdout }).toEqual({ exitCode, stdout: "" });
  const lines = ran.stderr.split("\n").filter((line) => line.startsWith("kasbah: "));
  expect(lines).toHaveLength(1);
  expect(ran.stderr).not.toMatch(/^\s+at /m);
  return lines[0]?.slice("kasbah: ".length) ?? "";
}

/** The processes that the supervisor has started, from /proc. */
async function roleProcesses({ processId }: Instance): Promise<number[]> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = await Promise.all(ids.map(parentOf));
  return ids.filter((_, at) => parents[at] === processId);
}

async function roleProcess(instance: Instance, role: string): Promise<number> {
  for (const id of await roleProcesses(instance)) {
    const words = (await readFile(`/proc/${id}/cmdline`, "utf8")).split("\0");
    if (words.includes(role)) return id;
  }
  throw new Error(`there is no process of the ${role}`);
}

async function parentOf(id: number): Promise<number> {
  const status = await readFile(`/proc/${id}/status`, "utf8").catch(() => "");
  return Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]);
}

function isAlive(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
}
