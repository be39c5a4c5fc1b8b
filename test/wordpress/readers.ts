/** People who read a protected site while it is attacked, and check every answer: whether it is what the site's editors made. */
import { below, type Random } from "../../src/base/random.ts";
import { attackersHost, attackersMark } from "./attackers.ts";

/** Something that readers ask for, and how they know that it is the site's own. */
export interface Readable {
  /** Below the site. */
  readonly path: string;
  readonly isRight: (body: Buffer) => boolean;
}

export interface Reading {
  readonly path: string;
  /** When it was asked for; ms of performance.now(). */
  readonly at: number;
  readonly tookMs: number;
  /** 0: no answer. */
  readonly status: number;
  /** `false`: shows what attackers made, or not what editors did. `failed`: an error in its place. */
  readonly is: "right" | "false" | "failed";
  /** The beginning of what came instead. */
  readonly instead: string;
}

export interface ReadersOptions {
  /** Where the edge listens; it trusts who says there for whom he asks. */
  readonly edge: string;
  /** Public name of the site. */
  readonly host: string;
  /** At most 200. */
  readonly count: number;
  readonly random: Random;
  readonly readables: readonly Readable[];
}

const browser = {
  "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
  accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
  "accept-language": "fr,ar;q=0.7,en;q=0.5",
};
const pauseMsMax = 4_000;
const answerMsMax = 10_000;
const wrongKept = 100;

/** A page that shows this heading. */
export function showing(path: string, title: string): Readable {
  return { path, isRight: (body) => body.includes(title) };
}

/** A file with these very bytes. */
export function same(path: string, bytes: Uint8Array): Readable {
  return { path, isRight: (body) => body.equals(bytes) };
}

/** Scripts, styles and pictures that a page asks the site for; `host`: its public name. */
export function ownFiles(page: string, host: string): string[] {
  const markup = page.replaceAll(/(<script[^>]*>)[^]*?<\/script>/g, "$1");
  const own = markup.matchAll(
    /(?:src|href)=["']http:\/\/([^/"']+)(\/wp-(?:content|includes)\/[^"'?]+\.(?:js|css|png)(?:\?[^"']*)?)/g,
  );
  const files = [...own].filter(([, from]) => from === host).map(([, , path = ""]) => path);
  return [...new Set(files.map((path) => path.replaceAll("&#038;", "&")))];
}

export class Readers implements AsyncDisposable {
  readonly #options: ReadersOptions;
  readonly #readables: Readable[];
  readonly #readers: Promise<void>[];
  readonly #took: number[] = [];
  #isOver = false;
  requests = 0;
  right = 0;
  /** Of those that were not right, the first ones. */
  readonly wrong: Reading[] = [];
  falseOnes = 0;
  failed = 0;

  constructor(options: ReadersOptions) {
    this.#options = options;
    this.#readables = [...options.readables];
    this.#readers = Array.from({ length: options.count }, (_, at) => this.#readOn(addressOf(at)));
  }

  /** From now on they read this as well. */
  add(readable: Readable): void {
    this.#readables.push(readable);
  }

  /** Share of answers that were right. */
  get success(): number {
    return this.requests === 0 ? 1 : this.right / this.requests;
  }

  get p99Ms(): number {
    return this.#took.sort((one, other) => one - other)[Math.floor(this.#took.length * 0.99)] ?? 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#readers);
  }

  async #readOn(address: string): Promise<void> {
    const { random } = this.#options;
    while (!this.#isOver) {
      const readable = this.#readables[below(random, this.#readables.length)];
      if (readable !== undefined) this.#note(await read({ ...this.#options, address }, readable));
      await Bun.sleep(random.next() * pauseMsMax);
    }
  }

  #note(reading: Reading): void {
    this.requests += 1;
    this.#took.push(reading.tookMs);
    if (reading.is === "right") this.right += 1;
    else if (this.wrong.length < wrongKept) this.wrong.push(reading);
    if (reading.is === "false") this.falseOnes += 1;
    if (reading.is === "failed") this.failed += 1;
  }
}

/** Where the attackers' mark stands in it, or its beginning. */
function excerpt(body: string): string {
  const at = body.search(new RegExp(`${attackersMark}|${attackersHost}`));
  return body.slice(Math.max(0, at - 100), Math.max(0, at - 100) + 300);
}

/** Readers come from many networks. */
export function addressOf(reader: number): string {
  return `${20 + reader}.${7 * (reader % 30)}.17.3`;
}

export async function read(
  {
    edge,
    host,
    address = "203.0.113.250",
  }: Pick<ReadersOptions, "edge" | "host"> & { readonly address?: string },
  { path, isRight }: Readable,
): Promise<Reading> {
  const at = performance.now();
  const told = (status: number, is: Reading["is"], body: string): Reading => ({
    path,
    at,
    tookMs: performance.now() - at,
    status,
    is,
    instead: is === "right" ? "" : excerpt(body),
  });
  try {
    const answer = await fetch(edge + path, {
      redirect: "manual",
      headers: { ...browser, host, "x-forwarded-for": address },
      signal: AbortSignal.timeout(answerMsMax),
    });
    const body = Buffer.from(await answer.bytes());
    const isDefaced = [body.toString(), answer.headers.get("location") ?? ""].some(
      (text) => text.includes(attackersMark) || text.includes(attackersHost),
    );
    if (isDefaced) return told(answer.status, "false", body.toString());
    if (answer.status !== 200) return told(answer.status, "failed", body.toString());
    return told(200, isRight(body) ? "right" : "false", body.toString());
  } catch (thrown) {
    return told(0, "failed", String(thrown));
  }
}
