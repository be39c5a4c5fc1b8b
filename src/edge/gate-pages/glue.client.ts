/**
 * What a waiting page does beyond waiting, where scripts run: has a Worker solve the puzzle, tells how far it is, sends the form. Whatever
 * fails here fails without a word: the page works by time alone.
 */
import type { SolverNews, SolverTask } from "./names.ts";

/** A page that comes back before the puzzle is solved begins anew; a phone is not to burn for that. */
const triesMax = 2;

interface Waiting {
  readonly form: HTMLFormElement;
  /** Read out when it changes. */
  readonly status: HTMLElement;
  readonly bar: HTMLProgressElement;
}

const form = document.forms[0];
const status = document.querySelector<HTMLElement>("[role=status]");
const bar = document.querySelector("progress");
if (form !== undefined && status !== null && bar !== null) attend({ form, status, bar });

function attend(waiting: Waiting): void {
  const { waitS, itself, effort = "0", seed = "", ...rest } = waiting.form.dataset;
  if (itself !== undefined) {
    waiting.status.textContent = itself;
    setTimeout(() => waiting.form.submit(), Number(waitS) * 1000);
  }
  if (effort !== "0" && mayTry(seed)) solve(waiting, rest["solver"] ?? "", { seed, effort: Number(effort) });
}

function solve(waiting: Waiting, solver: string, task: SolverTask): void {
  const {
    form: { dataset },
    status: told,
    bar: progress,
  } = waiting;
  const before = told.textContent;
  const worker = new Worker(solver);
  worker.addEventListener("message", ({ data }: MessageEvent<SolverNews | undefined>) => {
    if (typeof data?.proof === "string") {
      worker.terminate();
      progress.value = 1;
      send(waiting, data.proof);
    } else if (typeof data?.done === "number") {
      progress.value = data.done;
      // Said once: a screen reader that reads out each step is never silent.
      if (told.textContent === before) told.textContent = dataset["solving"] ?? before;
    }
  });
  worker.addEventListener("error", () => {
    worker.terminate();
    progress.removeAttribute("value");
    told.textContent = before;
  });
  worker.postMessage(task);
}

function send({ form: sent, status: told }: Waiting, proof: string): void {
  const field = sent.elements.namedItem(sent.dataset["proof"] ?? "");
  if (field instanceof HTMLInputElement) field.value = proof;
  told.textContent = sent.dataset["done"] ?? "";
  sent.submit();
}

function mayTry(seed: string): boolean {
  try {
    const [last, tries] = (sessionStorage.getItem("kasbah-tries") ?? "").split(" ");
    const next = last === seed ? Number(tries) + 1 : 1;
    sessionStorage.setItem("kasbah-tries", `${seed} ${next}`);
    return next <= triesMax;
  } catch {
    // Nothing is kept for this page: it tries each time.
    return true;
  }
}
