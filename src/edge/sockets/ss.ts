/**
 * Asks the kernel for its list of connections, and has it end some, through `ss` (iproute2): a child each time, which reads the kernel's own
 * tables (sock_diag(7)), so that no request waits for it. Anybody may ask; ending takes CAP_NET_ADMIN.
 */
import type { ListenAddress } from "../../base/network.ts";
import { readSocketLine, type SocketFacts } from "./socket-facts.ts";

/** 15,000 connections take a tenth of a second (bench/sockets.ts). */
const timeoutMs = 10_000;

/** Read at a time; those beyond are not looked at. */
export const socketsMax = 65_536;

/** `ss` takes time by the square of what it is told at once. Of 15,000, 500 are ended in a quarter of a second on two busy cores. */
const endsAtOnce = 500;

/** No home, no pager; nothing of ours. */
const environment = { LC_ALL: "C", PATH: "/usr/sbin:/usr/bin:/sbin:/bin" };

/** Null where there is none, or it would ask another system's kernel. */
export function ssProgram(): string | null {
  if (process.platform !== "linux") return null;
  return Bun.which("ss", { PATH: `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin` });
}

/** All that are open at these addresses, or being closed with something still to be taken. Undefined where `ss` fails. */
export async function listSockets(
  program: string,
  listen: readonly ListenAddress[],
): Promise<SocketFacts[] | undefined> {
  const sockets: SocketFacts[] = [];
  const done = await run([program, "-tinHO"], listen.map(filterOf).join("\nor "), (line) => {
    const socket = sockets.length < socketsMax ? readSocketLine(line) : undefined;
    if (socket !== undefined) sockets.push(socket);
  });
  return done ? sockets : undefined;
}

/** At once, with a reset; what was queued for them is freed. How many the kernel ended: none where there is no right to it. */
export async function endSockets(program: string, sockets: readonly SocketFacts[]): Promise<number> {
  let ended = 0;
  // Of one family as well: a filter that names an IPv6 address looks at no IPv4 connection.
  for (const [local, ends] of Map.groupBy(sockets, (socket) => socket.local)) {
    for (let at = 0; at < ends.length; at += endsAtOnce) {
      const peers = ends.slice(at, at + endsAtOnce).map(({ peer }) => `dst ${peer}`);
      await run([program, "-tnHOK"], `src ${local} and (\n${peers.join("\nor ")}\n)`, (line) => {
        if (readSocketLine(`${line} `) !== undefined) ended += 1;
      });
    }
  }
  return ended;
}

function filterOf({ hostname, port }: ListenAddress): string {
  if (hostname === "localhost") return `( src 127.0.0.1:${port} or src [::1]:${port} )`;
  if (hostname === "0.0.0.0" || /^[0:]+$/.test(hostname)) return `( sport = :${port} )`;
  return `( src ${hostname.includes(":") ? `[${hostname}]` : hostname}:${port} )`;
}

/** `filter`: on the standard input, since everybody on the machine can read a program's arguments. A line of it has 1,023 bytes at most. */
async function run(
  command: readonly string[],
  filter: string,
  heard: (line: string) => void,
): Promise<boolean> {
  try {
    const child = Bun.spawn([...command, "-F", "-"], {
      stdin: new Blob([`${filter}\n`]),
      stdout: "pipe",
      stderr: "ignore",
      cwd: "/",
      env: environment,
      timeout: timeoutMs,
      killSignal: "SIGKILL",
    });
    const lines = new TextDecoderStream();
    let rest = "";
    for await (const text of child.stdout.pipeThrough(lines)) {
      const parts = (rest + text).split("\n");
      rest = parts.pop() ?? "";
      parts.forEach(heard);
    }
    return (await child.exited) === 0;
  } catch {
    // It can't be started; whoever asks is told that there is no list.
    return false;
  }
}
