/**
 * People who want something that costs the site work, one thing each, while something else happens to it: each from an address of their own,
 * with a browser that keeps cookies and does as a waiting page says. Some run its script, as fast as a cheap phone does; the others wait.
 */
import type { Agent } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type Asking, get, type Got, openAgent } from "./get.ts";
import { Jar } from "./jar.ts";
import type { Visitor } from "./plan.ts";
import { Solvers } from "./solvers.ts";
import { assertLoopback, type Target } from "./target.ts";
import { type VisitorsReport, type Visited, visitorsReport } from "./visitors-fare.ts";
import { formOf, type Puzzle, readWaitingPage } from "./waiting-page.ts";

export interface VisitorsOrder {
  readonly visitors: readonly Visitor[];
  readonly perS: number;
  readonly target: Target;
  /** The site says in its answer what was asked for: an answer without that is wrong. */
  readonly isEchoed?: boolean;
}

/** Nobody waits longer for what they came for. */
const patienceMs = 60_000;
/** Once the flood is over, nor longer than this for what is left. */
const lingerMs = 20_000;
/** For one answer; a queue may hold it for some seconds. */
const answerPatienceMs = 20_000;
/** Solutions that a cheap phone finds in a second (decision 35). */
const phoneEffortPerS = 50;
/** Where nothing is said, as people do: they try again. */
const againMs = 3_000;
const solversCount = 2;

/** What is asked for next. */
type Step = Pick<Asking, "path" | "form">;
type Answered = Extract<Got, { readonly outcome: "answer" }>;

export class Visitors {
  readonly #order: VisitorsOrder;
  readonly #stopping = new AbortController();
  readonly #givingUp = new AbortController();
  #solvers: Promise<Solvers | undefined> | undefined;

  constructor(order: VisitorsOrder) {
    assertLoopback(order.target);
    this.#order = order;
  }

  /** Nobody new comes; those who came go on for a little. */
  stop(): void {
    this.#stopping.abort();
    setTimeout(() => this.#givingUp.abort(), lingerMs).unref();
  }

  /** Resolves once everybody has what they came for, or has given up. */
  async visit(): Promise<VisitorsReport> {
    const { visitors, perS } = this.#order;
    const visits: Promise<Visited>[] = [];
    for (const visitor of visitors) {
      if (this.#stopping.signal.aborted) break;
      visits.push(this.#person(visitor, visits.length));
      await pause(1_000 / perS, this.#stopping.signal);
    }
    const visited = await Promise.all(visits);
    (await this.#solvers)?.[Symbol.dispose]();
    return visitorsReport(visited);
  }

  async #person(visitor: Visitor, number: number): Promise<Visited> {
    const agent = openAgent(this.#order.target);
    try {
      return await this.#comeThrough(visitor, agent, `visitor+${number}+wants`);
    } finally {
      agent.destroy();
    }
  }

  async #comeThrough(visitor: Visitor, agent: Agent, wish: string): Promise<Visited> {
    const { target, isEchoed = false } = this.#order;
    const beganMs = performance.now();
    const jar = new Jar();
    let step: Step = { path: `/?s=${wish}` };
    for (;;) {
      const request = { target, reader: visitor, agent, cookie: jar.text, patienceMs: answerPatienceMs };
      const got = await get({ ...request, ...step });
      const ms = performance.now() - beganMs;
      const wrong = wrongWith(got, isEchoed ? wish.replaceAll("+", " ") : "");
      if (wrong === undefined) return { visitor, ms, wrong };
      const isEnough = ms > patienceMs || this.#givingUp.signal.aborted;
      if (isEnough || got.outcome === "nothing") return { visitor, ms, wrong };
      jar.keep(got.cookies);
      step = await this.#next(step, got, { visitor, agent });
    }
  }

  /** Once the puzzle is solved, where there is one for this browser; or when the page says. */
  async #next(
    { path }: Step,
    { body, retryAfterS }: Answered,
    { visitor, agent }: { readonly visitor: Visitor; readonly agent: Agent },
  ): Promise<Step> {
    const page = readWaitingPage(body.toString("utf8"));
    const puzzle = visitor.hasScripts ? page?.puzzle : undefined;
    const proof = puzzle === undefined ? undefined : await this.#solve(puzzle, agent, visitor);
    if (page !== undefined && proof !== undefined)
      return { path: page.action ?? path, form: formOf(page, proof) };
    await pause(retryAfterS * 1_000 || againMs, this.#givingUp.signal);
    return { path };
  }

  /** Undefined where there is no solver. */
  async #solve(puzzle: Puzzle, agent: Agent, visitor: Visitor): Promise<string | undefined> {
    this.#solvers ??= this.#fetchSolver(puzzle.solver, agent, visitor);
    const solvers = await this.#solvers;
    if (solvers === undefined) return undefined;
    const { promise, resolve } = Promise.withResolvers<string>();
    if (!solvers.solve(puzzle, resolve)) return undefined;
    const [proof] = await Promise.all([promise, sleep((puzzle.effort / phoneEffortPerS) * 1_000)]);
    return proof;
  }

  async #fetchSolver(path: string, agent: Agent, reader: Visitor): Promise<Solvers | undefined> {
    const got = await get({ target: this.#order.target, path, reader, agent });
    if (got.outcome === "nothing" || got.status !== 200) return undefined;
    return new Solvers(solversCount, got.body.toString("utf8"));
  }
}

/** Or until then. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
}

/** What is wrong with it, in a word or two. `said`: what it has to say. */
function wrongWith(got: Got, said: string): string | undefined {
  if (got.outcome === "nothing") return got.reason;
  if (got.status !== 200) return String(got.status);
  return got.body.includes(said) ? undefined : "something else";
}
