/**
 * What names one of the origin's addresses to the cache: what is sent to the origin, and nothing that is not. Of a query only what can pick another
 * page (parameters.ts); in whatever order it came.
 */
import type { Mode } from "../../bus/facts.ts";
import { Remembered } from "../../base/remembered.ts";
import type { Exchange } from "../exchange.ts";
import { counts, noRules, type Parameter, type ParameterRules, parametersOf } from "./parameters.ts";

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

  /** `keptTarget`, scheme and host, one a line. */
  of(exchange: Exchange, mode: Mode): string {
    return `${this.keptTarget(exchange, mode)}\n${exchange.scheme}\n${this.hostOf(exchange, mode)}`;
  }

  /** Path and query under which its answer is kept. */
  keptTarget(target: Target, mode: Mode): string {
    if (target.query === undefined) return target.path;
    return targetText({ path: target.path, query: textOf(inOrder(this.#kept(target, mode))) });
  }

  /** What the origin is asked for. */
  targetOf(target: Target, mode: Mode): Target {
    return { path: target.path, query: textOf(this.#kept(target, mode)) };
  }

  /** As the origin gets it. In a flood without a port that nobody listens on: a name has 65,535 spellings with one. */
  hostOf({ request }: Exchange, mode: Mode): string {
    const host = this.#hosts.of(request.headers.get("host") ?? "");
    const port = mode === "calm" ? undefined : /:(\d*)$/.exec(host)?.[1];
    return port === undefined || this.#ports.has(port) ? host : host.slice(0, -port.length - 1);
  }

  #kept(target: Target, mode: Mode): Parameter[] {
    return keptOf(target, { rules: this.rules, isFlooded: mode !== "calm" });
  }
}

/** Path and query as answers are kept under them in calm. */
export function canonicalTarget(address: string): string {
  const mark = address.indexOf("?");
  if (mark < 0) return address;
  const target = { path: address.slice(0, mark), query: address.slice(mark + 1) };
  return targetText({ ...target, query: textOf(inOrder(keptOf(target, inCalm))) });
}

const inCalm = { rules: noRules, isFlooded: false };

function keptOf({ path, query }: Target, known: Parameters<typeof counts>[2]): Parameter[] {
  return query === undefined ? [] : parametersOf(query).filter((parameter) => counts(parameter, path, known));
}

function textOf(parameters: readonly Parameter[]): string | undefined {
  return parameters.length === 0 ? undefined : parameters.map(({ text }) => text).join("&");
}

/** Those of one name stay in theirs: it makes a difference to programs. */
function inOrder(parameters: readonly Parameter[]): readonly Parameter[] {
  if (parameters.length > parametersMax) return parameters;
  return parameters.toSorted((left, right) => compare(left.name, right.name));
}

function compare(left: string, right: string): number {
  return left === right ? 0 : left < right ? -1 : 1;
}
