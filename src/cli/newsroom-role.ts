/** Asking the newsroom: the running one, or where none runs one that is opened for this command alone. */
import type { Event } from "../bus/bus.ts";
import { type Ask, withRole } from "./connect.ts";
import { type Invocation, settingsOf } from "./invocation.ts";

/** Publishing renders, signs and flushes; ten thousands of pages take a while. */
export const patience = { timeoutMs: 10 * 60_000 };

/** `onImportProgress` hears of an import whichever newsroom does it. */
export async function withNewsroom<T>(
  invocation: Invocation,
  work: (ask: Ask) => Promise<T>,
  onImportProgress: (progress: Event<"import.progress">) => void = () => {},
): Promise<T> {
  const open = async () => {
    const { openOffline } = await import("../newsroom/offline.ts");
    return await openOffline(settingsOf(invocation), invocation.data, onImportProgress);
  };
  return await withRole(invocation, open, async (ask, bus) => {
    bus?.subscribe("import.progress", onImportProgress);
    return await work(ask);
  });
}
