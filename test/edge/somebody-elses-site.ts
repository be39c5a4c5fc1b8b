/** Somebody else's site for tests: a real server whose pages a test changes at will, and a baseline learned from its loads. */
import type { Server } from "bun";
import { type Sha256, sha256 } from "../../src/base/bytes.ts";
import { rfc3339 } from "../../src/base/clock.ts";
import type { PublishedBaseline } from "../../src/edge/judging/told.ts";
import type { Target } from "../../src/edition/target.ts";
import type { Facts } from "../../src/guard/facts.ts";
import { encodePage, learnPage } from "../../src/guard/learning/page.ts";
import { encodeSite, learnSite } from "../../src/guard/learning/site.ts";
import {
  baselineAddress,
  type BaselineEntry,
  type BaselineManifest,
  encodeManifest,
} from "../../src/guard/manifest.ts";
import { documentLimits, read, type ReadingLimits } from "../../src/guard/reading/read.ts";
import { startMs } from "../edition-fixture.ts";

export interface TestAnswer {
  readonly body: string | Uint8Array;
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The manifest as a target of an edition, with every blob that belongs to it. */
export interface SignedBaseline {
  readonly target: Target;
  readonly blobs: ReadonlyMap<Sha256, Uint8Array>;
  /** As the edge's main thread hands it to workers. */
  readonly published: PublishedBaseline;
}

export const readingLimits: ReadingLimits = {
  bytesMax: 4_000_000,
  ...documentLimits,
  msMax: 5_000,
  monotonicMs: () => performance.now(),
};
const loads = 3;

export class SomebodyElsesSite implements Disposable {
  /** By path and query. */
  readonly pages = new Map<string, TestAnswer | ((request: Request) => TestAnswer | Promise<TestAnswer>)>();
  /** `GET /path?query`, in their order. */
  readonly requests: string[] = [];
  readonly #server: Server<undefined>;
  readonly #url: string;

  /** `port`: 0 takes any. */
  constructor(pages: Readonly<Record<string, TestAnswer>>, port = 0) {
    for (const [address, answer] of Object.entries(pages)) this.pages.set(address, answer);
    this.#server = Bun.serve({ port, hostname: "127.0.0.1", fetch: (request) => this.#answer(request) });
    this.#url = `http://127.0.0.1:${this.#server.port}`;
  }

  get url(): string {
    return this.#url;
  }

  /** Every page there is now, or only those, loaded several times and learned. */
  async baseline(addresses: readonly string[] = [...this.pages.keys()]): Promise<SignedBaseline> {
    const learned = await Promise.all(addresses.map(async (address) => await this.#learn(address)));
    const { site } = learnSite(
      learned.flatMap(({ address, page }) => (page === undefined ? [] : [{ address, page }])),
      learned.flatMap(({ address, page, facts: { kind, sha256: hash } }) =>
        page === undefined ? [{ address, kind, sha256: hash }] : [],
      ),
    );
    const siteBlob = encodeSite(site);
    const manifest = {
      approved_at: rfc3339(startMs),
      site: named(siteBlob),
      entries: learned.map(({ entry }) => entry),
    };
    return signed(manifest, [siteBlob, ...learned.flatMap(({ blobs }) => blobs)]);
  }

  [Symbol.dispose](): void {
    void this.#server.stop(true);
  }

  async #learn(address: string) {
    const answers = await Promise.all(Array.from({ length: loads }, async () => await this.#load(address)));
    const [{ body, status, type, facts } = await this.#load(address)] = answers;
    const isAsset = ["script", "style", "font", "image"].includes(facts.kind);
    const page = isAsset ? undefined : learnPage(answers.map((answer) => answer.facts)).page;
    const known = page === undefined ? undefined : encodePage(page);
    const [path = "/", query] = address.split("?");
    const entry: BaselineEntry = {
      path,
      ...(query === undefined ? {} : { query }),
      status,
      type,
      headers: {},
      copy: named(body),
      facts: known === undefined ? null : named(known),
      taken_at: rfc3339(startMs),
    };
    return { address, page, facts, entry, blobs: known === undefined ? [body] : [body, known] };
  }

  async #load(address: string): Promise<{ body: Uint8Array; status: number; type: string; facts: Facts }> {
    const answer = await fetch(this.url + address, { redirect: "manual", headers: { host: "localhost" } });
    const body = new Uint8Array(await answer.arrayBuffer());
    const headers = [...answer.headers.entries()];
    const ownHosts = new Set(["localhost", new URL(this.url).host]);
    const facts = read(
      { status: answer.status, headers, body, url: `http://localhost${address}`, ownHosts },
      readingLimits,
    );
    return { body, status: answer.status, type: answer.headers.get("content-type") ?? "", facts };
  }

  async #answer(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    this.requests.push(`${request.method} ${pathname}${search}`);
    const page = this.pages.get(pathname + search) ?? { body: "<title>Not found</title>", status: 404 };
    const {
      body,
      status = 200,
      type = "text/html; charset=utf-8",
      headers,
    } = typeof page === "function" ? await page(request) : page;
    return new Response(body as BodyInit, { status, headers: { "content-type": type, ...headers } });
  }
}

/** A baseline of these entries, whatever they say. */
export function signed(manifest: BaselineManifest, contents: readonly Uint8Array[]): SignedBaseline {
  const data = encodeManifest(manifest);
  const target: Target = {
    ...baselineAddress,
    area: "origin",
    status: 200,
    type: "application/json",
    headers: {},
    ...named(data),
  };
  const { approved_at: approvedAt, site, entries } = manifest;
  return {
    target,
    blobs: new Map([data, ...contents].map((bytes) => [sha256(bytes), bytes])),
    published: { sha256: target.sha256, approvedAt, site, entries },
  };
}

function named(bytes: Uint8Array): { readonly sha256: Sha256; readonly length: number } {
  return { sha256: sha256(bytes), length: bytes.length };
}

/** A page of a site with a theme: a header, a menu, an article, a footer. */
export function themedPage(title: string, text: string, more = ""): string {
  return [
    `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>${title}</title>`,
    `<link rel="stylesheet" href="/theme.css"><script src="/theme.js"></script></head><body>`,
    `<header><nav><a href="/">Accueil</a> <a href="/adhesion">Adhésion</a></nav></header>`,
    `<main><h1>${title}</h1><p>${text}</p></main><footer><p>Le site de l'association</p></footer>${more}</body></html>`,
  ].join("\n");
}
