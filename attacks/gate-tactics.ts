/** What a flood does at the gates, as its story says: keeps cookies or shares them, solves, uses proofs again, sends back the forms that it was given. */
import { cookieLines, Jar } from "./jar.ts";
import type { AtGates } from "./profile.ts";
import { Solvers } from "./solvers.ts";
import { formOf, type Puzzle, readWaitingPage, type WaitingPage } from "./waiting-page.ts";

export interface Form {
  readonly path: string;
  readonly body: string;
}

interface Holding {
  readonly jar: Jar;
  /** To be sent next, instead of anything new. */
  form: Form | undefined;
  isSolving: boolean;
}

/** `Key`: each source is another one. */
export class GateTactics<Key> implements Disposable {
  readonly #story: AtGates;
  readonly #scriptAt: (path: string) => Promise<string | undefined>;
  readonly #shared = new Jar();
  readonly #holdings = new Map<Key, Holding>();
  #solvers: Solvers | undefined;
  #isFetching = false;
  /** One puzzle is enough for all. */
  #isProving = false;
  #used: { readonly form: Form; readonly proof: string } | undefined;
  #turn = 0;

  /** `scriptAt`: what the site has there; undefined: nothing of use. */
  constructor(story: AtGates, scriptAt: (path: string) => Promise<string | undefined>) {
    this.#story = story;
    this.#scriptAt = scriptAt;
  }

  get solved(): number {
    return this.#solvers?.solved ?? 0;
  }

  /** A line of a request's head, or nothing. */
  cookieLine(source: Key): string {
    const { text } = this.#of(source).jar;
    return text === "" ? "" : `Cookie: ${text}\r\n`;
  }

  /** What it sends now instead of anything new: once. */
  takeForm(source: Key): Form | undefined {
    const holding = this.#of(source);
    const { form } = holding;
    holding.form = undefined;
    return form;
  }

  /** `answer`: head and body. When it comes back, ms; 0: at its own pace. */
  met(source: Key, answer: string, asked: { readonly status: number; readonly path: string }): number {
    const holding = this.#of(source);
    const headEnd = answer.indexOf("\r\n\r\n");
    const head = answer.slice(0, headEnd);
    holding.jar.keep(cookieLines(head));
    if (asked.status !== 503) return 0;
    const { isPatient, solvers, returnsForms } = this.#story;
    const page =
      solvers === undefined && returnsForms === undefined
        ? undefined
        : readWaitingPage(answer.slice(headEnd));
    if (page !== undefined) this.#meets(holding, page, asked.path);
    return isPatient === true ? 1_000 * Number(/\r\nretry-after: (\d+)/i.exec(head)?.[1] ?? 0) : 0;
  }

  [Symbol.dispose](): void {
    this.#solvers?.[Symbol.dispose]();
  }

  #meets(holding: Holding, page: WaitingPage, path: string): void {
    const at = page.action ?? path;
    if (this.#story.returnsForms === true) holding.form = { path: at, body: formOf(page) };
    if (page.puzzle === undefined) return;
    if (this.#used === undefined) this.#solve(holding, { page, puzzle: page.puzzle, at });
    else holding.form = this.#usedAgain(page, at, this.#used);
  }

  /** The one that was good, or with a ticket that it is not for. */
  #usedAgain(page: WaitingPage, path: string, { form, proof }: { form: Form; proof: string }): Form {
    this.#turn += 1;
    return this.#turn % 2 === 0 ? form : { path, body: formOf(page, proof) };
  }

  #solve(
    holding: Holding,
    wish: { readonly page: WaitingPage; readonly puzzle: Puzzle; readonly at: string },
  ): void {
    if (this.#solvers === undefined) return void this.#fetch(wish.puzzle.solver);
    const isEnough = this.#story.usesProofsAgain === true && this.#isProving;
    if (holding.isSolving || isEnough) return;
    this.#isProving = true;
    holding.isSolving = this.#solvers.solve(wish.puzzle, (proof) => {
      holding.isSolving = false;
      holding.form = { path: wish.at, body: formOf(wish.page, proof) };
      if (this.#story.usesProofsAgain === true) this.#used ??= { form: holding.form, proof };
    });
  }

  /** Who meets a puzzle meanwhile meets another one later. */
  async #fetch(path: string): Promise<void> {
    const { solvers } = this.#story;
    if (this.#isFetching || solvers === undefined) return;
    this.#isFetching = true;
    const script = await this.#scriptAt(path);
    if (script !== undefined) this.#solvers = new Solvers(solvers, script);
    this.#isFetching = false;
  }

  #of(source: Key): Holding {
    const known = this.#holdings.get(source);
    if (known !== undefined) return known;
    const jar = this.#story.cookies === "shared" ? this.#shared : new Jar();
    const holding: Holding = { jar, form: undefined, isSolving: false };
    this.#holdings.set(source, holding);
    return holding;
  }
}
