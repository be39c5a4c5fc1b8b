/**
 * Has a picture cleaned by a process of its own, one for each: what has decoded hostile bytes doesn't live on to meet the next
 * picture. Bytes go there and back over pipes; that process has no environment, can write no file and leaves no core behind.
 */
import { join } from "node:path";
import { type Cleaning, decodeCleaning, type Order } from "./cleaning.ts";
import { isBare } from "./bare.ts";
import { type ForeignKind, isPictureKind, kindOf } from "./kind.ts";

export interface IntakeLimits {
  readonly pixelsMax: number;
  /** From start to end of its process; of the processor's seconds too, so that none outlives the newsroom by long. */
  readonly secondsMax: number;
  /** What its process may allocate. Default: room for 64 million pixels, twice. */
  readonly memoryBytesMax?: number;
}

export type IntakeFault =
  | ForeignKind
  | "empty"
  | Extract<Cleaning, { outcome: "refused" }>["reason"]
  /** It took too long. */
  | "too slow"
  /** Its process died, or what came back isn't what was asked for. */
  | "failed";

export type Intake =
  | Extract<Cleaning, { outcome: "cleaned" }>
  | { readonly outcome: "refused"; readonly reason: IntakeFault };

const memoryBytesMaxDefault = 1024 * 1024 * 1024;
/** Four clean files; more isn't read. */
const outputBytesMax = 48 * 1024 * 1024;

const ownEntry = join(import.meta.dir, "intake-main.ts");

/** No core dump, no file at all, so much memory, so many seconds: then the program, in place of the shell. */
const confined = 'ulimit -c 0 && ulimit -f 0 && ulimit -d "$1" && ulimit -t "$2" && shift 2 && exec "$@"';

export interface IntakeProcess {
  /** Default: intake-main.ts. */
  readonly entry: string;
  /** Hears the number of the process, once. */
  readonly onStarted: (pid: number) => void;
}

/** Never rejects for what a picture is. */
export async function takeIn(
  bytes: Uint8Array,
  limits: IntakeLimits,
  program: Partial<IntakeProcess> = {},
): Promise<Intake> {
  if (bytes.length === 0) return refused("empty");
  const kind = kindOf(bytes);
  if (!isPictureKind(kind)) return refused(kind);
  const output = await runProcess(bytes, limits, program);
  if (!(output instanceof Uint8Array)) return refused(output);
  try {
    const cleaning = decodeCleaning(output);
    if (cleaning.outcome === "refused") return cleaning;
    const areBare = cleaning.variants.every(({ shape, data }) => isBare(data, shape.type));
    return areBare ? cleaning : refused("failed");
  } catch {
    return refused("failed");
  }
}

function refused(reason: IntakeFault): Intake {
  return { outcome: "refused", reason };
}

async function runProcess(
  bytes: Uint8Array,
  limits: IntakeLimits,
  { entry = ownEntry, onStarted }: Partial<IntakeProcess>,
): Promise<Uint8Array | "too slow" | "failed"> {
  const { pixelsMax, secondsMax, memoryBytesMax = memoryBytesMaxDefault } = limits;
  const order: Order = { pixelsMax };
  const numbers = [Math.floor(memoryBytesMax / 1024), Math.ceil(secondsMax)].map(String);
  const program = [process.execPath, "--no-install", entry, JSON.stringify(order)];
  await using child = Bun.spawn(["/bin/sh", "-c", confined, "sh", ...numbers, ...program], {
    // No .env, tsconfig.json or bunfig.toml of somebody's folder.
    cwd: "/",
    env: {},
    stdio: ["pipe", "pipe", "ignore"],
  });
  onStarted?.(child.pid);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    child.kill("SIGKILL");
  }, secondsMax * 1_000);
  try {
    const [output] = await Promise.all([readOutput(child), sendInput(child.stdin, bytes)]);
    const exitCode = await child.exited;
    if (isLate || child.signalCode === "SIGXCPU") return "too slow";
    return exitCode === 0 && output !== undefined ? output : "failed";
  } finally {
    clearTimeout(timer);
  }
}

type Child = Bun.Subprocess<"pipe", "pipe", "ignore">;

async function sendInput(stdin: Child["stdin"], bytes: Uint8Array): Promise<void> {
  try {
    await stdin.write(bytes);
    await stdin.end();
  } catch {
    // It died while it was reading; its exit says so.
  }
}

/** Undefined where more came than clean pictures have. */
async function readOutput(child: Child): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of child.stdout) {
    length += chunk.length;
    if (length > outputBytesMax) {
      child.kill("SIGKILL");
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
