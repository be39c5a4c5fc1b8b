/** One `nft -i`: a child that takes lines for as long as it lives. A table with `flags owner` that it made dies with it. */
import type { Subprocess } from "bun";
import { assert } from "../../base/errors.ts";

/**
 * Its own home is nowhere: it would write every line, addresses and all, to `~/.nft.history`. Its errors are in English, because one of
 * them is looked for.
 */
const environment = { HOME: "/dev/null", LC_ALL: "C", PATH: "/usr/sbin:/usr/bin:/sbin:/bin" };

/** 50,000 elements take 1.5 s. */
const answerTimeoutMs = 15_000;
const stopTimeoutMs = 2_000;
const reasonLengthMax = 500;

/** What it prints when it is asked for a counter: all that came before was done. */
const answer = /packets \d+ bytes \d+\s*\}\s*\}/;

/** What a line came to, or why the child has ended. */
export type Outcome = { readonly done: true } | { readonly done: false; readonly reason: string };

/** Null where there is none. Services have a short PATH on some systems. */
export function nftProgram(): string | null {
  return Bun.which("nft", { PATH: `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin` });
}

export class Nft implements AsyncDisposable {
  readonly table: string;
  /** Why; empty where it was asked to. */
  readonly ended: Promise<string>;
  readonly #child: Subprocess<"pipe", "pipe", "pipe">;
  #waiting: PromiseWithResolvers<Outcome> | undefined;
  #writtenBytes = 0;
  #stopping = false;

  /** Its table is to be named after it. Throws where the program can't be started. */
  constructor(program: string, tablePrefix: string) {
    this.#child = Bun.spawn([program, "-i"], {
      stdin: "pipe",
      stdout: "pipe",
      stderr: "pipe",
      cwd: "/",
      env: environment,
    });
    this.table = tablePrefix + this.#child.pid;
    this.ended = this.#follow();
  }

  /** It never forgets a line, so it has to be replaced at times. */
  get writtenBytes(): number {
    return this.#writtenBytes;
  }

  /** One at a time. Commands on one line are done together or not at all. A fault ends the child. */
  run(line: string): Promise<Outcome> {
    assert(this.#waiting === undefined, "nft is asked one thing at a time");
    const waiting = Promise.withResolvers<Outcome>();
    this.#waiting = waiting;
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), answerTimeoutMs);
    this.#write(`${line}\nlist counter inet ${this.table} dropped\n`);
    return waiting.promise.finally(() => clearTimeout(timer));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping = true;
    this.#close();
    await this.ended;
  }

  #write(text: string): void {
    this.#writtenBytes += text.length;
    try {
      void this.#child.stdin.write(text);
      void Promise.resolve(this.#child.stdin.flush()).catch(() => this.#close());
    } catch {
      // It is gone; `ended` says why.
      this.#close();
    }
  }

  /** It ends when there is nothing more to read; if not, it is ended. */
  #close(): void {
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), stopTimeoutMs);
    void this.#child.exited.finally(() => clearTimeout(timer));
    void Promise.resolve(this.#child.stdin.end()).catch(() => undefined);
  }

  async #follow(): Promise<string> {
    const [errors] = await Promise.all([this.#readErrors(), this.#readAnswers(), this.#child.exited]);
    const { exitCode, signalCode } = this.#child;
    const reason = errors === "" ? `nft ended (${signalCode ?? exitCode})` : errors;
    this.#settle({ done: false, reason });
    return this.#stopping ? "" : reason;
  }

  async #readAnswers(): Promise<void> {
    const decoder = new TextDecoder();
    let heard = "";
    for await (const chunk of this.#child.stdout) {
      heard += decoder.decode(chunk, { stream: true });
      if (!answer.test(heard)) continue;
      heard = "";
      this.#settle({ done: true });
    }
  }

  /** The first line: further ones repeat what was asked, addresses and all. After an error nobody knows what is in the table. */
  async #readErrors(): Promise<string> {
    const decoder = new TextDecoder();
    let heard = "";
    for await (const chunk of this.#child.stderr) {
      heard = (heard + decoder.decode(chunk, { stream: true })).slice(0, reasonLengthMax);
      this.#close();
    }
    return heard.split("\n", 1)[0] ?? "";
  }

  #settle(outcome: Outcome): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve(outcome);
  }
}

const counted = /([\da-f.:]+) counter packets (\d+)/g;

/** Of a set whose elements count packets: how many each did. Undefined where it can't be had. 65,536 take half a second of a processor. */
export async function listCounts(
  program: string,
  table: string,
  set: string,
): Promise<ReadonlyMap<string, number> | undefined> {
  const { done, output } = await oneShot([program, "list", "set", "inet", table, set], answerTimeoutMs);
  if (!done) return undefined;
  return new Map(
    [...output.matchAll(counted)].map(([, address = "", packets]) => [address, Number(packets)]),
  );
}

/** Tables of such names that an earlier run left behind. One that still has an owner stays; the names of those that are gone. */
export async function removeTables(program: string, isStale: (name: string) => boolean): Promise<string[]> {
  const { output } = await oneShot([program, "list", "tables", "inet"]);
  const names = [...output.matchAll(/^table inet (\S+)$/gm)].map(([, name = ""]) => name).filter(isStale);
  const removed: string[] = [];
  for (const name of names) {
    const { done } = await oneShot([program, "delete", "table", "inet", name]);
    if (done) removed.push(name);
  }
  return removed;
}

async function oneShot(
  command: readonly string[],
  timeout = stopTimeoutMs,
): Promise<{ done: boolean; output: string }> {
  const options = { stdout: "pipe", stderr: "ignore", env: environment, timeout } as const;
  try {
    const child = Bun.spawn([...command], options);
    const output = await new Response(child.stdout).text();
    return { done: (await child.exited) === 0, output };
  } catch {
    // It can't be started; who wants a table next is told why.
    return { done: false, output: "" };
  }
}
