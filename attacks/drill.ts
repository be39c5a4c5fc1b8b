/** A drill from beginning to end: finds pages, lets people read in calm, lets the flood loose, and reports what both saw. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ReadersReport } from "./fare.ts";
import type { FloodReport } from "./flood-counts.ts";
import { findPages } from "./pages.ts";
import type { Plan } from "./plan.ts";
import type { Order, Report } from "./process.ts";
import { assertLoopback, type Target } from "./target.ts";

export interface DrillReport {
  readonly pages: number;
  readonly flood: FloodReport;
  readonly readers: ReadersReport;
}

export interface DrillOptions {
  readonly plan: Plan;
  readonly target: Target;
  readonly signal: AbortSignal;
  /** Where the flood goes instead: to see what it costs readers that it runs on the same machine. */
  readonly floodTarget?: Target;
  /** People read alone for so long before the flood, to compare. */
  readonly calmMs?: number;
  /** Called when the flood begins. */
  readonly begins?: () => void;
  /** Told in a person's words as it goes on. */
  readonly progress: (line: string) => void;
}

export const usualCalmMs = 3_000;
/** How long a process may take beyond its time to close connections and report. */
const reportMs = 15_000;

/** Rejects with OperatorError where there is nothing to drill, with the signal's reason where it was stopped. */
export async function drill(options: DrillOptions): Promise<DrillReport> {
  const { plan, target, signal, floodTarget = target, calmMs = usualCalmMs, begins, progress } = options;
  assertLoopback(target);
  const found = await findPages(target, plan.scout);
  signal.throwIfAborted();
  const lastsMs = calmMs + plan.flood.seconds * 1_000 + reportMs;
  await using readers = start(lastsMs);
  // Started now, so that it is there when its time comes.
  await using flood = start(lastsMs);
  readers.tell({ do: "read", order: { plan, target, found } });
  progress(
    `${plan.readers.filter(({ late }) => !late).length} people read ${found.pages.length} pages in calm`,
  );
  await sleep(calmMs, undefined, { signal });
  readers.tell({ do: "flood begins" });
  flood.tell({ do: "flood", order: { plan: plan.flood, target: floodTarget, pages: found.pages } });
  begins?.();
  progress(`the flood begins: ${plan.flood.bots.length} sources for ${plan.flood.seconds} s`);
  const floodReport = await Promise.race([flood.report, aborted(signal)]);
  readers.tell({ do: "stop" });
  const readersReport = await readers.report;
  if (!("flood" in floodReport) || !("readers" in readersReport))
    throw new Error("a process reported what it was not asked");
  return { pages: found.pages.length, flood: floodReport.flood, readers: readersReport.readers };
}

interface Started extends AsyncDisposable {
  readonly report: Promise<Report>;
  tell(order: Order): void;
}

/** A process that is killed after `livesMs`, or when the drill ends. */
function start(livesMs: number): Started {
  const { promise, resolve, reject } = Promise.withResolvers<Report>();
  // It may fail before somebody waits for it.
  promise.catch(() => {});
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "process.ts")], {
    stdio: ["ignore", "ignore", "inherit"],
    ipc: (message: Report) => resolve(message),
    onExit: (_, code, killedBy) =>
      reject(new Error(`a process of the drill ended early (${killedBy ?? code})`)),
    timeout: livesMs,
    killSignal: "SIGKILL",
  });
  return {
    report: promise,
    tell: (order) => child.send(order),
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await child.exited;
    },
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  if (signal.aborted) reject(signal.reason);
  return promise;
}
