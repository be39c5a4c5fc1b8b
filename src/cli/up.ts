/** `kasbah up`: runs the roles until somebody stops it. */
import { chmodSync } from "node:fs";
import { Option } from "commander";
import { systemClock } from "../base/clock.ts";
import { OperatorError } from "../base/errors.ts";
import { createLog, type Log } from "../base/log.ts";
import { startHub } from "../bus/hub.ts";
import { takeLock } from "../config/lock.ts";
import { requirePorts } from "./checkups/ports.ts";
import { type Define, invocationOf, settingsOf } from "./invocation.ts";
import { type RoleName, roleNames } from "./role-messages.ts";
import { Supervisor } from "./supervisor.ts";

interface UpOptions {
  readonly demo?: boolean;
  readonly origin?: string;
  readonly role?: RoleName;
}

export const define: Define = (command) => {
  command
    .option("--demo", "fill an empty data folder with a demo newsroom in ar, fr and en")
    .option("--origin <url>", "protect the site at this address (not built yet)")
    .addOption(new Option("--role <role>", "run this role only").choices(roleNames))
    .action(async (options: UpOptions) => {
      if (options.origin !== undefined) throw originIsMissing();
      const invocation = invocationOf(command);
      const config = settingsOf(invocation);
      const { data } = invocation;
      using _lock = takeLock(data);
      chmodSync(data.run, 0o700);
      const log = createLog("kasbah");
      await using _hub = await startHub(data.busSocket, log);
      const roles = options.role === undefined ? roleNames : [options.role];
      await requirePorts(roles, config);
      await runUntilStopped(new Supervisor({ roles, config, data, demo: options.demo === true, log }), log);
    });
};

function originIsMissing(): OperatorError {
  return new OperatorError("--origin is not built yet: this Kasbah can't stand in front of another site", {
    hint: "leave it out to run Kasbah's own portal and blog",
    exitCode: 2,
  });
}

/** Prints the addresses, then "ready"; returns when everything has stopped. Rejects where a role can't start. */
async function runUntilStopped(supervisor: Supervisor, log: Log): Promise<void> {
  const { asked, insisted } = stopSignals(log);
  try {
    const addresses = await Promise.race([supervisor.start(), aborted(asked)]);
    if (addresses !== undefined) process.stdout.write(`${[...addresses, "ready"].join("\n")}\n`);
    await aborted(asked);
  } finally {
    await supervisor.stop(insisted);
  }
}

/** Whoever signals a whole group may reach us twice at once; that is still one wish. */
const oneWishMs = 1_000;

/** The first signal asks to stop, a later one insists. */
function stopSignals(log: Log): { asked: AbortSignal; insisted: AbortSignal } {
  const asking = new AbortController();
  const insisting = new AbortController();
  let askedAtMs = 0;
  const heard = (signal: string): void => {
    if (!asking.signal.aborted) {
      log.info("stops; another signal stops it at once", { signal });
      askedAtMs = systemClock.nowMs();
      asking.abort();
    } else if (systemClock.nowMs() - askedAtMs >= oneWishMs) insisting.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, heard);
  return { asked: asking.signal, insisted: insisting.signal };
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
}
