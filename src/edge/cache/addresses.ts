/**
 * What names one of the origin's addresses to the cache: what is sent to the origin, and nothing that is not. Of a query only what can pick another
 * page (parameters.ts); in whatever order it came.
 */
import type { Asked as BusAsked } from "../../bus/bus.ts";
import { Remembered } from "../../base/remembered.ts";
import type { Exchange } from "../exchange.ts";
import { canonicalSpelling } from "../paths.ts";

/** Added to links by those who share them; no site makes another page of them. */
const tracking =
  /^(utm_[a-z_]+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_[ce]id|_ga|_gl|_hs(enc|mi)|srsltid)$/i;
/** Longer lists are nobody's address: they stand in it as they came. */
const parametersMax = 64;

export interface Target {
  readonly path: string;
  /** Without "?". */
  readonly query: string | undefined;
}

export function targetText({ path, query }: Target): string {
  return query === undefined ? path : `${path}?${query}`;
}

export class Addresses {
  readonly #hosts = new Remembered((host: string) => host.toLowerCase().replace(/\.(?=:|$)/, ""), 256);

  /** `target`, scheme and host, one a line. */
  of(exchange: Exchange): string {
    const { path, query, scheme } = exchange;
    const kept = query === undefined ? [] : inOrder(parametersOf(query));
    return `${path}${kept.length === 0 ? "" : `?${kept.join("&")}`}\n${scheme}\n${this.hostOf(exchange)}`;
  }

  /** What the origin is asked for. */
  targetOf({ path, query }: Exchange): Target {
    const kept = query === undefined ? [] : parametersOf(query);
    return { path, query: kept.length === 0 ? undefined : kept.join("&") };
  }

  /** As the origin gets it. */
  hostOf({ request }: Exchange): string {
    return this.#hosts.of(request.headers.get("host") ?? "");
  }
}

function parametersOf(query: string): string[] {
  return query.split("&").filter((parameter) => !tracking.test(nameOf(parameter)));
}

/** Those of one name stay in theirs: it makes a difference to programs. */
function inOrder(parameters: readonly string[]): readonly string[] {
  if (parameters.length > parametersMax) return parameters;
  return parameters.toSorted((left, right) => compare(nameOf(left), nameOf(right)));
}

function compare(left: string, right: string): number {
  return left === right ? 0 : left < right ? -1 : 1;
}

function nameOf(parameter: string): string {
  const equals = parameter.indexOf("=");
  return canonicalSpelling(equals < 0 ? parameter : parameter.slice(0, equals));
}

/** What is to be forgotten. */
export type Purge =
  /** Path and query; without a query, with all that there are. On every host. */
  | { readonly kind: "address"; readonly address: string }
  | { readonly kind: "tag"; readonly tag: string }
  | { readonly kind: "all" };

/** As it is asked for on the bus; the most that was named. */
export function purgeOf({ address, tag, all }: BusAsked<"edge.origin.purge">): Purge {
  if (all === true) return { kind: "all" };
  return tag === undefined ? { kind: "address", address: address ?? "" } : { kind: "tag", tag };
}

/** `key`: an address, or one below it. */
export function purges(what: Purge, key: string, tags: readonly string[]): boolean {
  switch (what.kind) {
    case "all":
      return true;
    case "tag":
      return tags.includes(what.tag);
    case "address": {
      const target = key.slice(0, key.indexOf("\n"));
      return target === what.address || target.startsWith(`${what.address}?`);
    }
  }
}
