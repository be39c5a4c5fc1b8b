/** A drill from beginning to end: finds pages, lets people read in calm, lets the flood loose, and reports what both saw. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ReadersReport } from "./fare.ts";
import type { FloodReport } from "./flood-counts.ts";
import { findPages } from "./pages.ts";
import type { Plan } from "./plan.ts";
import type { Order, Report } from "./process.ts";
import { assertLoopback, type Target } from "./target.ts";
import type { VisitorsReport } from "./visitors-fare.ts";

export interface DrillReport {
  readonly pages: number;
  readonly flood: FloodReport;
  readonly readers: ReadersReport;
  /** Null where the profile has none. */
  readonly visitors: VisitorsReport | null;
}

export interface DrillOptions {
  readonly plan: Plan;
  readonly target: Target;
  readonly signal: AbortSignal;
  /** Where the flood goes instead: to see what it costs readers that it runs on the same machine. */
  readonly floodTarget?: Target;
  /** The site says in its answers what visitors asked for. */
  readonly isEchoed?: boolean;
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
/** Whoever still waits then may do so for a little, and for one last answer (visitors.ts). */
const visitorsMs = 45_000;

/** Rejects with OperatorError where there is nothing to drill, with the signal's reason where it was stopped. */
export async function drill(options: DrillOptions): Promise<DrillReport> {
  const { plan, target, signal, floodTarget = target, calmMs = usualCalmMs, isEchoed = false } = options;
  const { begins, progress } = options;
  assertLoopback(target);
  const found = await findPages(target, plan.scout);
  signal.throwIfAborted();
  const lastsMs = calmMs + plan.flood.seconds * 1_000 + reportMs;
  const { visitors: visiting } = plan;
  await using readers = start(lastsMs);
  // Started now, so that they are there when their time comes.
  await using flood = start(lastsMs);
  await using visitors = visiting.people.length === 0 ? undefined : start(lastsMs + visitorsMs);
  readers.tell({ do: "read", order: { plan, target, found } });
  progress(
    `${plan.readers.filter(({ late }) => !late).length} people read ${found.pages.length} pages in calm`,
  );
  await sleep(calmMs, undefined, { signal });
  readers.tell({ do: "flood begins" });
  flood.tell({ do: "flood", order: { plan: plan.flood, target: floodTarget, pages: found.pages } });
  visitors?.tell({
    do: "visit",
    order: { visitors: visiting.people, perS: visiting.perS, target, isEchoed },
  });
  begins?.();
  progress(`the flood begins: ${plan.flood.bots.length} sources for ${plan.flood.seconds} s`);
  const floodReport = await Promise.race([flood.report, aborted(signal)]);
  for (const people of [readers, visitors]) people?.tell({ do: "stop" });
  const [readersReport, visitorsReport] = await Promise.all([readers.report, visitors?.report]);
  return {
    pages: found.pages.length,
    flood: asked(floodReport.flood),
    readers: asked(readersReport.readers),
    visitors: visitorsReport === undefined ? null : asked(visitorsReport.visitors),
  };
}

function asked<T>(report: T | undefined): T {
  if (report === undefined) throw new Error("a process reported what it was not asked");
  return report;
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
