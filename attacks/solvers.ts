/** Workers that solve puzzles, with the solver that the attacked site itself gives to browsers: one for each processor that is to be had for it. */
import type { Puzzle } from "./waiting-page.ts";

interface Wish {
  readonly puzzle: Puzzle;
  readonly solved: (proof: string) => void;
}

/** Who does as well as this waits at most a few seconds; more would only grow old. */
const wishesMax = 4_096;
/**
 * Whoever solves does so on a machine of their own. Here it is the same one, so that it takes what the others leave: on Linux a thread has a
 * priority of its own.
 */
const givesWay = `require("node:os").setPriority(0, 5);`;

export class Solvers implements Disposable {
  readonly #workers: readonly Worker[];
  readonly #idle: Worker[] = [];
  readonly #wishes: Wish[] = [];
  readonly #at = new Map<Worker, Wish>();
  #solved = 0;

  /** `script`: as the site serves it. */
  constructor(count: number, script: string) {
    const address = URL.createObjectURL(new Blob([givesWay, script], { type: "text/javascript" }));
    this.#workers = Array.from({ length: count }, () => this.#start(address));
    this.#idle.push(...this.#workers);
  }

  get solved(): number {
    return this.#solved;
  }

  /** False: more wait than it can solve. */
  solve(puzzle: Puzzle, solved: (proof: string) => void): boolean {
    if (this.#wishes.length >= wishesMax) return false;
    this.#wishes.push({ puzzle, solved });
    this.#next();
    return true;
  }

  [Symbol.dispose](): void {
    this.#wishes.length = 0;
    for (const worker of this.#workers) worker.terminate();
  }

  #start(address: string): Worker {
    const worker = new Worker(address);
    worker.addEventListener("message", ({ data }: MessageEvent<{ readonly proof?: string }>) => {
      if (data.proof !== undefined) this.#ends(worker, data.proof);
    });
    return worker;
  }

  #ends(worker: Worker, proof: string): void {
    const wish = this.#at.get(worker);
    this.#at.delete(worker);
    this.#idle.push(worker);
    this.#solved += 1;
    this.#next();
    wish?.solved(proof);
  }

  #next(): void {
    const worker = this.#idle.at(-1);
    const wish = worker === undefined ? undefined : this.#wishes.shift();
    if (worker === undefined || wish === undefined) return;
    this.#idle.pop();
    this.#at.set(worker, wish);
    worker.postMessage({ seed: wish.puzzle.seed, effort: wish.puzzle.effort });
  }
}
