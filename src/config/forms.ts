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
  | "field"
  | "url"
  | "proxy"
  | "mail-address"
  | "mail-server"
  | "path"
  | "cookies"
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
  url: {
    takes: 'an http or https address, like "https://example.org/hook"',
    normal: (text) => normalUrl(text, /^https?:$/)?.href,
  },
  proxy: {
    takes: 'the address of an HTTP proxy, like "http://127.0.0.1:3128"',
    normal: (text) => normalUrl(text, /^http:$/, /^\/$/)?.href.slice(0, -1),
  },
  "mail-address": {
    takes: 'a mail address, like "watch@example.org"',
    normal: (text) => (/^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d.-]{1,253}$/i.test(text) ? text : undefined),
  },
  "mail-server": {
    takes: 'a mail server with its port, like "smtp.example.org:587"',
    normal: normalMailServer,
  },
  path: {
    takes: 'a path without a query, like "/wp-admin"',
    normal: (text) => (/^\/[!-~]+$/.test(text) && !/[?#*]/.test(text) ? text : undefined),
  },
  cookies: {
    takes: "the name of a cookie, in which a star stands for anything",
    normal: (text) => (/^[\w!#$%&'*+.^`|~-]{1,200}$/.test(text) ? text : undefined),
  },
  field: { takes: 'the name of a header field of your own, like "x-kasbah-secret"', normal: normalField },
  /** Made absolute by the loader, which knows where kasbah.toml is. */
  file: { takes: "the name of a file", normal: (text) => (isOneLine(text) ? text : undefined) },
};

/** One that nobody else has a meaning for. */
function normalField(text: string): string | undefined {
  return /^x-[a-z0-9][a-z0-9-]{1,60}$/i.test(text) && !/^x-(forwarded|real)-/i.test(text)
    ? text.toLowerCase()
    : undefined;
}

/** Also without the slash at its end that browsers show. */
function normalOrigin(text: string): string | undefined {
  const url = /^https?:\/\/[^/?#@\s\\]+\/?$/i.test(text) ? URL.parse(text) : null;
  return url === null || url.port === "0" ? undefined : url.origin;
}

function normalUrl(text: string, scheme: RegExp, path = /^/): URL | undefined {
  const url = text.length <= textLengthMax && isOneLine(text) ? URL.parse(text) : null;
  if (url === null || !scheme.test(url.protocol) || !path.test(url.pathname)) return undefined;
  return url.hash === "" && url.port !== "0" ? url : undefined;
}

function normalMailServer(text: string): string | undefined {
  const url = /^[^/?#@\s\\]+:\d{1,5}$/.test(text) ? URL.parse(`smtp://${text}`) : null;
  return url === null || url.hostname === "" || Number(url.port) === 0 ? undefined : text;
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
