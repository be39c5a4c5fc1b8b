/** A page that may load nothing but the solver, as a gate's page may; how it's asked to solve, and what it said. */
import type { Page } from "playwright-core";
import { bundleSolver } from "../../src/edge/solver/solver-script.ts";
import type { SolverNews, SolverTask } from "../../src/edge/gate-pages/names.ts";

const policy = "default-src 'none'; script-src 'self'; worker-src 'self'; img-src data:";
const script = await bundleSolver();

export interface Solved {
  readonly proof: string;
  /** Shares, 0 to 1. */
  readonly done: readonly number[];
  /** From the message to the proof; the Worker's start and the script's compilation included. */
  readonly tookMs: number;
  /** How often the page had its turn meanwhile. */
  readonly turns: number;
}

/** `in-page`: as if there were no Workers. */
export type SolverPlace = "worker" | "in-page";

export class SolverServer implements Disposable {
  readonly #server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: ({ url }) =>
      new URL(url).pathname === script.path
        ? new Response(script.body, { headers: { "content-type": "text/javascript; charset=utf-8" } })
        : new Response(`<!doctype html><link rel="icon" href="data:,"><title>Solver</title>`, {
            headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": policy },
          }),
  });

  get address(): string {
    return this.#server.url.href;
  }

  [Symbol.dispose](): void {
    void this.#server.stop(true);
  }
}

export function solveIn(page: Page, place: SolverPlace, task: SolverTask): Promise<Solved> {
  return page.evaluate(solveThere, { path: script.path, place, task });
}

/** Begins, and doesn't wait. */
export function startIn(page: Page, task: SolverTask): Promise<void> {
  return page.evaluate(({ path, sent }) => new Worker(path).postMessage(sent), {
    path: script.path,
    sent: task,
  });
}

/** Runs in the page: it knows its arguments and nothing else. */
async function solveThere({
  path,
  place,
  task,
}: {
  path: string;
  place: SolverPlace;
  task: SolverTask;
}): Promise<Solved> {
  const startMs = performance.now();
  const solver = place === "worker" ? new Worker(path) : window;
  if (place === "in-page") {
    await new Promise((resolve) => {
      const element = document.createElement("script");
      element.addEventListener("load", resolve);
      element.src = path;
      document.head.append(element);
    });
  }
  const done: number[] = [];
  let turns = 0;
  const turn = setInterval(() => (turns += 1), 1);
  const proof = await new Promise<string>((resolve, reject) => {
    solver.addEventListener("error", () => reject(new Error("the solver failed")));
    solver.addEventListener("message", (event) => {
      const { data } = event as MessageEvent<SolverNews | SolverTask>;
      if ("done" in data) done.push(data.done);
      if ("proof" in data) resolve(data.proof);
    });
    solver.postMessage(task);
  });
  clearInterval(turn);
  return { proof, done, tookMs: performance.now() - startMs, turns };
}
