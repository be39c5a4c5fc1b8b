/** `kasbah import`: brings in a WordPress export, publishes what was public there, and says of every item what became of it. */
import { resolve } from "node:path";
import { type Clock, systemClock } from "../base/clock.ts";
import type { Bus } from "../bus/bus.ts";
import type { ImportReport, Publication } from "../bus/subjects.ts";
import type { Progress } from "../transfer/wxr/import-wxr.ts";
import type { Ask } from "./connect.ts";
import { describeImport } from "./import-words.ts";
import { type Define, type Invocation, invocationOf, show, withJson } from "./invocation.ts";
import { withPublishing } from "./newsroom-role.ts";

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
      const progress = progressTo(process.stderr, invocation);
      const work = async (ask: Ask, bus: Bus | undefined): Promise<Imported> => {
        bus?.subscribe("import.progress", progress);
        return await importAndPublish(ask, asked);
      };
      const imported = await withPublishing(invocation, work, progress);
      show(invocation, imported, () => describeImport(file, site, imported));
    });
};

export interface Imported extends ImportReport {
  readonly publication: Publication;
}

/** Also where nothing is new: an earlier import may have been killed between the two. */
async function importAndPublish(
  ask: Ask,
  asked: { readonly file: string; readonly site: string; readonly language?: string },
): Promise<Imported> {
  const report = await ask("newsroom.import", asked, patience);
  return { ...report, publication: await ask("newsroom.publish", {}, patience) };
}

/** How often a line is written where there is no terminal to write it over. */
const plainLineEveryMs = 5_000;

/** On a terminal one line that changes; elsewhere a line now and then; with --json nothing. */
function progressTo(
  stream: NodeJS.WriteStream,
  { json }: Invocation,
  clock: Clock = systemClock,
): (progress: Progress) => void {
  let writtenAtMs = clock.nowMs();
  return ({ step, done, total }) => {
    if (json) return;
    const line = `${step === "reading" ? "checks the file" : "brings it in"}: ${Math.floor((done / Math.max(1, total)) * 100)} %`;
    if (stream.isTTY) {
      const isOver = step === "importing" && done >= total;
      stream.write(isOver ? "\r\u001b[K" : `\r\u001b[K${line}`);
    } else if (clock.nowMs() - writtenAtMs >= plainLineEveryMs) {
      writtenAtMs = clock.nowMs();
      stream.write(`${line}\n`);
    }
  };
}
