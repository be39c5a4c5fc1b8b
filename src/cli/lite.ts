/** `kasbah lite`: whether pages go out whole or as text first, and an operator's word about it for a while. */
import { systemClock } from "../base/clock.ts";
import type { Answer, Asked } from "../bus/bus.ts";
import { OperatorError } from "../base/errors.ts";
import { momentAhead } from "./arguments.ts";
import { withInstance } from "./connect.ts";
import { moment } from "./format.ts";
import { type Define, type Invocation, invocationOf, show, withJson } from "./invocation.ts";

interface OnOptions {
  readonly until: string;
  readonly readOnly?: boolean;
}

type Facts = Answer<"edge.service">["service"];

/** As the edge takes it. */
const secondsMax = 86_400;
const hour = ["--until <time>", "18:00, 2h, or 2011-07-31T18:00:00Z, within a day", "1h"] as const;

export const define: Define = (command) => {
  const on = withJson(command.command("on").description("pages as text first, with a link to the whole"))
    .option(...hour)
    .option("--read-only", "and nothing but reading: no forms, no search, no large files");
  on.action(async ({ until, readOnly }: OnOptions) => {
    await order(invocationOf(on), readOnly === true ? "read-only" : "lite", until);
  });

  const off = withJson(command.command("off").description("everything, whatever is measured"));
  off.option(...hour).action(async ({ until }: OnOptions) => {
    await order(invocationOf(off), "normal", until);
  });

  const auto = withJson(command.command("auto").description("end an order: what is measured decides"));
  auto.action(async () => await order(invocationOf(auto), "auto", "1h"));

  const showing = withJson(command.command("show").description("how much is served, since when and why"));
  showing.action(async () => {
    const invocation = invocationOf(showing);
    const { service } = await withInstance(invocation, (bus) => bus.request("edge.service", {}));
    show(invocation, service, () => [describeService(service)]);
  });
};

async function order(
  invocation: Invocation,
  level: Asked<"edge.service.order">["level"],
  until: string,
): Promise<void> {
  const seconds = await secondsUntil(until, invocation);
  const { service } = await withInstance(invocation, (bus) =>
    bus.request("edge.service.order", { level, seconds }),
  );
  show(invocation, service, () => [describeService(service)]);
}

/** Throws OperatorError where that is no time within a day. */
async function secondsUntil(until: string, invocation: Invocation): Promise<number> {
  const { settingsOf } = await import("./settings-of.ts");
  const nowMs = systemClock.nowMs();
  const ends = momentAhead(until, nowMs, settingsOf(invocation).site.time_zone);
  const seconds = Math.ceil((Date.parse(ends) - nowMs) / 1_000);
  if (seconds <= secondsMax) return seconds;
  throw new OperatorError("an order holds for a day at most", {
    hint: "edge.lite = false turns it off for good",
    exitCode: 2,
  });
}

const levels: Readonly<Record<Facts["level"], string>> = {
  normal: "everything is served",
  lite: "pages come as text first",
  "read-only": "pages come as text first, and only reading goes on",
};

/** One line. */
export function describeService({ level, since, causes, ordered_until: until }: Facts): string {
  const from = since === null ? "" : ` since ${moment(since)}`;
  const why =
    causes.length === 0 ? "" : `: too much for the ${causes.map((cause) => places[cause]).join(" and the ")}`;
  const ordered = until === null ? "" : `, by order until ${moment(until)}`;
  return `${levels[level]}${from}${why}${ordered}`;
}

const places: Readonly<Record<Facts["causes"][number], string>> = {
  processor: "processor",
  lag: "edge's workers",
  line: "line",
};
