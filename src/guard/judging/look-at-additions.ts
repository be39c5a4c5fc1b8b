/** What was added to a page that is otherwise whole: a line above it, words that are sold, a program's complaints. */
import type { Facts } from "../facts.ts";
import type { PageBaseline } from "../learning/page-baseline.ts";
import type { SiteBaseline } from "../learning/site-baseline.ts";
import { claimsIn } from "./claims.ts";
import { hasWarning } from "./faults.ts";
import { sells } from "./remarks.ts";
import type { Look, Sign } from "./sign.ts";

export const lookAtAdditions: Look = (facts, { page, site }) =>
  page === undefined ? [] : [...top(facts, page), ...sold(facts, page, site), ...warning(facts, page)];

/** A headline above the page takes more words, to tell what happened to whom; and it claims once. */
const lineWordsMost = 7;

/** Above it. A newspaper's ticker says the like on some days, so it is only told. */
function top({ opening, kind }: Facts, { claims }: PageBaseline): readonly Sign[] {
  const fresh = (text: string): number => claimsIn(text).filter((claim) => !claims.has(claim)).length;
  if (kind !== "html" || fresh(opening.join(" ")) === 0) return [];
  const value = linesOf(opening).find((line) => fresh(line) > 0) ?? opening.find((block) => fresh(block) > 1);
  return value === undefined ? [] : [{ family: "words", what: "words", value, grade: "doubt" }];
}

/** Short blocks, and those that follow one another as one line: who sets each word apart says the same. */
function linesOf(blocks: readonly string[]): string[] {
  return blocks.flatMap((_, from) => {
    const lines: string[] = [];
    let line = "";
    for (const block of blocks.slice(from)) {
      line = `${line} ${block}`.trim();
      if (line.split(" ").length > lineWordsMost) break;
      lines.push(line);
    }
    return lines;
  });
}

/** Beside links to where nothing here led before. */
function sold(facts: Facts, { claims }: PageBaseline, { vocabulary }: SiteBaseline): readonly Sign[] {
  if (claims.has("sold words")) return [];
  const value = facts.sets["link-hosts"].find((host) => !vocabulary["link-hosts"].has(host));
  if (value === undefined || !sells(facts)) return [];
  return [{ family: "words", what: "sold words", value, grade: "doubt" }];
}

/** The page is there, and true. */
function warning({ words }: Facts, { claims }: PageBaseline): readonly Sign[] {
  if (claims.has("printed warning") || !hasWarning(words)) return [];
  return [{ family: "answer", what: "fault", value: "printed warning", grade: "doubt" }];
}
