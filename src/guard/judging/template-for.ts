/** The template that a page was made with, if it has what all pages of that template have. */
import type { Facts } from "../facts.ts";
import { keptOf, keptStructure, sketchResemblance } from "../learning/resemblance.ts";
import type { PageBaseline } from "../learning/page-baseline.ts";
import { shortHash } from "../learning/references.ts";
import { type SiteBaseline, type Template, vocabularyKey } from "../learning/site-baseline.ts";

/** Of what a template's pages all have, a new one of them has so much. */
const keptLeast = 0.8;
/** What a new page's structure may lack of what two known ones have in common. */
const structureShare = 0.6;
/** As in learning/templates.ts. */
const sameTemplate = 0.45;

export function templateFor(facts: Facts, site: SiteBaseline): Template | undefined {
  const has = tokensOf(facts);
  return site.templates.find(
    (template) =>
      template.kind === facts.kind &&
      isOfStatus(template, facts.status, site) &&
      keptStructure(template.structure, facts.structure) * 100 >= template.alike * structureShare &&
      frameKept(template, has) >= keptLeast,
  );
}

/** The template that a known page was made with. */
export function templateOf(
  { kind, status, structure }: PageBaseline,
  { templates }: SiteBaseline,
): Template | undefined {
  const alike = templates
    .filter((template) => template.kind === kind && template.status === status)
    .map((template) => ({ template, share: sketchResemblance(template.structure.sketch, structure.sketch) }))
    .sort((left, right) => right.share - left.share)[0];
  return alike !== undefined && alike.share >= sameTemplate ? alike.template : undefined;
}

/** Error pages are made like one another; where none was seen, like other pages. */
function isOfStatus({ status }: Template, now: number, { templates }: SiteBaseline): boolean {
  if (sameClass(status, now)) return true;
  return now >= 400 && !templates.some((other) => sameClass(other.status, now));
}

function sameClass(left: number, right: number): boolean {
  return Math.floor(left / 100) === Math.floor(right / 100);
}

interface Tokens {
  readonly scripts: ReadonlySet<string>;
  readonly styles: ReadonlySet<string>;
  readonly code: ReadonlySet<string>;
  readonly menu: ReadonlySet<string>;
}

function tokensOf({ sets, inline }: Facts): Tokens {
  return {
    scripts: new Set(sets.scripts.map((one) => vocabularyKey("scripts", one))),
    styles: new Set(sets.styles.map((one) => vocabularyKey("styles", one))),
    code: new Set(inline.map(({ shape }) => shape)),
    menu: new Set(sets.links.map(shortHash)),
  };
}

/** The mean over what a template has at all. A feed has nothing but its structure, and no menu; of a bare page that is not enough. */
function frameKept(template: Template, has: Tokens): number {
  const parts = ["scripts", "styles", "code", ...(template.kind === "xml" ? [] : ["menu" as const])] as const;
  const kept = parts.flatMap((part) => keptOf(template[part], has[part]) ?? []);
  if (kept.length === 0) return template.kind === "html" ? 0 : 1;
  return kept.reduce((sum, one) => sum + one, 0) / kept.length;
}
