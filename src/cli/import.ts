/** `kasbah import`: brings in a WordPress export, publishes what was public there, and says of every item what became of it. */
import { resolve } from "node:path";
import { systemClock } from "../base/clock.ts";
import { percent } from "../base/figures.ts";
import type { Asked, Event } from "../bus/bus.ts";
import type { Ask } from "./connect.ts";
import { describeImport, type Imported } from "./import-words.ts";
import { type Define, type Invocation, invocationOf, show, withJson } from "./invocation.ts";
import { withPublishing } from "./newsroom-role.ts";
import { ProgressLine } from "./progress.ts";

interface ImportOptions {
  readonly site: string;
  readonly language?: string;
}

/** A file of half a gigabyte takes some minutes; publishing ten thousand pages as well. */
const patience = { timeoutMs: 2 * 60 * 60_000 };

export const define: Define = (command) => {
  withJson(command)
    .argument("<file>", "what WordPress wrote under Tools → Export (WXR)")
    .option("--site <site>", "portal (posts become stories) or blog", "portal")
    .option(
      "--language <tag>",
      "of texts that say nothing about theirs (default: the file's own, else the site's)",
    )
    .action(async (file: string, { site, language }: ImportOptions) => {
      const invocation = invocationOf(command);
      const asked = { file: resolve(file), site, ...(language !== undefined && { language }) };
      const imported = await run(invocation, asked);
      show(invocation, imported, () => describeImport(file, site, imported));
    });
};

async function run(invocation: Invocation, asked: Asked<"newsroom.import">): Promise<Imported> {
  using line = new ProgressLine(process.stderr, systemClock);
  return await withPublishing(invocation, (ask) => importAndPublish(ask, asked), {
    "import.progress": (progress) => void (invocation.json || line.show(describeProgress(progress))),
  });
}

/** Also where nothing is new: an earlier import may have been killed between the two. */
async function importAndPublish(ask: Ask, asked: Asked<"newsroom.import">): Promise<Imported> {
  const report = await ask("newsroom.import", asked, patience);
  return { ...report, publication: await ask("newsroom.publish", {}, patience) };
}

/** "brings it in: 42 %". */
function describeProgress({ step, done, total }: Event<"import.progress">): string {
  const words = step === "reading" ? "checks the file" : "brings it in";
  return `${words}: ${percent(total === 0 ? 1 : done / total)}`;
}
