/**
 * A process of its own for one file of hostile bytes: what has decoded them doesn't live on to meet the next. Bytes go there and come
 * back over pipes; it has no environment, can write no file and leaves no core behind.
 */

export interface Confinement {
  /** From start to end of the process; of the processor's seconds too, so that none outlives its parent by long. */
  readonly secondsMax: number;
  /** That it may allocate. */
  readonly memoryBytesMax: number;
  /** More isn't read of what it says. */
  readonly outputBytesMax: number;
  /** Hears the number of the process, once. */
  readonly onStarted?: ((pid: number) => void) | undefined;
}

/** No core dump, no file at all, so much memory, so many seconds: then the program, in place of the shell. */
const confined = 'ulimit -c 0 && ulimit -f 0 && ulimit -d "$1" && ulimit -t "$2" && shift 2 && exec "$@"';

/** What the program (a file of ours, its only argument in JSON) makes of `bytes`. Rejects only where no process can be started. */
export async function runConfined(
  program: { readonly entry: string; readonly order: object },
  bytes: Uint8Array,
  { secondsMax, memoryBytesMax, outputBytesMax, onStarted }: Confinement,
): Promise<Uint8Array | "too slow" | "failed"> {
  const numbers = [Math.floor(memoryBytesMax / 1024), Math.ceil(secondsMax)].map(String);
  const words = [process.execPath, "--no-install", program.entry, JSON.stringify(program.order)];
  await using child = Bun.spawn(["/bin/sh", "-c", confined, "sh", ...numbers, ...words], {
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
    const [output] = await Promise.all([readOutput(child, outputBytesMax), sendInput(child.stdin, bytes)]);
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

/** Undefined where more came than is read. */
async function readOutput(child: Child, bytesMax: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of child.stdout) {
    length += chunk.length;
    if (length > bytesMax) {
      child.kill("SIGKILL");
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
