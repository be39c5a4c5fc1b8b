/** `kasbah bans`: networks that the edge keeps out, each with a reason and, where one is given, an end. */
import type { Ban } from "../bus/facts.ts";
import { durationSeconds, network } from "./arguments.ts";
import { withInstance } from "./connect.ts";
import { counted, moment, table } from "./format.ts";
import { type Define, invocationOf, show, withJson } from "./invocation.ts";

export const define: Define = (command) => {
  const list = withJson(command.command("list").description("every ban in force"));
  list.action(async () => {
    const invocation = invocationOf(list);
    const { bans } = await withInstance(invocation, (bus) => bus.request("edge.bans.list", {}));
    show(invocation, bans, () => describe(bans));
  });

  const add = withJson(command.command("add").description("keep a network out"))
    .argument("<network>", "a network like 192.0.2.0/24, or one address", network)
    .requiredOption("--reason <text>", "why; whoever is refused reads it")
    .option(
      "--for <duration>",
      "for how long, like 30m, 1h or 7d (default: until it is removed)",
      durationSeconds,
    );
  add.action(async (banned: string, options: { reason: string; for?: number }) => {
    const invocation = invocationOf(add);
    const asked = { network: banned, reason: options.reason, seconds: options.for ?? null };
    const { ban } = await withInstance(invocation, (bus) => bus.request("edge.bans.add", asked));
    show(invocation, ban, () => [`${ban.network} is kept out ${until(ban)}`]);
  });

  const remove = withJson(command.command("remove").description("let a network in again")).argument(
    "<network>",
    "as `kasbah bans list` shows it",
    network,
  );
  remove.action(async (banned: string) => {
    const invocation = invocationOf(remove);
    const asked = { network: banned };
    const answer = await withInstance(invocation, (bus) => bus.request("edge.bans.remove", asked));
    show(invocation, answer, () => [
      answer.removed ? `${banned} is let in again` : `${banned} was not banned`,
    ]);
  });

  const clear = withJson(
    command
      .command("clear")
      .description("let everybody in again whom the defence itself keeps out; bans by operators stay"),
  );
  clear.action(async () => {
    const invocation = invocationOf(clear);
    const answer = await withInstance(invocation, (bus) => bus.request("edge.defence.undo", {}));
    show(invocation, answer, () => [
      `nobody is kept out but by operators' bans; ${counted(answer.rules, "rule")} taken back`,
    ]);
  });
};

function describe(bans: readonly Ban[]): string[] {
  if (bans.length === 0) return ["nobody is banned"];
  const rows = bans.map((ban) => [ban.network, `by ${ban.by}`, until(ban), ban.reason]);
  return table(rows);
}

function until(ban: Ban): string {
  return ban.expires_at === null ? "until it is removed" : `until ${moment(ban.expires_at)}`;
}
