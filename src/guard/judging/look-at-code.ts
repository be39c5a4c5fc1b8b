/** Code that stands in the page: shapes that nobody has seen, and literals that do more than change. */
import type { Facts, InlineCode } from "../facts.ts";
import { constantsOf, runs } from "../learning/known-code.ts";
import { fitsForm } from "../learning/literals.ts";
import type { KnownCode } from "../learning/page-baseline.ts";
import type { SiteBaseline } from "../learning/site-baseline.ts";
import { hostOf } from "../learning/references.ts";
import { claimsIn } from "./claims.ts";
import type { Judged, Look, Sign } from "./sign.ts";

export const lookAtCode: Look = ({ inline }: Facts, by: Judged) => {
  const running = inline.filter(({ kind }) => kind !== "data");
  const strange = running.filter(
    ({ shape }) => by.page?.code.has(shape) !== true && !by.site.code.has(shape),
  );
  const known = running.filter((code) => !strange.includes(code));
  return [
    ...strange.map((code) => strangeCode(code, strange, by)),
    ...known.flatMap((code) => literals(code, by)),
  ];
};

function strangeCode(code: InlineCode, all: readonly InlineCode[], { page, site }: Judged): Sign {
  const sign = { family: "code", what: `inline ${code.kind}`, value: shown(code) } as const;
  if (!runs(code)) return { ...sign, grade: saysWrong(code.literals) ? "question" : "doubt" };
  const leads = code.literals.find((literal) => strangeHosts(literal, site).length > 0);
  if (leads !== undefined) return { ...sign, value: leads, grade: "alarm" };
  const isMadeAnew = page !== undefined && all.filter(runs).length <= page.strangeCode;
  return { ...sign, grade: isMadeAnew ? "doubt" : "question" };
}

/** Its shape, and what it says first. */
function shown({ shape, literals: texts }: InlineCode): string {
  return `${shape.slice(0, 12)} ${texts.slice(0, 5).join(" ")}`.trim();
}

/** Of code whose shape is known: its literals may change, within what such literals do. */
function literals(code: InlineCode, { page, site }: Judged): readonly Sign[] {
  const known = page?.code.get(code.shape);
  return changedLiterals(code, known).flatMap((literal) => {
    const grade = gradeOf(literal, code, site);
    return grade === undefined
      ? []
      : [{ family: "code", what: `inline ${code.kind} literal`, value: literal, grade }];
  });
}

/** All of them where the shape is known from other pages only, or something constant changed. */
function changedLiterals({ literals: texts }: InlineCode, known: KnownCode | undefined): readonly string[] {
  if (known === undefined || known.forms.length !== texts.length) return texts;
  const constantsChanged = constantsOf(texts, known.forms) !== known.constants;
  return texts.filter((literal, at) => {
    const form = known.forms[at] ?? "=";
    return form === "=" ? constantsChanged : !fitsForm(literal, form) || form === "s";
  });
}

const activeMarkup =
  /<\s*\/?(script|iframe|form|meta|object|embed|svg|style|base|link|frame|html|body|img|h1)\b|\bon\w+\s*=\s*\S/i;

function gradeOf(literal: string, { kind }: InlineCode, site: SiteBaseline): Sign["grade"] | undefined {
  if (saysWrong([literal])) return "question";
  if (kind === "style") return undefined;
  if (activeMarkup.test(literal)) return "question";
  return strangeHosts(literal, site).length > 0 ? "doubt" : undefined;
}

/** Nobody writes articles into code. */
function saysWrong(texts: readonly string[]): boolean {
  return texts.some((text) => /\p{L}{2}.*\p{L}{2}/u.test(text) && claimsIn(text).length > 0);
}

const address = /(?:https?:|wss?:)?\\?\/\\?\/((?:[\w-]+\.)+[a-z]{2,})/gi;

function strangeHosts(literal: string, { vocabulary }: SiteBaseline): string[] {
  const hosts = [...literal.matchAll(address)].map(([, host = ""]) => host.toLowerCase());
  return hosts.filter(
    (host) =>
      !vocabulary["link-hosts"].has(host) &&
      !vocabulary["media-hosts"].has(host) &&
      ![...vocabulary.scripts, ...vocabulary.styles, ...vocabulary.frames].some(
        (one) => hostOf(one) === host,
      ),
  );
}
