/** One value against its setting: the value to use, or what is wrong with it and where inside it. */
import { type Form, forms, oneOf } from "./forms.ts";
import type { ListSetting, NumberSetting, Setting } from "./setting.ts";

export interface Flaw {
  /** Inside the value: empty for the value itself, `[2, "network"]` for a field of the third entry. */
  readonly path: readonly (string | number)[];
  /** What stands there, cut short: `"htps"`. */
  readonly found: string;
  /** "a whole number from 0 to 64". */
  readonly takes: string;
}

/** The value in its normal spelling; of no use where there are flaws. */
export interface Checked {
  readonly value: unknown;
  readonly flaws: readonly Flaw[];
}

const entriesMax = 10_000;
/** Of numbers in a table: those of autonomous systems have 32 bits (RFC 6793). */
const fieldMax = 2 ** 32 - 1;
const foundLengthMax = 60;

export function check(setting: Setting, found: unknown): Checked {
  switch (setting.type) {
    case "text":
      return found === "" && setting.default === "" ? right("") : checkForm(setting.form ?? "text", found);
    case "choice":
      return setting.choices.some((choice) => choice === found) ? right(found) : wrong(found, takes(setting));
    case "number":
      return isNumber(setting, found) ? right(found) : wrong(found, takes(setting));
    case "boolean":
      return typeof found === "boolean" ? right(found) : wrong(found, takes(setting));
    case "list":
      return checkList(setting, found);
  }
}

/** In words, for messages, help and docs. */
export function takes(setting: Setting): string {
  switch (setting.type) {
    case "text":
      return `${forms[setting.form ?? "text"].takes}${setting.default === "" ? ", or nothing" : ""}`;
    case "choice":
      return oneOf(setting.choices);
    case "number": {
      if (setting.unit === "share") return `a number from ${setting.min} to ${setting.max}`;
      const unit = setting.unit === "count" ? "" : ` (${setting.unit})`;
      return `a whole number from ${setting.min} to ${setting.max}${unit}`;
    }
    case "boolean":
      return "true or false";
    case "list": {
      const example = setting.default.length === 0 ? "" : `, like ${JSON.stringify(setting.default)}`;
      return `a list${example}; each entry is ${takesEach(setting)}`;
    }
  }
}

function takesEach({ of, fields = {} }: ListSetting<unknown>): string {
  if (of !== "table") return forms[of].takes;
  const names = Object.keys(fields).map((name) => `${name} = …`);
  return `a table { ${names.join(", ")} }`;
}

function checkList(setting: ListSetting<unknown>, found: unknown): Checked {
  if (!Array.isArray(found) || found.length > entriesMax) return wrong(found, takes(setting));
  const entries = found.map((entry: unknown) => checkEntry(setting, entry));
  return {
    value: entries.map(({ value }) => value),
    flaws: entries.flatMap(({ flaws }, at) => flaws.map((flaw) => inside(at, flaw))),
  };
}

function checkEntry(setting: ListSetting<unknown>, found: unknown): Checked {
  if (setting.of !== "table") return checkForm(setting.of, found);
  if (!isTable(found)) return wrong(found, takesEach(setting));
  const fields = Object.entries(found).map(
    ([name, value]) => [name, checkField(setting.fields ?? {}, name, value)] as const,
  );
  const missing = (setting.required ?? []).filter((name) => !Object.hasOwn(found, name));
  return {
    value: Object.fromEntries(fields.map(([name, { value }]) => [name, value])),
    flaws: [
      ...missing.map((name) => ({ path: [], found: `a table without ${name}`, takes: takesEach(setting) })),
      ...fields.flatMap(([name, { flaws }]) => flaws.map((flaw) => inside(name, flaw))),
    ],
  };
}

function checkField(
  fields: Readonly<Record<string, Form | "number">>,
  name: string,
  found: unknown,
): Checked {
  const form = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (form === undefined) {
    return {
      value: undefined,
      flaws: [{ path: [], found: `a field "${name}"`, takes: oneOf(Object.keys(fields)) }],
    };
  }
  if (form !== "number") return checkForm(form, found);
  return isWithin(found, 0, fieldMax) ? right(found) : wrong(found, `a whole number from 0 to ${fieldMax}`);
}

function checkForm(form: Form, found: unknown): Checked {
  const value = typeof found === "string" ? forms[form].normal(found) : undefined;
  return value === undefined ? wrong(found, forms[form].takes) : right(value);
}

function right(value: unknown): Checked {
  return { value, flaws: [] };
}

function wrong(found: unknown, expected: string): Checked {
  return { value: undefined, flaws: [{ path: [], found: shown(found), takes: expected }] };
}

function inside(step: string | number, { path, found, takes: expected }: Flaw): Flaw {
  return { path: [step, ...path], found, takes: expected };
}

function isNumber({ unit, min, max }: NumberSetting, found: unknown): boolean {
  if (unit !== "share") return isWithin(found, min, max);
  return typeof found === "number" && found >= min && found <= max;
}

function isWithin(found: unknown, min: number, max: number): boolean {
  return typeof found === "number" && Number.isInteger(found) && found >= min && found <= max;
}

export function isTable(found: unknown): found is Record<string, unknown> {
  return typeof found === "object" && found !== null && !Array.isArray(found) && !(found instanceof Date);
}

/** As it could be written in the file, cut short. */
function shown(found: unknown): string {
  if (isTable(found)) return "a table";
  if (Array.isArray(found)) return "a list";
  if (found instanceof Date) return "a date";
  const text = typeof found === "string" ? JSON.stringify(found) : String(found);
  return text.length > foundLengthMax ? `${text.slice(0, foundLengthMax)}…` : text;
}
