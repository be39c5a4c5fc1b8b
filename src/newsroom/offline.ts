/** The newsroom for a command, while nothing runs. The caller holds the data folder's lock. */
import { systemClock } from "../base/clock.ts";
import { createLog } from "../base/log.ts";
import type { DataFolder } from "../config/data-folder.ts";
import type { Config } from "../config/settings.ts";
import { openNewsroom } from "./newsroom.ts";
import type { Newsroom, NewsroomOptions } from "./parts.ts";

/** Says only what goes wrong. Edges look by themselves when they start. */
export async function openOffline(
  config: Config,
  data: DataFolder,
  heard: Pick<NewsroomOptions, "onImportProgress" | "onSnapshotProgress" | "onAcceptProgress"> = {},
): Promise<Newsroom> {
  const log = createLog("newsroom", "warn");
  return await openNewsroom({
    config,
    data,
    log,
    clock: systemClock,
    onPublished: () => {},
    ...heard,
  });
}
