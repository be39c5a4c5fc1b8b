/** Pages that are unlike all others of their site: perhaps they were learned while they were defaced, or something was planted. */
import { claimAlone } from "../judging/claims.ts";
import type { FactSet } from "../facts.ts";
import type { PageBaseline } from "./page-baseline.ts";
import { hostOf } from "./references.ts";
import { vocabularyKey } from "./site-baseline.ts";

export interface Stranger {
  readonly address: string;
  /** For a person. */
  readonly why: string;
}

/** With fewer pages nothing can be said of what they share. */
const pagesLeast = 4;
/** What so many pages have is the site's frame. */
const frameShare = 0.6;
const keptLeast = 0.15;

type At = { readonly address: string; readonly page: PageBaseline };

export function strangersAmong(pages: readonly At[]): Stranger[] {
  const documents = pages.filter(({ page }) => page.kind === "html" && page.status < 300);
  const frame = frameOf(documents);
  const lonely = lonelyHosts(documents);
  return pages.flatMap(({ address, page }) => {
    const why = whyStrange(page, frame, lonely);
    return why === undefined ? [] : [{ address, why }];
  });
}

function whyStrange(
  page: PageBaseline,
  frame: ReadonlySet<string>,
  lonely: ReadonlySet<string>,
): string | undefined {
  const claim = [...page.titles, ...page.headings].find((text) => claimAlone(text) !== undefined);
  if (claim !== undefined) return `claims an attack: "${claim}"`;
  if (page.kind !== "html" || page.status >= 300) return undefined;
  const tokens = tokensOf(page);
  const kept = [...frame].filter((token) => tokens.has(token)).length;
  if (frame.size >= 4 && kept < frame.size * keptLeast) {
    return "has nothing of what the other pages share: scripts, styles, menu";
  }
  const host = loadedHosts(page).find((one) => lonely.has(one));
  return host === undefined ? undefined : `is the only page that ${host}`;
}

function frameOf(pages: readonly At[]): ReadonlySet<string> {
  if (pages.length < pagesLeast) return new Set();
  const counts = new Map<string, number>();
  for (const { page } of pages) {
    for (const token of tokensOf(page)) counts.set(token, (counts.get(token) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, many]) => many >= pages.length * frameShare).map(([token]) => token));
}

function tokensOf({ sets, code }: PageBaseline): ReadonlySet<string> {
  const tokens = (set: FactSet): string[] =>
    [...sets[set].always].map((member) => `${set} ${set === "links" ? member : vocabularyKey(set, member)}`);
  return new Set([...tokens("scripts"), ...tokens("styles"), ...tokens("links"), ...code.keys()]);
}

/** Hosts that one page alone loads code from, or links to where nobody sees it. */
function lonelyHosts(pages: readonly At[]): ReadonlySet<string> {
  if (pages.length < pagesLeast) return new Set();
  const counts = new Map<string, number>();
  for (const { page } of pages) {
    for (const one of new Set(loadedHosts(page))) counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, many]) => many === 1).map(([one]) => one));
}

function loadedHosts({ sets }: PageBaseline): string[] {
  const hosts = [...sets.scripts.always, ...sets.scripts.sometimes].map(hostOf).filter((host) => host !== "");
  const hidden = [...sets["hidden-link-hosts"].always, ...sets["hidden-link-hosts"].sometimes];
  return [
    ...hosts.map((host) => `loads a script from ${host}`),
    ...hidden.map((host) => `links to ${host} where nobody sees it`),
  ];
}
