/** Asking the newsroom: the running one, or where none runs one that is opened for this command alone. */
import { type Ask, withRole } from "./connect.ts";
import { type Invocation, settingsOf } from "./invocation.ts";

/** Publishing renders, signs and flushes; ten thousands of pages take a while. */
export const patience = { timeoutMs: 10 * 60_000 };

export async function withNewsroom<T>(invocation: Invocation, work: (ask: Ask) => Promise<T>): Promise<T> {
  const open = async () => {
    const { openOffline } = await import("../newsroom/offline.ts");
    return await openOffline(settingsOf(invocation), invocation.data);
  };
  return await withRole(invocation, open, work);
}
