/** `kasbah up`: runs the roles until somebody stops it. */
import { chmodSync, existsSync } from "node:fs";
import { join } from "node:path";
import { Option } from "commander";
import { systemClock } from "../base/clock.ts";
import { createLog } from "../base/log.ts";
import { startHub } from "../bus/hub.ts";
import { connectBus } from "../bus/local.ts";
import type { DataFolder } from "../config/data-folder.ts";
import { takeLock } from "../config/lock.ts";
import { timestampName } from "../edition/names.ts";
import { requirePorts } from "./checkups/ports.ts";
import { type Define, type Invocation, invocationOf } from "./invocation.ts";
import { commandLine } from "./command-line.ts";
import { withOrigin } from "./origin-option.ts";
import { settingsOf } from "./settings-of.ts";
import { type RoleName, roleNames } from "./role-messages.ts";
import { aborted, stopSignals } from "./stop-signals.ts";
import { Supervisor } from "./supervisor.ts";
import { untilReadersGetIt } from "./until-served.ts";

interface UpOptions {
  readonly demo?: boolean;
  readonly origin?: string;
  readonly role?: RoleName;
}

export const define: Define = (command) => {
  command
    .option("--demo", "fill an empty data folder with a demo newsroom in ar, fr and en")
    .option("--origin <url>", "stand in front of the site at this address, like http://127.0.0.1:9000")
    .addOption(new Option("--role <role>", "run this role only").choices(roleNames))
    .action(async (options: UpOptions) => await up(invocationOf(command), options));
};

/** Returns when everything has stopped; rejects where it can't start. */
async function up(invocation: Invocation, { demo = false, origin, role }: UpOptions): Promise<void> {
  const { data } = invocation;
  const written = settingsOf(invocation);
  const config = origin === undefined ? written : withOrigin(written, origin);
  const log = createLog("kasbah");
  const { asked, insisted } = stopSignals(systemClock, log);
  using _lock = takeLock(data);
  chmodSync(data.run, 0o700);
  await using _hub = await startHub(data.busSocket, log);
  const roles = role === undefined ? roleNames : [role];
  await requirePorts(roles, config);
  const required = requiredOf(roles, data);
  const supervisor = new Supervisor({
    roles,
    config,
    data,
    demo,
    required,
    log,
    kasbah: commandLine(invocation),
  });
  const start = async (): Promise<void> => {
    const addresses = await supervisor.start();
    if (role === undefined) await requireEdition();
    process.stdout.write(`${[...addresses, "ready"].join("\n")}\n`);
  };
  const requireEdition = async (): Promise<void> => {
    await using bus = await connectBus(data.busSocket);
    if (!(await untilReadersGetIt(bus))) log.warn("the edge does not serve the newest edition yet");
  };
  try {
    await Promise.race([start(), aborted(asked)]);
    await aborted(asked);
  } finally {
    await supervisor.stop(insisted);
  }
}

/** Once something is published, readers get it also while newsroom or watch can't start: these are tried again. */
function requiredOf(roles: readonly RoleName[], data: DataFolder): readonly RoleName[] {
  const isPublished = existsSync(join(data.editions, timestampName));
  return isPublished && roles.includes("edge") ? ["edge"] : roles;
}
