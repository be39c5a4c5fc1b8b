/** What there is to read: looked up in calm, before the flood, so that readers know what a page has to say. */
import { Agent } from "node:http";
import { type Sha256, sha256 } from "../src/base/bytes.ts";
import { OperatorError } from "../src/base/errors.ts";
import { get } from "./get.ts";
import type { Reader } from "./plan.ts";
import type { Target } from "./target.ts";

export interface Page {
  readonly path: string;
  readonly sha256: Sha256;
  /** Style sheets and images that it asks for. */
  readonly parts: readonly string[];
}

/** Pages that are read in a drill, the front page among them. */
const pagesMax = 12;
const partsMax = 6;
/** Links that are tried to find so many pages. */
const triedMax = 40;

/** The front page and pages that it links to, as `reader` sees them. Rejects with OperatorError where there is nothing to read. */
export async function findPages(target: Target, reader: Reader): Promise<[Page, ...Page[]]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const look = (path: string) => lookAt(target, reader, agent, path);
    const front = await look("/");
    if (front.page === undefined) throw nothingToRead(front.answered);
    const linked: Page[] = [];
    for (const path of front.links.slice(0, triedMax)) {
      if (linked.length === pagesMax - 1) break;
      const { page } = await look(path);
      if (page !== undefined) linked.push(page);
    }
    return [front.page, ...linked];
  } finally {
    agent.destroy();
  }
}

function nothingToRead(answered: string): OperatorError {
  return new OperatorError(`there is nothing to drill: the front page answers ${answered}`, {
    hint: "publish an edition first (`kasbah publish`), or start with `kasbah up --demo`",
  });
}

interface Looked {
  /** Undefined for what is no page. */
  readonly page: Page | undefined;
  readonly links: readonly string[];
  /** In words. */
  readonly answered: string;
}

async function lookAt(
  target: Target,
  { address, headers }: Reader,
  agent: Agent,
  path: string,
): Promise<Looked> {
  const got = await get({ target, path, headers, localAddress: address, agent });
  if (got.outcome === "nothing") return { page: undefined, links: [], answered: `nothing (${got.reason})` };
  const isPage = got.status === 200 && got.type.startsWith("text/html");
  if (!isPage) return { page: undefined, links: [], answered: `${got.status} ${got.type}` };
  const html = got.body.toString("utf8");
  return {
    page: { path, sha256: sha256(got.body), parts: partsOf(html).slice(0, partsMax) },
    links: linksOf(html).filter((link) => link !== path),
    answered: "200",
  };
}

/** Paths on this site, each once, in the page's order. */
export function linksOf(html: string): string[] {
  return unique(html, /<a\b[^>]*?\shref="(\/(?!\/|_kasbah\/)[^"?#&]*)"/g);
}

export function partsOf(html: string): string[] {
  const sheets = html.match(/<link\b[^>]*>/g)?.filter((tag) => /\brel="stylesheet"/.test(tag)) ?? [];
  return [
    ...unique(sheets.join(""), /\shref="(\/(?!\/)[^"&]*)"/g),
    ...unique(html, /<img\b[^>]*?\ssrc="(\/(?!\/)[^"&]*)"/g),
  ];
}

function unique(html: string, pattern: RegExp): string[] {
  return [...new Set([...html.matchAll(pattern)].map(([, path]) => path ?? ""))];
}
