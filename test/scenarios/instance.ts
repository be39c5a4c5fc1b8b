/** A whole Kasbah as an operator runs it: `kasbah up` as a process of its own, on free ports, in a folder of its own. */
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { kasbah, type Ran } from "../cli.ts";
import { freePort } from "../free-port.ts";
import { type TemporaryFolder, temporaryFolder } from "../temporary-folder.ts";

const main = join(resolve(import.meta.dir, "../.."), "src", "cli", "main.ts");

export interface InstanceOptions {
  readonly demo?: boolean;
  /** Added to the command line: `["--origin", "http://127.0.0.1:9000"]`. */
  readonly args?: readonly string[];
  /** Added to kasbah.toml, whose addresses are already set to free ports. */
  readonly settings?: string;
  /** Added to its section [edge]. */
  readonly edgeSettings?: string;
  /** The studio's own name at the edge; it then has a fixed port, as an operator would give it. */
  readonly studioHostname?: string;
  /** Fills the data folder before anything starts. */
  readonly prepare?: (data: string) => Promise<void>;
}

export interface Instance extends AsyncDisposable {
  readonly data: string;
  /** `http://127.0.0.1:40123`. */
  readonly edge: string;
  /** `http://localhost:40124`; empty where the newsroom can't start. */
  readonly studio: string;
  /** Of the watch: `http://127.0.0.1:40125/metrics`; empty where it can't start. */
  readonly metrics: string;
  /** Printed while nobody has a passkey: lets the first steward in. */
  readonly firstLink: string | undefined;
  /** Everything it has said on standard error so far. */
  readonly log: () => string;
  readonly processId: number;
  /** A command against this instance, to its end. */
  kasbah(...args: readonly string[]): Promise<Ran>;
  get(path: string, init?: { host?: string; headers?: Readonly<Record<string, string>> }): Promise<Response>;
  /** SIGTERM, then the exit code. */
  stop(): Promise<number>;
  /** SIGKILL to the supervisor alone. */
  kill(): Promise<void>;
  /** The same folder and settings once more. */
  again(): Promise<Instance>;
}

/** The edge's port is chosen here, so that it is the same one after a restart. */
const freePorts = ({ studioHostname, edgeSettings = "" }: InstanceOptions): string => `
[edge]
listen = ["127.0.0.1:${freePort()}"]
${edgeSettings}
[studio]
listen = "127.0.0.1:${studioHostname === undefined ? 0 : freePort()}"
hostname = "${studioHostname ?? ""}"
[metrics]
listen = "127.0.0.1:0"
`;

/** Resolves once it has printed "ready"; rejects with what it said instead. */
export async function startInstance(options: InstanceOptions = {}): Promise<Instance> {
  const folder = temporaryFolder();
  await writeFile(join(folder.path, "kasbah.toml"), freePorts(options) + (options.settings ?? ""));
  await options.prepare?.(join(folder.path, "data"));
  return await startIn(folder, [...(options.demo === true ? ["--demo"] : []), ...(options.args ?? [])]);
}

async function startIn(place: TemporaryFolder, options: readonly string[]): Promise<Instance> {
  const folder = place.path;
  const where = ["--config", join(folder, "kasbah.toml"), "--data", join(folder, "data")];
  const child = Bun.spawn([process.execPath, main, "up", ...options, ...where], {
    cwd: folder,
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  let log = "";
  const logged = collect(child.stderr, (text) => (log += text));
  const said = await untilReady(child.stdout);
  const [edge, studio] = ["edge", "newsroom"].map(
    (role) => new RegExp(`^${role} (http://\\S+?)/?$`, "m").exec(said)?.[1],
  );
  if (edge === undefined) {
    await child.exited;
    await logged;
    throw new Error(`kasbah up did not get ready:\n${said}\n${log}`);
  }
  const finish = async (signal: "SIGTERM" | "SIGKILL"): Promise<number> => {
    child.kill(signal);
    return await child.exited;
  };
  return {
    data: join(folder, "data"),
    edge,
    studio: studio ?? "",
    metrics: /^watch metrics (http:\S+)$/m.exec(said)?.[1] ?? "",
    firstLink: /^newsroom (http:\S+\/invitation\/\S+)/m.exec(said)?.[1],
    log: () => log,
    processId: child.pid,
    kasbah: (...args) => kasbah(...args, ...where),
    get: (path, { host = "localhost", headers } = {}) =>
      fetch(edge + path, { redirect: "manual", headers: { ...headers, host } }),
    stop: () => finish("SIGTERM"),
    kill: async () => void (await finish("SIGKILL")),
    again: () => startIn(place, options),
    async [Symbol.asyncDispose]() {
      await finish("SIGTERM");
      await place.remove();
    },
  };
}

async function collect(stream: ReadableStream<Uint8Array>, take: (text: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  for await (const chunk of stream) take(decoder.decode(chunk, { stream: true }));
}

/** What was printed until "ready" stood on a line of its own, or until the end. */
async function untilReady(stream: ReadableStream<Uint8Array>): Promise<string> {
  let said = "";
  const decoder = new TextDecoder();
  for await (const chunk of stream) {
    said += decoder.decode(chunk, { stream: true });
    if (/^ready$/m.test(said)) return said;
  }
  return said;
}

/** Asks again and again until the answer satisfies, and gives it; fails after `timeoutMs`. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  timeoutMs = 10_000,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  while (performance.now() < deadline) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await Bun.sleep(25);
  }
  throw new Error(`${what}: not within ${timeoutMs} ms`);
}

/** The process of a role, among the supervisor's children. */
export async function processOf(role: string, supervisor: number): Promise<number> {
  return await eventually(`the process of the ${role}`, async () => {
    for (const child of (await Bun.file(`/proc/${supervisor}/task/${supervisor}/children`).text()).split(
      " ",
    )) {
      const words = await Bun.file(`/proc/${child}/cmdline`)
        .text()
        .catch(() => "");
      if (words.split("\0").includes(role)) return Number(child);
    }
    return undefined;
  });
}
