/**
 * A page as a browser shows it: its picture, and its document after the scripts have run. In the machine's Chromium, in its sandbox (as
 * nobody where we are root), with a folder of its own that is gone afterwards, and with no other server to reach than ours (stand.ts).
 */
import { existsSync } from "node:fs";
import { chown, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hourMs, systemClock } from "../../base/clock.ts";
import { openStand, type Show } from "./stand.ts";

export interface Rendering {
  /** The document's HTML, when its scripts had their time. */
  readonly document: Uint8Array;
  /** PNG, of the page's beginning. */
  readonly picture: Uint8Array;
}

/** `none`: this machine has no Chromium that could run in a sandbox. */
export type RenderFault = "none" | "too slow" | "failed";

export interface RenderOptions {
  /** Default: the first one that is found. */
  readonly chromium?: string | undefined;
  /** The site's own. */
  readonly hosts: ReadonlySet<string>;
  readonly secondsMax: number;
  readonly signal?: AbortSignal | undefined;
}

const size = { width: 1_280, height: 1_600 } as const;
/** Ms of the page's own clock that scripts get, however fast they are over. */
const scriptsMs = 5_000;
const folderPrefix = "kasbah-look-";
/** Longer than any look takes. */
const leftoverMs = hourMs;
const documentBytesMax = 16 * 1024 * 1024;
/** Debian's nobody and nogroup. */
const nobody = 65_534;

const names = ["chromium", "chromium-browser", "google-chrome"] as const;

/** Undefined where there is none. */
export function findChromium(): string | undefined {
  return names.map((name) => Bun.which(name)).find((path) => path !== null) ?? undefined;
}

/** `url`: one of the site's own, with `http:`. Never rejects for what a page does. */
export async function render(
  url: URL,
  show: Show,
  { chromium = findChromium(), hosts, secondsMax, signal }: RenderOptions,
): Promise<Rendering | RenderFault> {
  const isRoot = process.getuid?.() === 0;
  const isThere = chromium !== undefined && existsSync(chromium);
  if (!isThere || (isRoot && Bun.which("setpriv") === null)) return "none";
  await clearLeftovers();
  const folder = await mkdtemp(join(tmpdir(), folderPrefix));
  try {
    if (isRoot) await chown(folder, nobody, nobody);
    await using stand = openStand(hosts, show);
    const words = [...(isRoot ? asNobody : withUs), chromium, ...switchesFor(folder, stand.port), url.href];
    return await run([...afterReaders, ...words], folder, { secondsMax, signal });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Folders of looks that were killed on the way. */
async function clearLeftovers(): Promise<void> {
  const found = await readdir(tmpdir());
  for (const name of found.filter((each) => each.startsWith(folderPrefix))) {
    const path = join(tmpdir(), name);
    const changedMs = (await stat(path).catch(() => undefined))?.mtimeMs ?? Number.POSITIVE_INFINITY;
    if (systemClock.nowMs() - changedMs > leftoverMs)
      // Somebody else's are theirs to remove.
      await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}

/** Whoever reads the site meanwhile has the processor first. */
const afterReaders = Bun.which("nice") === null ? [] : ["nice", "-n", "15"];
/** It doesn't outlive us, however we end. */
const withUs = Bun.which("setpriv") === null ? [] : ["setpriv", "--pdeathsig=KILL"];
const asNobody = [...withUs, `--reuid=${nobody}`, `--regid=${nobody}`, "--clear-groups"];

function switchesFor(folder: string, port: number): string[] {
  return [
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--mute-audio",
    "--hide-scrollbars",
    `--user-data-dir=${join(folder, "profile")}`,
    `--host-resolver-rules=MAP * 127.0.0.1:${port}`,
    `--window-size=${size.width},${size.height}`,
    `--virtual-time-budget=${scriptsMs}`,
    `--screenshot=${join(folder, "page.png")}`,
    "--dump-dom",
  ];
}

async function run(
  words: readonly string[],
  folder: string,
  { secondsMax, signal }: Pick<RenderOptions, "secondsMax" | "signal">,
): Promise<Rendering | RenderFault> {
  await using child = Bun.spawn([...words], {
    cwd: folder,
    env: { HOME: folder, PATH: process.env["PATH"] ?? "" },
    stdio: ["ignore", "pipe", "ignore"],
    timeout: secondsMax * 1_000,
    killSignal: "SIGKILL",
    ...(signal !== undefined && { signal }),
    maxBuffer: documentBytesMax,
  });
  const document = await new Response(child.stdout).bytes();
  await child.exited;
  if (child.signalCode !== null) return "too slow";
  const picture = Bun.file(join(folder, "page.png"));
  if (child.exitCode !== 0 || !(await picture.exists())) return "failed";
  return { document, picture: await picture.bytes() };
}
