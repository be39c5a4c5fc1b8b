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

/** Above it. A newspaper's ticker says the like on some days, so it is only told. */
const topLength = 80;

function top({ words, kind }: Facts, { claims }: PageBaseline): readonly Sign[] {
  const value = words.slice(0, topLength);
  if (kind !== "html" || !claimsIn(value).some((claim) => !claims.has(claim))) return [];
  return [{ family: "words", what: "words", value, grade: "doubt" }];
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
