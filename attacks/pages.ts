/** What there is to read: looked up in calm, before the flood, so that readers know what a page has to say. */
import type { Agent } from "node:http";
import { type Sha256, sha256 } from "../src/base/bytes.ts";
import { OperatorError } from "../src/base/errors.ts";
import { get, openAgent } from "./get.ts";
import type { Plan } from "./plan.ts";
import type { Target } from "./target.ts";

export interface Page {
  readonly path: string;
  readonly sha256: Sha256;
  readonly bytes: number;
  /** Style sheets and images that it asks for. */
  readonly parts: readonly string[];
}

export interface Found {
  /** The front page, then pages that it links to. */
  readonly pages: readonly [Page, ...Page[]];
  /** Undefined where the front page names none. */
  readonly feed: Page | undefined;
}

/** Pages that are read in a drill, the front page among them. */
const pagesMax = 12;
const partsMax = 6;
/** Links that are tried to find so many pages. */
const triedMax = 40;

/** The front page, its feed and pages that it links to, as `scout` sees them. Rejects with OperatorError where there is nothing to read. */
export async function findPages(target: Target, scout: Plan["scout"]): Promise<Found> {
  const agent = openAgent(target);
  try {
    const look = (path: string) => lookAt(target, scout, agent, path);
    const front = await look("/");
    if (front.page === undefined) throw nothingToRead(front.answered);
    const linked: Page[] = [];
    for (const path of front.links.slice(0, triedMax)) {
      if (linked.length === pagesMax - 1) break;
      const { page } = await look(path);
      if (page !== undefined) linked.push(page);
    }
    const feed = front.feed === undefined ? undefined : (await look(front.feed)).found;
    return { pages: [front.page, ...linked], feed };
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
  /** Whatever is there. */
  readonly found?: Page;
  /** Where it is a page. */
  readonly page?: Page;
  readonly links: readonly string[];
  readonly feed?: string | undefined;
  /** In words. */
  readonly answered: string;
}

async function lookAt(target: Target, scout: Plan["scout"], agent: Agent, path: string): Promise<Looked> {
  const got = await get({ target, path, reader: scout, agent });
  if (got.outcome === "nothing") return { links: [], answered: `nothing (${got.reason})` };
  if (got.status !== 200) return { links: [], answered: `${got.status} ${got.type}` };
  const found = { path, sha256: sha256(got.body), bytes: got.body.byteLength, parts: [] };
  if (!got.type.startsWith("text/html")) return { found, links: [], answered: `200 ${got.type}` };
  const html = got.body.toString("utf8");
  return {
    found,
    page: { ...found, parts: partsOf(html).slice(0, partsMax) },
    links: linksOf(html).filter((link) => link !== path),
    feed: feedOf(html),
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

/** The first one that the page offers. */
export function feedOf(html: string): string | undefined {
  const offered = html
    .match(/<link\b[^>]*>/g)
    ?.find((tag) => /\btype="application\/(atom|rss)\+xml"/.test(tag));
  return offered === undefined ? undefined : /\shref="(\/(?!\/)[^"&]*)"/.exec(offered)?.[1];
}

function unique(html: string, pattern: RegExp): string[] {
  return [...new Set([...html.matchAll(pattern)].map(([, path]) => path ?? ""))];
}
