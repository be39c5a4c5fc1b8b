/** What a flood sends, as bytes: for each thing that it asks for a method, a path, a host, header lines, a body. */
import { below, type Random } from "../src/base/random.ts";
import type { Page } from "./pages.ts";
import { chosen, type FloodPlan, one } from "./plan.ts";
import type { Ask, Goal } from "./profile.ts";
import type { Target } from "./target.ts";

/** One request, less what its source adds. */
export interface Wanted {
  readonly goal: Goal;
  readonly isHead: boolean;
  /** Path and query. */
  readonly path: string;
  /** `GET /x HTTP/1.1`, Host, and a body's two lines; each line with its end. */
  readonly begin: string;
  readonly body: string;
}

/** Of the page on which somebody signs in; the one of the most used software where the site says nothing. */
const usualSignIn = "/wp-login.php";

export class Requests {
  readonly #target: Target;
  readonly #pages: readonly [Page, ...Page[]];
  readonly #largest: Page;
  readonly #random: Random;

  constructor(target: Target, pages: readonly [Page, ...Page[]], random: Random) {
    this.#target = target;
    this.#pages = pages;
    this.#largest = pages.reduce((largest, page) => (page.bytes > largest.bytes ? page : largest));
    this.#random = random;
  }

  /** What a source asks for next: one request, or, on a visit, a page and then its parts. */
  next({ asks }: Pick<FloodPlan, "asks">): readonly [Wanted, ...Wanted[]] {
    const ask = chosen(this.#random, asks);
    const page = this.#pageFor(ask.goal);
    const parts = ask.goal === "visit" ? (page?.parts ?? []) : [];
    const path = page?.path ?? this.#pathFor(ask.goal);
    return [this.#wanted(ask, path), ...parts.map((part) => this.#wanted(ask, part))];
  }

  /** A form that goes to a path of this site; of what it is for only the goal stays. */
  form(goal: Goal, path: string, body: string): Wanted {
    const begin = this.#begin("POST", path, this.#target.host, body);
    return { goal, isHead: false, path, begin, body };
  }

  #wanted(ask: Ask, page: string): Wanted {
    const { goal, method = "GET" } = ask;
    const host = goal === "sign-in" ? (this.#target.signIn?.host ?? this.#target.host) : this.#hostFor(ask);
    const body = method === "POST" ? this.#form(ask) : "";
    const path = page + this.#query(ask);
    return { goal, isHead: method === "HEAD", path, begin: this.#begin(method, path, host, body), body };
  }

  #begin(method: string, path: string, host: string, body: string): string {
    const about =
      method === "POST"
        ? `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n`
        : "";
    return `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n${about}`;
  }

  #pageFor(goal: Goal): Page | undefined {
    const [front, ...linked] = this.#pages;
    switch (goal) {
      case "front":
        return front;
      case "linked":
        return linked.length === 0 ? front : one(this.#random, linked);
      case "visit":
        return one(this.#random, this.#pages);
      case "largest":
        return this.#largest;
      case "nowhere":
      case "sign-in":
        return undefined;
    }
  }

  #pathFor(goal: Goal): string {
    if (goal === "sign-in") return this.#target.signIn?.path ?? usualSignIn;
    return `/${this.#word()}/${this.#word()}`;
  }

  #query({ query }: Ask): string {
    if (query === undefined) return "";
    return query === "fresh" ? `?z=${this.#word()}` : `?s=${this.#word()}+${this.#word()}`;
  }

  #hostFor({ host }: Ask): string {
    if (host === undefined) return this.#target.host;
    return host === "address" ? `${this.#target.address}:${this.#target.port}` : `${this.#word()}.example`;
  }

  #form({ goal, formBytes = 0 }: Ask): string {
    if (goal === "sign-in") return `log=editor&pwd=${this.#word()}`;
    return `name=a&text=${this.#word()}+${this.#word()}`.padEnd(formBytes, "+spam");
  }

  #word(): string {
    return below(this.#random, 36 ** 6).toString(36);
  }
}
