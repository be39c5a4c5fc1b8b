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
      isOfStatus(template, facts.status) &&
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

/** Error pages are made like one another, not like others. */
function isOfStatus(template: Template, status: number): boolean {
  return Math.floor(template.status / 100) === Math.floor(status / 100);
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

/** The mean over what a template has at all; 0 where it has nothing to go by. */
function frameKept(template: Template, has: Tokens): number {
  const kept = (["scripts", "styles", "code", "menu"] as const).flatMap(
    (part) => keptOf(template[part], has[part]) ?? [],
  );
  return kept.length === 0 ? 0 : kept.reduce((sum, one) => sum + one, 0) / kept.length;
}
