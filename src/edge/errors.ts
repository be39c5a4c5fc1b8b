/** Answers other than the page that was asked for: the signed page for it where the edition has one, else a plain one that is compiled in. */
import { rfc3339 } from "../base/clock.ts";
import type { Provenance } from "../decision/record.ts";
import {
  directionOf,
  type InterfaceLanguage,
  interfaceOf,
  isLanguageTag,
  type LanguageTag,
} from "../language/tags.ts";
import { securityHeaders } from "./security-headers.ts";
import { type ErrorStatus, errorWords, labels, type Words } from "./words.ts";

/** What is said about a refusal or failure, whatever page it stands on. */
export interface ErrorAnswer {
  readonly status: ErrorStatus;
  /** Of the rule that refused: `prefix-rate`, `ban:192.0.2.0/24`. */
  readonly rule?: string;
  /** What is special about this case, where the status alone would say too little. */
  readonly words?: Words;
  /** In words of the operator's. */
  readonly reason?: string;
  /** Ms since 1970. */
  readonly untilMs?: number;
  readonly retryAfterS?: number;
  /** For 405. */
  readonly allow?: string;
  /** For 416: bytes of the whole. */
  readonly length?: number;
  /** What else the client sends on this connection is not to be trusted, or not wanted. */
  readonly close?: boolean;
}

/** An answer that is the same each time, ready to be sent. */
export interface Prepared {
  readonly body: Blob;
  readonly init: { readonly status: number; readonly headers: Headers };
  readonly provenance: Provenance;
}

export interface Languages {
  readonly offered: readonly LanguageTag[];
  readonly preferred: LanguageTag;
}

/** The reader's likely language: the one that the address begins with, else the site's own. */
export function languageOf(path: string, languages: Languages): LanguageTag {
  return pathLanguage(path, languages) ?? languages.preferred;
}

/** Undefined where the address doesn't begin with one. */
export function pathLanguage(path: string, { offered }: Pick<Languages, "offered">): LanguageTag | undefined {
  const end = path.indexOf("/", 1);
  const first = path.slice(1, end < 0 ? undefined : end);
  return isLanguageTag(first) && offered.includes(first) ? first : undefined;
}

/** Added to whichever page says it. Names of ours are for machines that want to know why (docs/life-of-a-request.md). */
export function errorHeaders(error: ErrorAnswer): Record<string, string> {
  return {
    "cache-control": "no-store",
    ...(error.retryAfterS === undefined ? {} : { "retry-after": String(error.retryAfterS) }),
    ...(error.allow === undefined ? {} : { allow: error.allow }),
    ...(error.length === undefined ? {} : { "content-range": `bytes */${error.length}` }),
    ...(error.rule === undefined ? {} : { "kasbah-rule": error.rule }),
    ...(error.reason === undefined ? {} : { "kasbah-reason": encodeURI(error.reason.toWellFormed()) }),
    ...(error.untilMs === undefined ? {} : { "kasbah-until": rfc3339(error.untilMs) }),
    ...(error.close === true ? { connection: "close" } : {}),
  };
}

const plainType = "text/html; charset=utf-8";

export function plainPage(error: ErrorAnswer, language: LanguageTag, tls: boolean): Prepared {
  const headers = new Headers({
    "content-type": plainType,
    "content-language": interfaceOf(language),
    ...securityHeaders(undefined, plainType, tls),
    ...errorHeaders(error),
  });
  const body = new Blob([plainHtml(error, language)]);
  return { body, init: { status: error.status, headers }, provenance: "dynamic" };
}

function plainHtml(error: ErrorAnswer, language: LanguageTag): string {
  const spoken = interfaceOf(language);
  const facts = factsOf(error, spoken).map((fact) => `<p>${escapeHtml(fact)}</p>`);
  return [
    `<!doctype html><html lang="${spoken}" dir="${directionOf(spoken)}"><meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width"><title>${error.status}</title>`,
    `<h1>${error.status}</h1><p>${(error.words ?? errorWords[error.status])[spoken]}</p>${facts.join("")}</html>`,
  ].join("");
}

function factsOf({ reason, rule, untilMs }: ErrorAnswer, spoken: InterfaceLanguage): string[] {
  return [
    ...(reason === undefined ? [] : [`${labels.reason[spoken]}: ${reason}`]),
    ...(rule === undefined ? [] : [`${labels.rule[spoken]}: ${rule}`]),
    ...(untilMs === undefined ? [] : [`${labels.until[spoken]}: ${rfc3339(untilMs)}`]),
  ];
}

/** Text as it stands in an element, or in an attribute's quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
