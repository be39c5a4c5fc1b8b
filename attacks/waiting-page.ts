/** A page that somebody has to wait at, as a program reads it that has never seen one: the form in it, and what its script is told. */

export interface WaitingPage {
  /** Undefined: where it was asked for. */
  readonly action: string | undefined;
  /** Hidden fields, in the page's order. */
  readonly fields: ReadonlyMap<string, string>;
  readonly puzzle: Puzzle | undefined;
}

export interface Puzzle {
  readonly seed: string;
  readonly effort: number;
  /** Path of the Worker's script: one of the edge's own. */
  readonly solver: string;
  /** The field for the proof. */
  readonly field: string;
}

/**
 * Where the edge alone answers (src/edge/solver/solver-script.ts). A script runs here with all rights of whoever drills, and a page may be the
 * protected site's, which somebody may have taken over: what such a page names must never run.
 */
const ownSolver = /^\/_kasbah\/gate\/[\w-]+\.js$/;

/** `html`: the page, or all of an answer. Undefined where it has no form of that kind. */
export function readWaitingPage(html: string): WaitingPage | undefined {
  const tag = /<form method="post"[^>]*>/.exec(html)?.[0];
  if (tag === undefined) return undefined;
  const inputs = html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g);
  return {
    action: attribute(tag, "action"),
    fields: new Map([...inputs].map(([, name = "", value = ""]) => [name, unescaped(value)])),
    puzzle: puzzleOf(tag),
  };
}

/** What a browser sends with the page's button; `proof`: what its script does. */
export function formOf({ fields, puzzle }: WaitingPage, proof?: string): string {
  const sent = new URLSearchParams([...fields]);
  if (puzzle !== undefined && proof !== undefined) sent.set(puzzle.field, proof);
  return sent.toString();
}

function puzzleOf(tag: string): Puzzle | undefined {
  const of = (name: string): string => attribute(tag, `data-${name}`) ?? "";
  const effort = Number(of("effort"));
  const solver = of("solver");
  if (of("seed") === "" || effort === 0 || !ownSolver.test(solver)) return undefined;
  return { seed: of("seed"), effort, solver, field: of("proof") };
}

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? undefined : unescaped(found);
}

function unescaped(text: string): string {
  return text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&amp;", "&");
}
