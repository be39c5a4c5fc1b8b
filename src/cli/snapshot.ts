/** `kasbah snapshot`: crawls the protected site, shows what was learned, and signs it as the baseline once somebody says yes. */
import { createInterface } from "node:readline/promises";
import { systemClock } from "../base/clock.ts";
import { OperatorError } from "../base/errors.ts";
import { figure } from "../base/figures.ts";
import type { Event } from "../bus/bus.ts";
import type { SnapshotFacts } from "../bus/origin-facts.ts";
import type { Ask } from "./connect.ts";
import { type Define, type Invocation, invocationOf, show, withJson } from "./invocation.ts";
import { patience, withPublishing } from "./newsroom-role.ts";
import { addressesDone, ProgressLine } from "./progress.ts";
import { describeSnapshot, howToApprove } from "./snapshot-words.ts";

interface SnapshotOptions {
  readonly yes?: boolean;
  readonly afresh?: boolean;
  readonly include?: readonly string[];
}

const lookEveryMs = 300;

export const define: Define = (command) => {
  withJson(command)
    .option("--yes", "sign what is there now as the baseline, without asking; what is suspicious stays out")
    .option("--afresh", "begin anew, although an earlier snapshot is not complete or not approved")
    .option("--include <address...>", "with --yes: suspicious pages that are right nevertheless")
    .addHelpText(
      "after",
      "\nPages are loaded several times, at the pace of origin.crawl_rate; a snapshot that was cut off goes on where it was.",
    )
    .action(async (options: SnapshotOptions) => {
      const invocation = invocationOf(command);
      using line = new ProgressLine(process.stderr, systemClock);
      const tell = (progress: Event<"snapshot.progress">): void =>
        void (invocation.json || line.show(`loads the site: ${addressesDone(progress)}`));
      await withPublishing(invocation, (ask) => run(ask, invocation, options), { "snapshot.progress": tell });
    });
};

async function run(ask: Ask, invocation: Invocation, options: SnapshotOptions): Promise<void> {
  await ask("newsroom.snapshot.begin", { afresh: options.afresh === true });
  const made = await untilComplete(ask);
  const isSigned = made.state === "to approve" && (await isApproved(made, invocation, options));
  if (!isSigned) {
    show(invocation, made, () => [...describeSnapshot(made), "", howToApprove]);
    return;
  }
  const { snapshot } = await ask(
    "newsroom.snapshot.approve",
    { include: [...(options.include ?? [])] },
    patience,
  );
  show(invocation, snapshot, () => [...describeSnapshot(made), "", describeApproved(snapshot)]);
}

/** Asks now and then: events may get lost, and none come where no Kasbah runs. */
async function untilComplete(ask: Ask): Promise<SnapshotFacts> {
  for (;;) {
    const { snapshot } = await ask("newsroom.snapshot", {});
    if (snapshot.fault !== null) {
      throw new OperatorError(`the snapshot stands still: ${snapshot.fault}`, {
        hint: "`kasbah snapshot` goes on from there",
      });
    }
    if (snapshot.state !== "crawling") return snapshot;
    await Bun.sleep(lookEveryMs);
  }
}

async function isApproved(
  made: SnapshotFacts,
  { json }: Invocation,
  { yes }: SnapshotOptions,
): Promise<boolean> {
  if (yes === true) return true;
  if (json || !process.stdin.isTTY || !process.stdout.isTTY) return false;
  process.stdout.write(`${describeSnapshot(made).join("\n")}\n\n`);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^(y|yes)$/i.test((await terminal.question("Is this the site as it should be? [y/N] ")).trim());
  } finally {
    terminal.close();
  }
}

function describeApproved({ pages, assets }: SnapshotFacts): string {
  return `signed as the baseline: ${figure(pages)} pages, ${figure(assets)} scripts, styles, pictures and files`;
}
