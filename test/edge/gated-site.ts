/** A slow site of somebody else's behind a worker's gates, and people and programs that ask it for something, each from somewhere else. */
import { startTestEdge, type TestEdge } from "./in-process.ts";
import type { SharedGates } from "../../src/edge/gates/shared-gates.ts";
import { SomebodyElsesSite } from "./somebody-elses-site.ts";

export interface GatedSite extends AsyncDisposable {
  readonly edge: TestEdge;
  readonly origin: SomebodyElsesSite;
  /** Moves both clocks. */
  readonly pass: (ms: number) => void;
}

export interface GatedSiteOptions {
  readonly mode?: "auto" | "off";
  readonly gates?: SharedGates;
  readonly queueMax?: number;
  readonly origin?: SomebodyElsesSite;
  readonly torExits?: string;
}

const searchesMax = 200;

/** Each is another address, below 200: equal questions are asked once. */
export function searchFor(at: number): string {
  return `/work?for=${at}`;
}

/** Pages that nobody may keep: each is work. */
export function workingOrigin(work = async (): Promise<void> => {}): SomebodyElsesSite {
  const origin = new SomebodyElsesSite({});
  const answer = async (request: Request) => {
    const sent = await request.text();
    await work();
    return { body: `<p>${request.method} ${sent}</p>`, headers: { "cache-control": "no-store" } };
  };
  const paths = ["/work", "/comment?p=7", "/robots.txt", "/feed/", "/part.css"];
  const searches = Array.from({ length: searchesMax }, (_, at) => searchFor(at));
  for (const path of [...paths, ...searches]) origin.pages.set(path, answer);
  return origin;
}

/** The edge takes anybody's word for where it comes from, so that one machine can be many. */
export function startGatedSite({
  mode = "auto",
  gates,
  origin = workingOrigin(),
  queueMax = 256,
  torExits = "",
}: GatedSiteOptions = {}): GatedSite {
  const edge = startTestEdge({
    config: {
      edge: { trusted_proxies: ["127.0.0.0/8", "::1/128"] },
      origin: { url: origin.url, queue_max: queueMax },
      gates: { mode, tor_exits: torExits },
    },
    ...(gates === undefined ? {} : { gates }),
  });
  return {
    edge,
    origin,
    pass: (ms) => {
      edge.clock.advance(ms);
      edge.monotonic.nowMs += ms;
    },
    [Symbol.asyncDispose]: async () => {
      await edge[Symbol.asyncDispose]();
      origin[Symbol.dispose]();
    },
  };
}

/** Those who did what was asked for aren't served in time: more is asked from now on. */
export function raiseEffort({ edge, pass }: GatedSite): void {
  const { gates } = edge.state;
  for (let at = 0; at < 4; at += 1) gates?.note({ effort: gates.effort, waitedMs: undefined });
  pass(5_000);
  gates?.tend();
}

/** Asks from one address, and keeps cookies as curl and browsers do. */
export class Person {
  readonly cookies = new Map<string, string>();
  readonly #address: string;

  constructor(address: string) {
    this.#address = address;
  }

  async ask({ edge }: Pick<GatedSite, "edge">, path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set("x-forwarded-for", this.#address);
    if (this.cookies.size > 0)
      headers.set("cookie", [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    const answer = await fetch(edge.url + path, { redirect: "manual", ...init, headers });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.cookies.set(name, value);
    }
    return answer;
  }
}
