/** What stands where on a front page, by age and kind; which story leads is the editors' to choose once they have a studio. */
import type { PublishedText } from "../pieces/published.ts";
import type { Front } from "./facts.ts";

/** How much of each a front page holds. */
export const frontLimits = {
  secondary: 4,
  latest: 8,
  briefs: 6,
  sections: 6,
  perSection: 3,
  findings: 3,
  /** Of a blog's own front, which is one column of posts. */
  posts: 12,
} as const;

/** A conclusion about material, with the text that shows it. */
export interface Finding {
  readonly text: string;
  readonly material: string;
  readonly at: string;
}

/** `texts` newest first, without pages; `sections` in the order of the menu. */
export function arrangeFront(
  texts: readonly PublishedText[],
  sections: readonly string[],
  findings: readonly Finding[],
): Front {
  const placed = new Set<string>();
  const take = (limit: number, fits: (text: PublishedText) => boolean): string[] => {
    const taken: string[] = [];
    for (const text of texts) {
      if (taken.length === limit) break;
      if (!placed.has(text.id) && fits(text)) taken.push(text.id);
    }
    for (const id of taken) placed.add(id);
    return taken;
  };
  const isBrief = ({ kind }: PublishedText): boolean => kind === "brief";
  const isLong = (text: PublishedText): boolean => !isBrief(text);
  const [lead = null] = take(1, isLong);
  return {
    lead,
    secondary: take(frontLimits.secondary, isLong),
    latest: take(frontLimits.latest, isLong),
    briefs: take(frontLimits.briefs, isBrief),
    sections: sections
      .slice(0, frontLimits.sections)
      .map((slug) => ({ slug, texts: take(frontLimits.perSection, ({ section }) => section === slug) }))
      .filter(({ texts: shown }) => shown.length > 0),
    findings: findings
      .toSorted((left, right) => right.at.localeCompare(left.at))
      .slice(0, frontLimits.findings)
      .map(({ text, material }) => ({ text, material })),
    updatedAt: latestChange(texts),
  };
}

/** A blog's front: posts one after the other. */
export function arrangeBlog(texts: readonly PublishedText[]): Front {
  return {
    lead: null,
    secondary: [],
    briefs: [],
    sections: [],
    findings: [],
    latest: texts.slice(0, frontLimits.posts).map(({ id }) => id),
    updatedAt: latestChange(texts),
  };
}

function latestChange(texts: readonly PublishedText[]): string | null {
  let latest: string | null = null;
  for (const { publishedAt, revisedAt } of texts) {
    const at = revisedAt ?? publishedAt;
    if (latest === null || at > latest) latest = at;
  }
  return latest;
}
