/** "ready" is to mean that readers get pages: waits until the edge serves what the newsroom has published. */
import { type Bus, BusError } from "../bus/bus.ts";

/** An edge takes some tens of ms; one that is away must not keep a person waiting who has just published. */
const servedWithinMs = 5_000;

/** For commands that publish: returns once readers get it, or once it is clear that no edge is there to give it to them. */
export async function untilReadersGetIt(bus: Bus | undefined): Promise<void> {
  try {
    if (bus !== undefined) await untilServed(bus, servedWithinMs);
  } catch (thrown) {
    if (!(thrown instanceof BusError)) throw thrown;
  }
}

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
