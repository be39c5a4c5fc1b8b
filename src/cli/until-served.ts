/** "ready" is to mean that readers get pages: waits until the edge serves what the newsroom has published. */
import type { Bus } from "../bus/bus.ts";

/** False where that has not come true in time; there may be nothing published, which is no reason to wait. */
export async function untilServed(bus: Bus, timeoutMs: number): Promise<boolean> {
  const { edition: published } = await bus.request("newsroom.status", {});
  if (published === null) return true;
  const served = Promise.withResolvers<boolean>();
  const end = bus.subscribe("edition.served", ({ version }) => {
    if (version >= published.version) served.resolve(true);
  });
  const timer = setTimeout(() => served.resolve(false), timeoutMs);
  try {
    await bus.flush();
    const { edition } = await bus.request("edge.status", {});
    return edition !== null && edition.version >= published.version ? true : await served.promise;
  } finally {
    clearTimeout(timer);
    end();
  }
}
