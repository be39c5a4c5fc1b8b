/** What a page is made of, held to its hash: scripts, styles, fonts, pictures. */
import type { DocumentKind, Facts } from "../facts.ts";
import { withoutQuery } from "../learning/references.ts";
import type { Verdict } from "../verdict.ts";
import { lookAtAnswer } from "./look-at-answer.ts";
import { lookAtCode } from "./look-at-code.ts";
import type { Judged, Sign } from "./sign.ts";
import { weigh } from "./weigh.ts";

interface KnownAsset {
  readonly sha256: string;
  readonly kind: DocumentKind;
}

/** `known`: undefined where nothing is known under that very address. */
export function judgeAsset(facts: Facts, known: KnownAsset | undefined, by: Omit<Judged, "page">): Verdict {
  return weigh(signsOf(facts, known, by), by.working);
}

function signsOf(facts: Facts, known: KnownAsset | undefined, by: Omit<Judged, "page">): readonly Sign[] {
  if (known?.sha256 === facts.sha256) return [];
  const judged = { ...by, page: undefined };
  if (facts.status !== 200) return lookAtAnswer(facts, judged);
  if (isOfThatPath(facts, by)) return [{ ...contents(facts), grade: "note" }];
  if (known === undefined) return unknown(facts, judged);
  if (known.kind !== facts.kind) {
    return [{ family: "answer", what: "kind", value: facts.kind, before: known.kind, grade: "alarm" }];
  }
  return [
    { ...contents(facts), before: known.sha256.slice(0, 16), grade: "question" },
    ...leads(facts, judged),
  ];
}

/** The same contents under another version's parameter. */
function isOfThatPath({ sha256 }: Facts, { address, site }: Omit<Judged, "page">): boolean {
  return site.assets.get(withoutQuery(address))?.has(sha256.slice(0, 16)) === true;
}

function contents({ kind, sha256 }: Facts): Pick<Sign, "family" | "what" | "value"> {
  return { family: "code", what: `${kind} contents`, value: sha256.slice(0, 16) };
}

/** New scripts and styles are asked about; new pictures and data come with every article. */
function unknown(facts: Facts, by: Judged): readonly Sign[] {
  const isCode = facts.kind === "script" || facts.kind === "style";
  const sign = { ...contents(facts), grade: isCode ? "question" : "note" } as const;
  return facts.kind === "svg" || isCode ? [sign, ...leads(facts, by)] : [sign];
}

/** Code in it that says what nobody writes into code, or leads to where nothing here leads. */
function leads(facts: Facts, by: Judged): readonly Sign[] {
  return lookAtCode(facts, by).filter(({ grade }) => grade === "alarm");
}
