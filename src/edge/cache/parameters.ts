/**
 * Which parameters of a query never change what the origin says: learned in calm, path by path, from answers that differ in one parameter alone.
 * A flood adds parameters that nobody ever used: once there is one, only those count that readers used before. Pure.
 */
import { canonicalSpelling, isTracking } from "../paths.ts";

/** By which programs pick pages. Whoever wanted to make them seem idle would only have to ask for `page=1`, `page=01`, `page=001`. */
const picking =
  /^(p|page|paged|page_id|attachment_id|post_type|name|cat|tag|author|m|year|monthnum|day|s|q|search|query|lang|language|id|nid|feed|rest_route|format|view|layout|option|itemid|ver|v|w|h|width|height|size|type|order|orderby|sort|filter.*|offset|start|limit|date|month|tab|product|quantity)$/i;

export interface Parameter {
  /** In one spelling. */
  readonly name: string;
  readonly value: string;
  /** As it came. */
  readonly text: string;
}

export function parametersOf(query: string): Parameter[] {
  return query.split("&").map((text) => {
    const equals = text.indexOf("=");
    const name = canonicalSpelling(equals < 0 ? text : text.slice(0, equals));
    return { name, value: equals < 0 ? "" : text.slice(equals + 1), text };
  });
}

/** What was learned, as workers use it: plain data. */
export interface ParameterRules {
  /** By path: what readers used there in calm, but for what makes no difference. */
  readonly kept: ReadonlyMap<string, readonly string[]>;
  /** Used, or idle, wherever nothing is known of the path. */
  readonly keptAnywhere: readonly string[];
}

export const noRules: ParameterRules = { kept: new Map(), keptAnywhere: [] };

/** Whether it may pick another answer. `isFlooded`: what nobody used before counts for nothing. */
export function counts(
  { name }: Parameter,
  path: string,
  { rules, isFlooded }: { readonly rules: ParameterRules; readonly isFlooded: boolean },
): boolean {
  if (isTracking(name)) return false;
  if (!isFlooded || picking.test(name)) return true;
  const kept = rules.kept.get(path);
  return kept === undefined ? rules.keptAnywhere.includes(name) : kept.includes(name);
}

/** One answer to a request with a query, in calm. */
export interface Seen {
  readonly path: string;
  readonly query: string;
  /** The same for answers that say the same (fingerprintOf). */
  readonly fingerprint: string;
}

/** Numbers and what looks like a token change by themselves: nonces, counters, times. */
const volatile = /[0-9a-f]{8,}|\d+/gi;

/** Of what a page says, without what changes by itself, and without what it repeats of the query. */
export function fingerprintOf(body: Uint8Array, query: string): string {
  let text = Buffer.from(body.buffer, body.byteOffset, body.length).toString("latin1");
  for (const { value, text: said } of parametersOf(query)) {
    if (said.length >= 3) text = text.replaceAll(said, "").replaceAll(said.replaceAll("&", "&amp;"), "");
    if (value.length >= 3) text = text.replaceAll(value, "");
  }
  return Bun.hash(text.replace(volatile, "#")).toString(36);
}
