/**
 * The process of one role, from inside: starts when the supervisor says so, stops when it says so, when somebody sends
 * SIGTERM, or when the supervisor is gone, so that nothing is ever left running without it.
 */
import { systemClock } from "../base/clock.ts";
import { messageOf } from "../base/errors.ts";
import { createLog, type Log } from "../base/log.ts";
import { connectBus } from "../bus/local.ts";
import type { StartRole } from "../bus/role.ts";
import { dataFolder } from "../config/data-folder.ts";
import { explain } from "./explain.ts";
import type { Order, Report, RoleName } from "./role-messages.ts";
import { stopWithinMs } from "./stop-within.ts";

type StartOrder = Extract<Order, { kind: "start" }>;

/** Loads and starts a role. Never returns: the process ends when the role does. */
export async function runRole(name: RoleName, load: () => Promise<StartRole>): Promise<never> {
  const log = createLog(name, process.env["KASBAH_DEBUG"] === "1" ? "debug" : "info");
  const { started, stopped } = listenToSupervisor();
  exitOnFault(log);
  try {
    const start = await load();
    const { config, dataRoot, demo, kasbah } = await started;
    const data = dataFolder(dataRoot);
    await using bus = await connectBus(data.busSocket, { log });
    await using role = await start({ config, data, bus, log, demo, kasbah, clock: systemClock });
    report({ kind: "ready", addresses: [...role.addresses] });
    await stopped;
  } catch (thrown) {
    const { lines, exitCode } = explain(thrown);
    log.debug("could not start", { error: Bun.inspect(thrown) });
    report({ kind: "failed", lines: [...lines], exitCode });
    process.exit(exitCode);
  }
  process.exit(0);
}

function listenToSupervisor(): { started: Promise<StartOrder>; stopped: Promise<void> } {
  const started = Promise.withResolvers<StartOrder>();
  const stopped = Promise.withResolvers<void>();
  const stop = (): void => {
    stopped.resolve();
    // The supervisor kills what hangs, but it may be gone.
    setTimeout(() => process.exit(1), stopWithinMs);
  };
  process.on("message", (order: Order) => (order.kind === "start" ? started.resolve(order) : stop()));
  process.on("disconnect", stop);
  process.on("SIGTERM", stop);
  // A terminal sends these to the whole group; the supervisor has them too and decides.
  process.on("SIGINT", () => {});
  process.on("SIGHUP", () => {});
  return { started: started.promise, stopped: stopped.promise };
}

/** What nobody caught: better a fresh process than one in an unknown state. */
function exitOnFault(log: Log): void {
  const exit = (thrown: unknown): void => {
    const stack = thrown instanceof Error ? thrown.stack : undefined;
    log.error("stopped by a fault", { error: messageOf(thrown), at: stack?.split("\n")[1]?.trim() });
    process.exit(1);
  };
  process.on("uncaughtException", exit);
  process.on("unhandledRejection", exit);
}

function report(message: Report): void {
  if (process.connected) process.send?.(message);
}
