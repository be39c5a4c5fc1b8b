/**
 * What names one of the origin's addresses to the cache: what is sent to the origin, and nothing that is not. Of a query only what can pick another
 * page (parameters.ts); in whatever order it came.
 */
import type { Asked as BusAsked } from "../../bus/bus.ts";
import type { Mode } from "../../bus/facts.ts";
import { Remembered } from "../../base/remembered.ts";
import type { Exchange } from "../exchange.ts";
import { addressOf } from "../judging/addresses.ts";
import { counts, noRules, type Parameter, type ParameterRules, parametersOf } from "./parameters.ts";
import type { StoredAnswer } from "./stored.ts";

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
  readonly #ports: ReadonlySet<string>;
  rules: ParameterRules = noRules;

  /** `ports`: those under which readers reach this edge. */
  constructor(ports: Iterable<number>) {
    this.#ports = new Set(Array.from(ports, String));
  }

  /** `target`, scheme and host, one a line. */
  of(exchange: Exchange, mode: Mode): string {
    const { path, scheme } = exchange;
    const kept = exchange.query === undefined ? [] : inOrder(this.#kept(exchange, mode));
    const query = kept.length === 0 ? "" : `?${kept.map(({ text }) => text).join("&")}`;
    return `${path}${query}\n${scheme}\n${this.hostOf(exchange, mode)}`;
  }

  /** What the origin is asked for. */
  targetOf(exchange: Exchange, mode: Mode): Target {
    const { path } = exchange;
    const kept = exchange.query === undefined ? [] : this.#kept(exchange, mode);
    return { path, query: kept.length === 0 ? undefined : kept.map(({ text }) => text).join("&") };
  }

  /** As the origin gets it. In a flood without a port that nobody listens on: a name has 65,535 spellings with one. */
  hostOf({ request }: Exchange, mode: Mode): string {
    const host = this.#hosts.of(request.headers.get("host") ?? "");
    const port = mode === "calm" ? undefined : /:(\d*)$/.exec(host)?.[1];
    return port === undefined || this.#ports.has(port) ? host : host.slice(0, -port.length - 1);
  }

  #kept({ path, query = "" }: Exchange, mode: Mode): Parameter[] {
    const known = { rules: this.rules, isFlooded: mode !== "calm" };
    return parametersOf(query).filter((parameter) => counts(parameter, path, known));
  }
}

/** Those of one name stay in theirs: it makes a difference to programs. */
function inOrder(parameters: readonly Parameter[]): readonly Parameter[] {
  if (parameters.length > parametersMax) return parameters;
  return parameters.toSorted((left, right) => compare(left.name, right.name));
}

function compare(left: string, right: string): number {
  return left === right ? 0 : left < right ? -1 : 1;
}

/** What is to be forgotten. */
export type Purge =
  /** Path and query; without a query, with all that there are. On every host. */
  | { readonly kind: "address"; readonly address: string }
  | { readonly kind: "tag"; readonly tag: string }
  /** What was only uncertain, and whatever stands at these addresses, in the spelling of a baseline's (judging/addresses.ts). */
  | { readonly kind: "doubtful"; readonly addresses: ReadonlySet<string> }
  | { readonly kind: "all" };

/** As it is asked for on the bus; the most that was named. */
export function purgeOf({ address, tag, all }: BusAsked<"edge.origin.purge">): Purge {
  if (all === true) return { kind: "all" };
  return tag === undefined ? { kind: "address", address: address ?? "" } : { kind: "tag", tag };
}

/** `key`: an address, or one below it. `answer`: undefined where there is none, only what is known about the address. */
export function purges(
  what: Purge,
  key: string,
  answer: Pick<StoredAnswer, "tags" | "provenance"> | undefined,
): boolean {
  const target = key.slice(0, key.indexOf("\n"));
  switch (what.kind) {
    case "all":
      return true;
    case "tag":
      return answer?.tags.includes(what.tag) === true;
    case "address":
      return target === what.address || target.startsWith(`${what.address}?`);
    case "doubtful":
      return (
        answer !== undefined && (answer.provenance === "uncertain" || what.addresses.has(judgedAs(target)))
      );
  }
}

/** As the baseline would name it. */
function judgedAs(target: string): string {
  const mark = target.indexOf("?");
  return addressOf(
    mark < 0 ? { path: target } : { path: target.slice(0, mark), query: target.slice(mark + 1) },
  );
}
