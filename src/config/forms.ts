/** The forms that a text among the settings can have: how each is told to people, and its one normal spelling. */
import {
  hostForm,
  listenForm,
  networkForm,
  normalHost,
  normalNetwork,
  parseListenAddress,
} from "../base/network.ts";
import { isLanguageTag, languageTags } from "../language/tags.ts";

interface FormFacts {
  /** "it takes …". */
  readonly takes: string;
  /** Undefined where the text is not of the form. */
  readonly normal: (text: string) => string | undefined;
}

export type Form =
  | "text"
  | "cidr"
  | "address"
  | "host"
  | "language"
  | "time-zone"
  | "country"
  | "origin"
  | "file";

const textLengthMax = 1_000;

export const forms: Readonly<Record<Form, FormFacts>> = {
  text: { takes: "a text on one line", normal: (text) => (isOneLine(text) ? text : undefined) },
  cidr: { takes: networkForm, normal: normalNetwork },
  address: {
    takes: listenForm,
    normal: (text) => (parseListenAddress(text) === undefined ? undefined : text),
  },
  host: { takes: hostForm, normal: normalHost },
  language: { takes: oneOf(languageTags), normal: (text) => (isLanguageTag(text) ? text : undefined) },
  "time-zone": {
    takes: 'an IANA time zone, like "Africa/Casablanca" or "UTC"',
    normal: (text) => (isTimeZone(text) ? text : undefined),
  },
  country: {
    takes: 'a country\'s two letters, like "MA"',
    normal: (text) => (/^[A-Z]{2}$/.test(text) ? text : undefined),
  },
  origin: {
    takes: 'an http or https address without a path, like "https://example.org"',
    normal: normalOrigin,
  },
  /** Made absolute by the loader, which knows where kasbah.toml is. */
  file: { takes: "the name of a file", normal: (text) => (isOneLine(text) ? text : undefined) },
};

/** Also without the slash at its end that browsers show. */
function normalOrigin(text: string): string | undefined {
  const url = /^https?:\/\/[^/?#@\s\\]+\/?$/i.test(text) ? URL.parse(text) : null;
  return url === null || url.port === "0" ? undefined : url.origin;
}

/** `"a", "b" or "c"`. */
export function oneOf(choices: readonly string[]): string {
  const quoted = choices.map((choice) => JSON.stringify(choice));
  return quoted.length < 2 ? quoted.join("") : `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`;
}

function isOneLine(text: string): boolean {
  return text !== "" && text.length <= textLengthMax && !/\p{Cc}/u.test(text);
}

function isTimeZone(text: string): boolean {
  try {
    return Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
