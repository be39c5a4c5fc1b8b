/** Waiting until readers get what was published: an edition on the disk is nothing to them before an edge serves it. */
import type { Bus } from "./bus.ts";

/** False where the edge doesn't serve that edition (or a newer one) in time. Rejects with BusError where it can't be asked. */
export async function untilServed(bus: Bus, version: number, timeoutMs: number): Promise<boolean> {
  const served = Promise.withResolvers<boolean>();
  const end = bus.subscribe("edition.served", (event) => {
    if (event.version >= version) served.resolve(true);
  });
  const timer = setTimeout(() => served.resolve(false), timeoutMs);
  try {
    await bus.flush();
    const { edition } = await bus.request("edge.status", {}, { timeoutMs });
    return edition !== null && edition.version >= version ? true : await served.promise;
  } finally {
    clearTimeout(timer);
    end();
  }
}
