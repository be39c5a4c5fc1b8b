/** Asking the newsroom: the running one, or where none runs one that is opened for this command alone. */
import type { Bus } from "../bus/bus.ts";
import type { Progress } from "../transfer/wxr/import-wxr.ts";
import { type Ask, withRole } from "./connect.ts";
import { type Invocation, settingsOf } from "./invocation.ts";
import { untilReadersGetIt } from "./until-served.ts";

/** Publishing renders, signs and flushes; ten thousands of pages take a while. */
export const patience = { timeoutMs: 10 * 60_000 };

type Work<T> = (ask: Ask, bus: Bus | undefined) => Promise<T>;

export async function withNewsroom<T>(
  invocation: Invocation,
  work: Work<T>,
  progress?: (progress: Progress) => void,
): Promise<T> {
  const open = async () => {
    const { openOffline } = await import("../newsroom/offline.ts");
    return await openOffline(settingsOf(invocation), invocation.data, progress);
  };
  return await withRole(invocation, open, work);
}

/** The same for work that publishes: returns once readers get it. */
export async function withPublishing<T>(
  invocation: Invocation,
  work: Work<T>,
  progress?: (progress: Progress) => void,
): Promise<T> {
  const publish: Work<T> = async (ask, bus) => {
    const done = await work(ask, bus);
    await untilReadersGetIt(bus);
    return done;
  };
  return await withNewsroom(invocation, publish, progress);
}
