/** One cause on many pages is one question: what is new names it, not where. */
import { sha256 } from "../../base/bytes.ts";
import { formOf } from "../learning/references.ts";
import type { NewFact } from "../verdict.ts";

/** Fields whose value differs from page to page where one thing happened to all of them. */
const pageOwn: ReadonlySet<string> = new Set([
  "page",
  "frame",
  "text",
  "structure",
  "links",
  "headings",
  "letters",
  "limit",
]);

/**
 * The same for the same cause: 32 hexadecimal digits. Only what weighs most counts; and what a page alone can say counts only where nothing
 * is new that other pages may show as well, so that a redesign is one cause however much is left of each page.
 */
export function signatureOf(facts: readonly NewFact[]): string {
  const { weight, causes } = causesIn(facts);
  return sha256([weight, ...new Set(causes.sort())].join("\n")).slice(0, 32);
}

/** That page itself is another, or says something else, and nothing else is new: whatever is said of it says nothing of other pages. */
export function isOfOnePage(facts: readonly NewFact[]): boolean {
  const { causes } = causesIn(facts);
  return causes.every((cause) => pageOwn.has(cause) || says.test(cause));
}

const says = /^(words|title) /;

function causesIn(facts: readonly NewFact[]): { weight: string; causes: string[] } {
  const weight = (["contradicts", "doubt", "note"] as const).find((one) =>
    facts.some((fact) => fact.weight === one),
  );
  const weighing = facts.filter((fact) => fact.weight === weight);
  const shared = weighing.filter(({ what }) => !pageOwn.has(what));
  const causes = shared.length > 0 ? shared.map(causeOf) : weighing.map(({ what }) => what);
  return { weight: weight ?? "", causes };
}

/** A design is one for all pages; which claim it is stands behind "words", and each page quotes it in its own way. */
function isNamedAlone(what: string): boolean {
  return what === "design" || what.startsWith("words ");
}

/** Begin with a hash, which is all that tells one such thing from another. */
const hashed = /^inline \w+$|^buried$| contents$/;
const hash = /^[\da-f]*/;
/** Another number to pay to or to call is another cause, whatever it has in common with the last. */
const exact: ReadonlySet<string> = new Set(["contacts"]);

function causeOf({ what, value }: NewFact): string {
  if (isNamedAlone(what)) return what;
  if (exact.has(what)) return `${what} ${value}`;
  const name = hashed.test(what) ? (hash.exec(value)?.[0] ?? "") : "";
  return `${what} ${name}${formOf(value.slice(name.length))}`;
}
