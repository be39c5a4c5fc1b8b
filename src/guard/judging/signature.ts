/** One cause on many pages is one question: what is new names it, not where. */
import { sha256 } from "../../base/bytes.ts";
import { formOf } from "../learning/references.ts";
import type { NewFact } from "../verdict.ts";

/** Fields whose value differs from page to page where one thing happened to all of them. */
const pageOwn: ReadonlySet<string> = new Set([
  "page",
  "design",
  "frame",
  "text",
  "structure",
  "links",
  "headings",
  "letters",
  "limit",
]);

/** The same for the same cause: 32 hexadecimal digits. Only what weighs most counts. */
export function signatureOf(facts: readonly NewFact[]): string {
  const weight = (["contradicts", "doubt", "note"] as const).find((one) =>
    facts.some((fact) => fact.weight === one),
  );
  const causes = facts.flatMap((fact) => (fact.weight === weight ? [causeOf(fact)] : []));
  return sha256([weight ?? "", ...new Set(causes.sort())].join("\n")).slice(0, 32);
}

/** Another number to pay to or to call is another cause, whatever it has in common with the last. */
const exact: ReadonlySet<string> = new Set(["contacts"]);

function causeOf({ what, value }: NewFact): string {
  // Which claim it is stands behind "words"; each page quotes it in its own way.
  if (pageOwn.has(what) || what.startsWith("words ")) return what;
  return `${what} ${exact.has(what) ? value : formOf(value)}`;
}
