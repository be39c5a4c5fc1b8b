/** What one setting is: its value's type, bounds, default and the prose that help, docs and kasbah.toml are made of. */
import type { Form } from "./forms.ts";

interface Common {
  /** One to three sentences: what it does, when to change it. */
  readonly prose: string;
}

export interface TextSetting extends Common {
  readonly type: "text";
  readonly default: string;
  /** Default: any text. Where the default is empty, so may the value be. */
  readonly form?: Form;
}

export interface ChoiceSetting<C extends string> extends Common {
  readonly type: "choice";
  readonly default: C;
  readonly choices: readonly C[];
}

export interface NumberSetting extends Common {
  readonly type: "number";
  readonly default: number;
  /** Whole numbers, but for a share. */
  readonly unit:
    | "count"
    | "bytes"
    | "ms"
    | "s"
    | "requests/s"
    | "connections/s"
    | "bytes/s"
    | "Mbit/s"
    | "days"
    | "share";
  readonly min: number;
  readonly max: number;
}

export interface BooleanSetting extends Common {
  readonly type: "boolean";
  readonly default: boolean;
}

/** Of a table in a list: a text of that form, a whole number, or one of these choices. */
export type Fields = Readonly<Record<string, Form | "number" | readonly string[]>>;

export interface ListSetting<V> extends Common {
  readonly type: "list";
  readonly of: Form | "table";
  readonly default: readonly V[];
  /** For `of: "table"`: the fields that an entry may have; `required` ones it must. */
  readonly fields?: Fields;
  readonly required?: readonly string[];
}

export type Setting =
  | TextSetting
  | ChoiceSetting<string>
  | NumberSetting
  | BooleanSetting
  | ListSetting<unknown>;

export type ValueOf<S> =
  S extends ChoiceSetting<infer C>
    ? C
    : S extends TextSetting
      ? string
      : S extends NumberSetting
        ? number
        : S extends BooleanSetting
          ? boolean
          : S extends ListSetting<infer V>
            ? readonly V[]
            : never;

export const text = (setting: Omit<TextSetting, "type">): TextSetting => ({ type: "text", ...setting });
export const choice = <C extends string>(setting: Omit<ChoiceSetting<C>, "type">): ChoiceSetting<C> => ({
  type: "choice",
  ...setting,
});
export const number = (setting: Omit<NumberSetting, "type">): NumberSetting => ({
  type: "number",
  ...setting,
});
export const boolean = (setting: Omit<BooleanSetting, "type">): BooleanSetting => ({
  type: "boolean",
  ...setting,
});
export const list = <V>(setting: Omit<ListSetting<V>, "type">): ListSetting<V> => ({
  type: "list",
  ...setting,
});
