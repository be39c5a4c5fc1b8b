/** `kasbah maintenance`: readers get a page that says so and when to come back; feeds and texts stay readable unless they are closed, too. */
import { existsSync } from "node:fs";
import type { Answer } from "../bus/bus.ts";
import { systemClock } from "../base/clock.ts";
import { OperatorError } from "../base/errors.ts";
import { inert } from "../language/inert.ts";
import { momentAhead } from "./arguments.ts";
import { type Ask, withRole } from "./connect.ts";
import { moment } from "./format.ts";
import { type Define, type Invocation, invocationOf, show, withJson } from "./invocation.ts";

interface OnOptions {
  readonly until?: string;
  readonly message?: string;
  readonly close?: boolean;
}

export const define: Define = (command) => {
  const on = withJson(command.command("on").description("begin it, or change what it says"))
    .option("--until <time>", "18:00, 2h, or 2011-07-31T18:00:00Z (default: until it is turned off)")
    .option("--message <text>", "what readers are told besides; text, never markup", "")
    .option("--close", "end feeds and the text form of pages, too");
  on.action(async ({ until, message, close }: OnOptions) => {
    const invocation = invocationOf(on);
    const ends = until === undefined ? null : await endOf(until, invocation);
    const asked = { until: ends, message: message ?? "", close: close ?? false };
    await report(invocation, (ask) => ask("edge.maintenance.on", asked));
  });

  const off = withJson(command.command("off").description("end it"));
  off.action(async () => await report(invocationOf(off), (ask) => ask("edge.maintenance.off", {})));

  const showing = withJson(
    command.command("show").description("whether it is on, and what readers are told"),
  );
  showing.action(async () => await report(invocationOf(showing), (ask) => ask("edge.maintenance", {})));
};

async function endOf(until: string, invocation: Invocation): Promise<string> {
  const { settingsOf } = await import("./settings-of.ts");
  return momentAhead(until, systemClock.nowMs(), settingsOf(invocation).site.time_zone);
}

async function report(
  invocation: Invocation,
  work: (ask: Ask) => Promise<Answer<"edge.maintenance">>,
): Promise<void> {
  const { maintenance, runs } = await withRole(
    invocation,
    () => openOffline(invocation),
    async (ask, bus) => ({
      ...(await work(ask)),
      runs: bus !== undefined,
    }),
  );
  show(invocation, maintenance, () => [describe(maintenance), ...(runs ? [] : [notRunning])]);
}

const notRunning = "nothing runs here now: that holds from the next `kasbah up` on";

/** Where nothing runs, it is written down for the edge that starts next. */
async function openOffline({ data }: Invocation) {
  if (!existsSync(data.edgeDatabase)) {
    throw new OperatorError(`there is no edge in ${data.root}`, {
      hint: "start one with `kasbah up`, or name its folder with --data",
    });
  }
  const { openMaintenanceOffline } = await import("../edge/maintenance/offline.ts");
  return openMaintenanceOffline(data);
}

function describe(maintenance: Answer<"edge.maintenance">["maintenance"]): string {
  if (maintenance === null) return "no maintenance: readers get the site";
  const { until, message, closed } = maintenance;
  const end = until === null ? "until `kasbah maintenance off`" : `until ${moment(until)}`;
  const words = message === "" ? "" : `: ${inert(message)}`;
  return `maintenance ${end}${closed ? ", feeds and texts are closed, too" : ""}${words}`;
}
