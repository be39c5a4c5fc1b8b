/** `kasbah keys`: who signs editions, and replacing them while readers' edges rely on them. */
import type { Command } from "commander";
import { Option } from "commander";
import { systemClock } from "../base/clock.ts";
import { systemRandom } from "../base/random.ts";
import type { KeyFacts } from "../bus/subjects.ts";
import { takeLock } from "../config/lock.ts";
import { moment, table } from "./format.ts";
import { type Define, invocationOf, show, withJson } from "./invocation.ts";
import { patience, withNewsroom } from "./newsroom-role.ts";

export const define: Define = (command) => {
  make(command.command("new").description("make the first keys; starting Kasbah does so too"));
  list(
    withJson(command.command("list").description("every signing key on this machine, without its secret")),
  );
  rotate(
    withJson(
      command.command("rotate").description("replace keys; needs the root key for as long as it takes"),
    ),
  );
};

function make(command: Command): void {
  command.action(async () => {
    const { data } = invocationOf(command);
    using _lock = takeLock(data);
    const { KeyFiles } = await import("../publishing/key-files.ts");
    const files = await KeyFiles.open(data.keys);
    await files.create(systemRandom, systemClock);
    process.stdout.write(`${files.pathOf("online")}: what signs every edition\n`);
    process.stdout.write(
      `${files.pathOf("root")}: what can replace it; publish once, then keep this file elsewhere\n`,
    );
  });
}

function list(command: Command): void {
  command.action(async () => {
    const invocation = invocationOf(command);
    const facts = await withNewsroom(invocation, (ask) => ask("newsroom.keys", {}));
    show(invocation, facts, () => describe(facts));
  });
}

function rotate(command: Command): void {
  command.addOption(
    new Option("--which <keys>", "what signs every edition, or the root key")
      .choices(["online", "root"])
      .default("online"),
  );
  command.action(async ({ which }: { which: "online" | "root" }) => {
    const invocation = invocationOf(command);
    const facts = await withNewsroom(invocation, (ask) => ask("newsroom.keys.rotate", { which }, patience));
    show(invocation, facts, () => describe(facts));
  });
}

function describe({ keys, root_version: version, root_here: here }: KeyFacts): string[] {
  const rows = keys.map((key) => [
    key.role,
    key.id.slice(0, 16),
    moment(key.created_at),
    key.retiring ? "to be replaced" : "in use",
    key.file,
  ]);
  const root = here
    ? "the root key lies on this machine: move it to a safe place"
    : "the root key is elsewhere";
  return [...table(rows), `root version ${version}; ${root}`];
}
