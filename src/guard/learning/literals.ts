/** Literals of inline code: which of them change from load to load, and of what form they are then. */

/** `=` constant; `0` digits; `x` hex; `t` a time; `b` random-looking; `s` any other text. */
export type LiteralForm = "0" | "x" | "t" | "b" | "s";

export function literalForm(literal: string): LiteralForm {
  const text = literal.replace(/^["'`]|["'`]$/g, "");
  if (/^-?[\d.,\s]*$/.test(text)) return "0";
  if (/^\d{4}-\d\d-\d\d([T ][\d:.+Z-]*)?$|^\d\d?:\d\d(:\d\d)?$|^\d\d?[./-]\d\d?[./-]\d{4}$/.test(text))
    return "t";
  if (/^[\da-f-]{6,}$/i.test(text) && /\d/.test(text)) return "x";
  if (/^[\w+/=.-]{8,}$/.test(text) && /\d/.test(text) && /[a-z]/i.test(text)) return "b";
  return "s";
}

/** One sign for each place, over the literals of several loads; empty where their numbers differ. */
export function formsOver(loads: readonly (readonly string[])[], placesMax: number): string {
  const [first = []] = loads;
  if (loads.some((literals) => literals.length !== first.length)) return "";
  return first
    .slice(0, placesMax)
    .map((literal, at) => {
      const others = loads.map((literals) => literals[at] ?? "");
      return others.every((other) => other === literal) ? "=" : widest(others.map(literalForm));
    })
    .join("");
}

const widths: readonly LiteralForm[] = ["0", "x", "b"];

function widest(forms: readonly LiteralForm[]): LiteralForm {
  const [first = "s"] = forms;
  if (forms.every((form) => form === first)) return first;
  if (forms.some((form) => !widths.includes(form))) return "s";
  return widths[Math.max(...forms.map((form) => widths.indexOf(form)))] ?? "s";
}

const address = /(?:https?:|wss?:)?\\?\/\\?\/((?:[\w-]+\.)+[a-z]{2,})/gi;

/** Hosts that a literal names with an address. */
export function hostsIn(literal: string): string[] {
  return [...literal.matchAll(address)].map(([, host = ""]) => host.toLowerCase());
}

/** It is an address by itself, not a text that has one. */
export function isAddress(literal: string): boolean {
  return /^\s*(?:(?:https?|wss?):)?\\?\/\\?\/[\w-]/i.test(literal);
}

/** Markup that runs or loads something. */
const active =
  /<\s*(script|iframe|form|meta|object|embed|base|link|frame|svg)\b|\bon[a-z]{3,}\s*=\s*\\?["']?\S|^\s*data:(?:text\/(?:html|javascript)|application\/javascript)/i;
/** Markup that shows something in place of the page. */
const shown = /<\s*\/?(html|body|h1|img|style|center|marquee)\b/i;

/** What its markup could do; undefined: it has none of that. */
export function markupIn(literal: string): "active" | "shown" | undefined {
  if (!/[<=]|data:/.test(literal)) return undefined;
  if (active.test(literal)) return "active";
  return shown.test(literal) ? "shown" : undefined;
}

/** It is known again by itself, not by its form. */
export function isTelling(literal: string): boolean {
  return markupIn(literal) !== undefined || hostsIn(literal).length > 0;
}
