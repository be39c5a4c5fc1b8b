/** Code that stands in the page: shapes that nobody has seen, and literals that do more than change. */
import type { Facts, InlineCode } from "../facts.ts";
import { runs } from "../learning/known-code.ts";
import { hostsIn, isAddress, isTelling, markupIn } from "../learning/literals.ts";
import { hostOf, shortHash } from "../learning/references.ts";
import type { SiteBaseline } from "../learning/site-baseline.ts";
import { claimAlone, claimsIn } from "./claims.ts";
import type { Judged, Look, Sign } from "./sign.ts";

export const lookAtCode: Look = ({ inline }: Facts, by: Judged) => {
  const running = inline.filter(({ kind }) => kind !== "data");
  const claims = claimingLiterals(running);
  const strange = running.filter(
    ({ shape }) => by.page?.code.has(shape) !== true && !by.site.code.has(shape),
  );
  const strangeRunning = strange.filter(runs).length;
  const signs = running.flatMap((code) =>
    strange.includes(code) ? [strangeCode(code, strangeRunning, claims, by)] : literals(code, claims, by),
  );
  return [...signs, ...claimingData(inline)];
};

/** What search engines and other sites are told; a headline about an attack may be as short. */
function claimingData(inline: readonly InlineCode[]): readonly Sign[] {
  const claims = claimingLiterals(inline.filter(({ kind }) => kind === "data"));
  return [...claims].slice(0, 1).map((value) => ({ family: "words", what: "data", value, grade: "doubt" }));
}

/** `many`: scripts of that page that nobody has seen. */
function strangeCode(
  code: InlineCode,
  many: number,
  claims: ReadonlySet<string>,
  { page, site }: Judged,
): Sign {
  const sign = { family: "code", what: `inline ${code.kind}`, value: shown(code) } as const;
  const claim = code.literals.find((literal) => claims.has(literal));
  // What a sheet hides, covers, says or fetches are facts of their own; what is left is looks.
  if (!runs(code)) return { ...sign, grade: claim === undefined ? "note" : "question" };
  const leads = code.literals.find((literal) => strangeHosts(literal, site).length > 0);
  if (leads !== undefined) return { ...sign, value: leads, grade: "alarm" };
  if (claim !== undefined) return { ...sign, value: claim, grade: "alarm" };
  return { ...sign, grade: page !== undefined && many <= page.strangeCode ? "doubt" : "question" };
}

/** Its shape, and what it says first. */
function shown({ shape, literals: texts }: InlineCode): string {
  return `${shape.slice(0, 12)} ${texts.slice(0, 5).join(" ")}`.trim();
}

/** Of code whose shape is known: its literals may change, but not in what they load, show or say. */
function literals(code: InlineCode, claims: ReadonlySet<string>, { page, site }: Judged): readonly Sign[] {
  return code.literals.flatMap((literal) => {
    const hash = isTelling(literal) ? shortHash(literal) : "";
    if (page?.telling.has(hash) === true || site.telling.has(hash)) return [];
    const grade = claims.has(literal) ? "question" : gradeOf(literal, code, page !== undefined, site);
    return grade === undefined
      ? []
      : [{ family: "code", what: `inline ${code.kind} literal`, value: literal, grade }];
  });
}

/** What a page's own code loads or sends to is part of it; what new pages tell their code may be their sources. */
function gradeOf(
  literal: string,
  { kind }: InlineCode,
  isKnownPage: boolean,
  site: SiteBaseline,
): Sign["grade"] | undefined {
  if (kind === "style") return undefined;
  const markup = markupIn(literal);
  if (markup === "active") return "question";
  if (strangeHosts(literal, site).length > 0) return isKnownPage && isAddress(literal) ? "question" : "doubt";
  return markup === "shown" ? "doubt" : undefined;
}

/** Only so many literals are read for what they say. */
const textsMax = 500;

/** Nobody writes that into code, unless whole articles lie in it. */
function claimingLiterals(codes: readonly InlineCode[]): ReadonlySet<string> {
  const texts = codes.flatMap((code) => code.literals.filter((literal) => aFewWords.test(literal)));
  const read = texts.slice(0, textsMax);
  if (claimsIn(read.join("\n")).length === 0) return nothing;
  return new Set(read.filter((literal) => claimAlone(literal) !== undefined));
}

const nothing: ReadonlySet<string> = new Set();
const aFewWords = /^[^\p{L}]*\p{L}{2,}[^\p{L}]+\p{L}{2}.{0,60}$/u;

function strangeHosts(literal: string, site: SiteBaseline): string[] {
  return hostsIn(literal).filter((host) => !knownHosts(site).has(host));
}

const hostsOfSites = new WeakMap<SiteBaseline, ReadonlySet<string>>();

/** Hosts that anything on the site leads to. Gathered once for each baseline. */
function knownHosts(site: SiteBaseline): ReadonlySet<string> {
  const known = hostsOfSites.get(site);
  if (known !== undefined) return known;
  const { vocabulary, codeHosts } = site;
  const loaded = [...vocabulary.scripts, ...vocabulary.styles, ...vocabulary.frames].map(hostOf);
  const hosts = new Set([...codeHosts, ...vocabulary["link-hosts"], ...vocabulary["media-hosts"], ...loaded]);
  hostsOfSites.set(site, hosts);
  return hosts;
}
