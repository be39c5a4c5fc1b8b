/**
 * What a waiting page does beyond waiting, where scripts run: has a Worker solve the puzzle, tells how far it is, sends the form. Whatever
 * fails here fails without a word: the page works by time alone.
 */
import type { SolverNews, SolverTask } from "./names.ts";

/** A page that comes back before the puzzle is solved begins anew; a phone is not to burn for that. */
const triesMax = 2;

const form = document.forms[0];
const status = document.querySelector<HTMLElement>("[role=status]");
const bar = document.querySelector("progress");
if (form !== undefined && status !== null && bar !== null) attend(form, status, bar);

function attend(waiting: HTMLFormElement, told: HTMLElement, progress: HTMLProgressElement): void {
  const { effort = "0", seed = "", solver = "", wait, proof = "", itself } = waiting.dataset;
  const ticket = waiting.querySelector("input")?.value ?? "";
  if (itself !== undefined) {
    told.textContent = itself;
    setTimeout(() => waiting.submit(), Number(wait) * 1000);
  }
  if (Number(effort) > 0 && mayTry(ticket)) {
    solve(solver, { seed, effort: Number(effort) }, told, progress, (solved) => {
      const field = waiting.elements.namedItem(proof);
      if (field instanceof HTMLInputElement) field.value = solved;
      told.textContent = waiting.dataset["done"] ?? "";
      waiting.submit();
    });
  }
}

function solve(
  solver: string,
  task: SolverTask,
  told: HTMLElement,
  progress: HTMLProgressElement,
  whenSolved: (proof: string) => void,
): void {
  const before = told.textContent;
  const worker = new Worker(solver);
  worker.addEventListener("message", ({ data }: MessageEvent<SolverNews | undefined>) => {
    if (typeof data?.proof === "string") {
      worker.terminate();
      progress.value = 1;
      whenSolved(data.proof);
    } else if (typeof data?.done === "number") {
      progress.value = data.done;
      // Said once: a screen reader that reads out each step is never silent.
      if (told.textContent === before) told.textContent = told.dataset["solving"] ?? before;
    }
  });
  worker.addEventListener("error", () => {
    worker.terminate();
    told.textContent = before;
    progress.removeAttribute("value");
  });
  worker.postMessage(task);
}

function mayTry(ticket: string): boolean {
  try {
    const [last, tries] = (sessionStorage.getItem("kasbah-tries") ?? "").split(" ");
    const next = last === ticket ? Number(tries) + 1 : 1;
    sessionStorage.setItem("kasbah-tries", `${ticket} ${next}`);
    return next <= triesMax;
  } catch {
    // Nothing is kept for this page: it tries each time.
    return true;
  }
}
