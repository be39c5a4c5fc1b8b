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

/** A later literal may take the place of one of that form. */
export function fitsForm(literal: string, form: string): boolean {
  const now = literalForm(literal);
  if (form === now) return true;
  if (form === "b") return now === "x" || now === "0";
  return form === "x" && now === "0";
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
