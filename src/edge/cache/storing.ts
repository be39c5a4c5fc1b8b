/**
 * Whether an answer may be kept for other readers, and for how long (RFC 9111, for a shared cache): http-cache-semantics decides, this hands it what
 * it needs to know and adds what the operator allows. Pure, but for the library's own clock, which is only asked within one call.
 */
import CachePolicy from "http-cache-semantics";
import type { AnswerHead } from "../lane/answer-head.ts";
import { fieldValue } from "../lane/answer-headers.ts";
import type { Fields, Lifetimes } from "./stored.ts";

export interface StoringLimits {
  /** Where the origin does not say how long (RFC 9111, section 4.2.2). */
  readonly defaultFreshS: number;
  /** Where it does not say either (section 4.2.4: by configuration). */
  readonly staleS: number;
  readonly staleIfErrorS: number;
}

export interface Storable extends Lifetimes {
  readonly bornMs: number;
  /** Fields of the request that it depends on, without Accept-Encoding, of which we make one form ourselves. */
  readonly varies: readonly string[];
  /** For asking later whether it still holds. */
  readonly policy: CachePolicy.CachePolicyObject;
}

type Head = Pick<AnswerHead, "status" | "fields">;

/** Undefined: whoever asked gets it, nobody else. `asked`: the host and target for which it was asked for. */
export function storable(
  asked: { readonly host: string; readonly target: string },
  head: Head,
  limits: StoringLimits,
  nowMs: number,
): Storable | undefined {
  const varies = namesIn(fieldValue(head.fields, "vary")).filter((name) => name !== "accept-encoding");
  if (varies.includes("*") || fieldValue(head.fields, "set-cookie") !== undefined) return undefined;
  const request = { method: "GET", url: asked.target, headers: { host: asked.host } };
  const policy = new CachePolicy(request, { status: head.status, headers: recordOf(head.fields) });
  if (!policy.storable()) return undefined;
  return { ...lifetimes(policy, head, limits, nowMs), varies, policy: policy.toObject() };
}

/** What a 304 may change of what is kept: nothing that a browser would act on. */
const renewable = new Set(["cache-control", "date", "etag", "expires", "last-modified"]);

/** After 304: what is kept holds again, with these fields in place of its own. Undefined: the 304 is about something else (section 4.3.4). */
export function renewed(
  policy: CachePolicy.CachePolicyObject,
  head: Head,
  limits: StoringLimits,
  nowMs: number,
): (Storable & { readonly fields: Fields }) | undefined {
  const response = { status: head.status, headers: recordOf(head.fields) };
  // One that names no version can only be about the one that was asked for.
  const names = "etag" in response.headers || "last-modified" in response.headers;
  const { matches } = CachePolicy.fromObject(policy).revalidatedPolicy(requestOf(policy), response);
  if (names && !matches) return undefined;
  const fields = head.fields.filter(([name]) => renewable.has(name));
  const kept = Object.entries(policy.resh).map(([name, value]) => [name, String(value)] as const);
  const merged = [...kept.filter(([name]) => fields.every(([other]) => other !== name)), ...fields];
  const again = storable(addressOf(policy), { status: policy.st, fields: merged }, limits, nowMs);
  return again && { ...again, fields };
}

/** What asks whether the answer still holds: If-None-Match, If-Modified-Since. Empty where it named nothing to compare. */
export function conditionsFor(policy: CachePolicy.CachePolicyObject): Headers {
  const all = CachePolicy.fromObject(policy).revalidationHeaders(requestOf(policy));
  const conditions = new Headers();
  for (const name of ["if-none-match", "if-modified-since"]) {
    const value = all[name];
    if (typeof value === "string") conditions.set(name, value);
  }
  return conditions;
}

function lifetimes(
  policy: CachePolicy,
  { fields }: Head,
  limits: StoringLimits,
  nowMs: number,
): Omit<Storable, "varies" | "policy"> {
  const { rescc: said, resh } = policy.toObject();
  const isExplicit = ["s-maxage", "max-age", "no-cache"].some((name) => name in said) || "expires" in resh;
  const ageS = seconds(fieldValue(fields, "age")) ?? 0;
  const freshS = isExplicit ? Math.max(0, policy.maxAge() - ageS) : limits.defaultFreshS;
  // RFC 9111, sections 5.2.2.2, 5.2.2.4, 5.2.2.8 and 5.2.2.10.
  const strict = ["must-revalidate", "proxy-revalidate", "no-cache"].some((name) => name in said);
  const usual = strict || "s-maxage" in said ? { staleS: 0, staleIfErrorS: 0 } : limits;
  const staleS = strict ? 0 : (seconds(said["stale-while-revalidate"]) ?? usual.staleS);
  const errorS = strict ? 0 : (seconds(said["stale-if-error"]) ?? usual.staleIfErrorS);
  const freshUntilMs = nowMs + freshS * 1000;
  return {
    bornMs: nowMs - ageS * 1000,
    freshUntilMs,
    staleUntilMs: freshUntilMs + staleS * 1000,
    errorUntilMs: freshUntilMs + Math.max(staleS, errorS) * 1000,
  };
}

/** Names of directives mean the same in whatever case; the library takes them in lower case. Age is reckoned with by us. */
function recordOf(fields: Fields): Record<string, string> {
  const record: Record<string, string> = {};
  for (const [name, value] of fields) {
    if (name === "age") continue;
    const before = record[name];
    const said = name === "cache-control" || name === "pragma" ? value.toLowerCase() : value;
    record[name] = before === undefined ? said : `${before}, ${said}`;
  }
  return record;
}

function addressOf({ h: host = "", u: target = "" }: CachePolicy.CachePolicyObject): {
  host: string;
  target: string;
} {
  return { host, target };
}

function requestOf(policy: CachePolicy.CachePolicyObject): CachePolicy.HttpRequest {
  const { host, target } = addressOf(policy);
  return { method: "GET", url: target, headers: { host } };
}

/** Ten digits are more than any cache reckons with (RFC 9111, section 1.2.2). */
function seconds(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}

/** Of a list like Vary's; in lower case, sorted, each once. */
function namesIn(list: string | undefined): string[] {
  const names = (list ?? "").split(",").map((name) => name.trim().toLowerCase());
  return [...new Set(names.filter((name) => name !== ""))].sort();
}
