/** The newsroom for a command, while nothing runs. The caller holds the data folder's lock. */
import { systemClock } from "../base/clock.ts";
import { createLog } from "../base/log.ts";
import type { DataFolder } from "../config/data-folder.ts";
import type { Config } from "../config/settings.ts";
import type { Progress } from "../transfer/wxr/import-wxr.ts";
import { openNewsroom } from "./newsroom.ts";
import type { Newsroom } from "./parts.ts";

/** Says only what goes wrong. Edges look by themselves when they start. */
export async function openOffline(
  config: Config,
  data: DataFolder,
  onImportProgress: (progress: Progress) => void = () => {},
): Promise<Newsroom> {
  const log = createLog("newsroom", "warn");
  return await openNewsroom({
    config,
    data,
    log,
    clock: systemClock,
    onPublished: () => {},
    onImportProgress,
  });
}
