/**
 * From a clean clone to the first served page, and how long a start takes afterwards: `bun bench/first-page.ts`.
 * The first figure depends on the network and on npm's cache; an empty cache is taken for it unless --warm-cache is given.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { rfc3339, systemClock } from "../src/base/clock.ts";
import { writeSection } from "./results.ts";

const top = resolve(import.meta.dir, "..");
const place = await mkdtemp(join(tmpdir(), "kasbah-first-page-"));
const clone = join(place, "kasbah");
const environment = process.argv.includes("--warm-cache")
  ? process.env
  : { ...process.env, npm_config_cache: join(place, "npm"), BUN_INSTALL_CACHE_DIR: join(place, "bun") };

try {
  const startedAt = performance.now();
  await run(["git", "clone", "--quiet", top, clone]);
  const clonedMs = performance.now() - startedAt;
  await Bun.write(
    join(place, "kasbah.toml"),
    '[edge]\nlisten = ["127.0.0.1:0"]\n[metrics]\nlisten = "127.0.0.1:0"\n[studio]\nlisten = "127.0.0.1:0"\n',
  );
  const first = await untilFirstPage();
  const second = await untilFirstPage();
  print([
    ["git clone", clonedMs],
    ["clone to ready, with the installation and the demo's first edition", clonedMs + first.readyMs],
    ["clone to the first served page", clonedMs + first.pageMs],
    ["second start: to ready", second.readyMs],
    ["second start: to the first served page", second.pageMs],
  ]);
} finally {
  await rm(place, { recursive: true, force: true });
}

/** Starts the demo, asks for its front page until that is a 200, stops it. Times from the command, in ms. */
async function untilFirstPage(): Promise<{ readyMs: number; pageMs: number }> {
  const startedAt = performance.now();
  const options = ["--demo", "--config", join(place, "kasbah.toml"), "--data", join(place, "data")];
  const kasbah = Bun.spawn([join(clone, "kasbah"), "up", ...options], {
    stdout: "pipe",
    stderr: "inherit",
    env: environment,
  });
  const lines = await linesUntilReady(kasbah.stdout);
  const readyMs = performance.now() - startedAt;
  const address = lines.join(" ").match(/http:\/\/127\.0\.0\.1:\d+(?=\/?(\s|$))/)?.[0];
  const answer = await fetch(`${address}/`);
  const page = await answer.text();
  const pageMs = performance.now() - startedAt;
  if (answer.status !== 200 || !page.includes("<html"))
    throw new Error(`${address}/ answered ${answer.status}`);
  kasbah.kill("SIGTERM");
  await kasbah.exited;
  return { readyMs, pageMs };
}

async function linesUntilReady(stream: ReadableStream<Uint8Array>): Promise<string[]> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true });
    if (/^ready$/m.test(text)) return text.split("\n");
  }
  throw new Error(`it ended before it was ready: ${text}`);
}

async function run(command: readonly string[]): Promise<void> {
  const child = Bun.spawn([...command], { stdout: "ignore", stderr: "inherit" });
  if ((await child.exited) !== 0) throw new Error(`${command.join(" ")} failed`);
}

function print(figures: readonly (readonly [string, number])[]): void {
  const lines = figures.map(([what, ms]) => `- ${what}: ${(ms / 1_000).toFixed(2)} s`);
  console.log(lines.join("\n"));
  const command = ["bun bench/first-page.ts", ...process.argv.slice(2)].join(" ");
  writeSection("From a clone to the first page", command, rfc3339(systemClock.nowMs()), lines);
}
