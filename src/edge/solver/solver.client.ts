/**
 * Solves the puzzle in a reader's browser: as a Worker, or, where there is none, within the page, which has its turn after each nonce. One message
 * says what to solve; the answers say how far it is, and at last give the proof.
 */
import { Solving } from "../../decision/puzzle/solve.ts";
import type { SolverNews, SolverTask } from "../gate-pages/names.ts";

const isPage = typeof document !== "undefined";

addEventListener("message", ({ data, source }: MessageEvent<Partial<SolverTask> | null>) => {
  // A page hears its own news as well, and whatever other windows have to say. A Worker's message has no source.
  const isMeant = !isPage || source === window;
  if (isMeant && data?.seed !== undefined && data.effort !== undefined) start(data.seed, data.effort);
});

function start(seed: SolverTask["seed"], effort: number): void {
  const bytes = Uint8Array.from(seed.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
  const solving = new Solving(bytes, effort);
  if (isPage) inTurns(solving);
  else atOnce(solving);
}

function atOnce(solving: Solving): void {
  while (!tryNonce(solving));
}

function inTurns(solving: Solving): void {
  if (!tryNonce(solving)) setTimeout(inTurns, 0, solving);
}

/** Tells what came of it; true when that is the proof. */
function tryNonce(solving: Solving): boolean {
  const proof = solving.step();
  tell(proof === undefined ? { done: solving.progress } : { proof: base64Url(proof) });
  return proof !== undefined;
}

/** Whoever started the Worker; or the page itself, for that is where messages without a target go. */
function tell(news: SolverNews): void {
  postMessage(news);
}

function base64Url(bytes: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
