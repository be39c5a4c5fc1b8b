/** Asking the newsroom: the running one, or where none runs one that is opened for this command alone. */
import { existsSync } from "node:fs";
import { OperatorError } from "../base/errors.ts";
import type { Bus, Event } from "../bus/bus.ts";
import { type Ask, withRole } from "./connect.ts";
import type { Invocation } from "./invocation.ts";
import { untilReadersGetIt } from "./until-served.ts";

/** Publishing renders, signs and flushes; ten thousands of pages take a while. */
export const patience = { timeoutMs: 10 * 60_000 };

type Work<T> = (ask: Ask) => Promise<T>;
/** Hears of long work whichever newsroom does it. */
export type Heard = {
  readonly [S in "import.progress" | "snapshot.progress" | "accept.progress"]?: (progress: Event<S>) => void;
};

/** For work on what is there: makes no newsroom where a folder's name was mistyped. */
export async function withNewsroom<T>(invocation: Invocation, work: Work<T>): Promise<T> {
  const { root, newsroomDatabase } = invocation.data;
  if (!existsSync(newsroomDatabase)) {
    throw new OperatorError(`there is no newsroom in ${root}`, {
      hint: "start one with `kasbah up`, or name its folder with --data",
    });
  }
  return await askNewsroom(invocation, work);
}

/** For work that publishes: returns once readers get it. */
export async function withPublishing<T>(
  invocation: Invocation,
  work: Work<T>,
  heard: Heard = {},
): Promise<T> {
  const publish = async (ask: Ask, bus: Bus | undefined): Promise<T> => {
    bus?.subscribe("import.progress", (progress) => heard["import.progress"]?.(progress));
    bus?.subscribe("snapshot.progress", (progress) => heard["snapshot.progress"]?.(progress));
    bus?.subscribe("accept.progress", (progress) => heard["accept.progress"]?.(progress));
    const done = await work(ask);
    await untilReadersGetIt(bus);
    return done;
  };
  return await askNewsroom(invocation, publish, heard);
}

async function askNewsroom<T>(
  invocation: Invocation,
  work: (ask: Ask, bus: Bus | undefined) => Promise<T>,
  heard: Heard = {},
): Promise<T> {
  const open = async () => {
    const [{ openOffline }, { settingsOf }] = await Promise.all([
      import("../newsroom/offline.ts"),
      import("./settings-of.ts"),
    ]);
    return await openOffline(settingsOf(invocation), invocation.data, {
      onImportProgress: heard["import.progress"],
      onSnapshotProgress: heard["snapshot.progress"],
      onAcceptProgress: heard["accept.progress"],
    });
  };
  return await withRole(invocation, open, work);
}
