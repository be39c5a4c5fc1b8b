/** Many large uploads at once, seen from another process: the newsroom's memory stays bounded, and it goes on answering. */
import { expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { drawn } from "../../test/pictures.ts";

const uploads = 20;
const megabyte = 1024 * 1024;

test.skipIf(!existsSync("/proc/self/statm"))(
  "twenty uploads of 20 MB",
  async () => {
    const victim = join(import.meta.dir, "../../test/pictures-victim.ts");
    await using child = Bun.spawn([process.execPath, victim], { stdout: "pipe", stderr: "inherit" });
    const origin = await firstLine(child.stdout);
    await send(origin, await drawn("png"));
    const before = residentBytes(child.pid);
    // A real picture with freight behind it: it is decoded, and all of it travels.
    const body = Buffer.concat([await drawn("png", 900, 900), Buffer.alloc(20 * megabyte)]);
    let most = 0;
    let slowestMs = 0;
    const watching = { on: true };
    const watch = (async () => {
      while (watching.on) {
        const startMs = performance.now();
        await fetch(`${origin}/pictures/none`, { headers: { accept: "text/html" } });
        slowestMs = Math.max(slowestMs, performance.now() - startMs);
        most = Math.max(most, residentBytes(child.pid));
      }
    })();
    const statuses = await Promise.all(Array.from({ length: uploads }, () => send(origin, body)));
    watching.on = false;
    await watch;
    expect(new Set(statuses)).toEqual(new Set([201, 503]));
    // Six bodies at a time, and as much twice more for what is on its way to a process or waits to be collected.
    expect((most - before) / megabyte).toBeLessThan(3 * 6 * 21);
    expect(slowestMs).toBeLessThan(15_000);
  },
  60_000,
);

async function firstLine(output: ReadableStream<Uint8Array>): Promise<string> {
  for await (const chunk of output) return new TextDecoder().decode(chunk).trim();
  throw new Error("it said nothing");
}

async function send(origin: string, body: Uint8Array<ArrayBuffer>): Promise<number> {
  const headers = { origin, accept: "application/json" };
  return (await fetch(`${origin}/pictures`, { method: "POST", body, headers })).status;
}

function residentBytes(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]) * 4096;
}
