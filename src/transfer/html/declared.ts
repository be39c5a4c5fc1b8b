/** Language and direction as HTML says them: `lang`, `xml:lang`, `dir`, and the `direction` of an inline style. */
import type { Mark } from "../../pieces/body.ts";
import type { Declared, DeclaredDirection } from "./writer.ts";
import type { Context } from "./context.ts";
import { attribute, type Element } from "./parse.ts";

const directions: ReadonlySet<string> = new Set(["rtl", "ltr", "auto"]);
/** The same shape that a body allows; WordPress writes `fr_FR` now and then. */
const languageCode = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;

/** What the element itself says, and nothing of what surrounds it. */
function declaredBy(element: Element): Declared {
  const lang = languageIn(attribute(element, "lang") ?? attribute(element, "xml:lang"));
  const dir = directionIn(element);
  return { ...(lang !== undefined && { lang }), ...(dir !== undefined && { dir }) };
}

/** What holds below a block. */
export function blockContext(element: Element, context: Context): Context {
  return { ...context, declared: { ...context.declared, ...declaredBy(element) } };
}

/** What holds below an element inside a line. `marks`: the context's own, or with what the element adds. */
export function runContext(element: Element, context: Context, marks = context.marks): Context {
  return { ...context, marks: withLanguage(marks, declaredBy(element)) };
}

/** For a run of words: what it says wins over what an outer run said. */
function withLanguage(marks: readonly Mark[], declared: Declared): readonly Mark[] {
  if (declared.lang === undefined && declared.dir === undefined) return marks;
  const outer = marks.find((mark) => mark.type === "language");
  const attrs = { ...outer?.attrs, ...declared };
  return [...marks.filter((mark) => mark !== outer), { type: "language", attrs }];
}

function languageIn(value: string | undefined): string | undefined {
  const code = value?.trim().replaceAll("_", "-");
  return code !== undefined && languageCode.test(code) ? code : undefined;
}

function directionIn(element: Element): DeclaredDirection | undefined {
  const named = attribute(element, "dir")?.trim().toLowerCase();
  const styled = /(?:^|[;\s])direction\s*:\s*(rtl|ltr)\b/i.exec(attribute(element, "style") ?? "")?.[1];
  const found = named ?? styled?.toLowerCase();
  return found !== undefined && directions.has(found) ? (found as DeclaredDirection) : undefined;
}
