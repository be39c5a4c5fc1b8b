/** `kasbah editions`: what was published when, whether it still is what was signed, and the way back. */
import type { Command } from "commander";
import { OperatorError } from "../base/errors.ts";
import { figure } from "../base/figures.ts";
import type { EditionFacts } from "../bus/facts.ts";
import type { Target } from "../edition/target.ts";
import { wholeNumber } from "./arguments.ts";
import { type Checked, type Inspected, inspectEdition } from "./edition-inspection.ts";
import { bytes, counted, moment, readable, table } from "./format.ts";
import { type Define, invocationOf, show, withJson } from "./invocation.ts";
import { patience, withNewsroom, withPublishing } from "./newsroom-role.ts";
import { describePublication } from "./publish.ts";

const version = wholeNumber(1, 9_999_999_999);

export const define: Define = (command) => {
  list(withJson(command.command("list").description("every edition that is kept, newest first")));
  showOne(withJson(command.command("show").description("what an edition consists of")));
  verify(
    withJson(command.command("verify").description("whether an edition is what was signed, page by page")),
  );
  rollback(withJson(command.command("rollback").description("show the pages of an earlier edition again")));
};

function list(command: Command): void {
  command.action(async () => {
    const invocation = invocationOf(command);
    const { editions } = await withNewsroom(invocation, (ask) => ask("newsroom.editions", {}, patience));
    show(invocation, editions, () =>
      editions.length === 0 ? ["nothing is published yet"] : table(editions.map(row)),
    );
  });
}

function row({
  version: number,
  published_at: at,
  pages,
  bytes: size,
  log_index: entry,
}: EditionFacts): string[] {
  return [`${number}`, moment(at), counted(pages, "page"), bytes(size), `log entry ${entry}`];
}

function showOne(command: Command): void {
  command.argument("[number]", "which edition (default: the one that readers get)", version);
  command.action(async (asked: number | undefined) => {
    const invocation = invocationOf(command);
    const { edition, facts } = await inspectEdition(invocation.data, { version: asked });
    const targets = [...edition.targets.values()];
    show(invocation, { ...facts, targets, withdrawals: edition.withdrawals }, () => [
      describe(facts),
      ...table(targets.map(targetRow).sort(byCells)),
    ]);
  });
}

/** Sorted, these keep together what belongs together. */
function targetRow({ site, path, query, status, type }: Target): string[] {
  const address = query === undefined ? path : `${path}?${query}`;
  return [type.replace(/;.*$/, ""), String(status), site, readable(address)];
}

function byCells(left: readonly string[], right: readonly string[]): number {
  return left.join(" ").localeCompare(right.join(" "));
}

function verify(command: Command): void {
  command
    .argument("[number]", "which edition (default: the one that readers get)", version)
    .option("--root <file>", "the root of trust to start from (default: 1.root.json in the data folder)");
  command.action(async (asked: number | undefined, { root }: { root?: string }) => {
    const invocation = invocationOf(command);
    const inspected = await inspectEdition(invocation.data, { version: asked, rootFile: root });
    const checked = await inspected.checkBlobs();
    show(invocation, { ...inspected.facts, ...inspected.trust, blobs: checked }, () =>
      describeChecked(inspected, checked),
    );
    if (checked.damaged.length + checked.missing.length > 0) throw incomplete(inspected, checked);
  });
}

function describeChecked({ facts, trust }: Inspected, checked: Checked): string[] {
  return [
    describe(facts),
    `signatures hold from the first root to root ${trust.root_version}; entry ${facts.log_index} of the log's ${figure(trust.log_size)}`,
    `${counted(checked.whole, "page")} whole, ${checked.damaged.length} damaged, ${checked.missing.length} missing`,
    ...[...checked.damaged, ...checked.missing].map((path) => `  ${path}`),
  ];
}

function incomplete({ facts }: Inspected, { damaged, missing }: Checked): OperatorError {
  return new OperatorError(
    `edition ${facts.version}: ${counted(damaged.length, "page")} damaged, ${missing.length} missing`,
    { hint: "a running Kasbah makes those of the current edition again by itself" },
  );
}

function rollback(command: Command): void {
  command.argument("<number>", "as `kasbah editions list` shows it", version);
  command.action(async (to: number) => {
    const invocation = invocationOf(command);
    const publication = await withPublishing(invocation, (ask) =>
      ask("newsroom.rollback", { version: to }, patience),
    );
    show(invocation, publication, () => [
      describePublication(publication),
      `these are the pages of edition ${to}, less what was withdrawn since; they stay until the next \`kasbah publish\``,
    ]);
  });
}

function describe({ version: number, published_at: at, pages, bytes: size, stale }: EditionFacts): string {
  const state = stale ? " (not renewed, or an earlier one)" : "";
  return `edition ${number} of ${moment(at)}: ${counted(pages, "page")}, ${bytes(size)}${state}`;
}
