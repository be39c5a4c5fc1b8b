/** "ready" is to mean that readers get pages: waits until the edge serves what the newsroom has published. */
import { type Bus, BusError } from "../bus/bus.ts";

/** An edge takes some tens of ms, after a start some hundreds; one that is away must not keep a person waiting for ever. */
const servedWithinMs = 10_000;

/** False where readers don't get it in time. Where newsroom or edge can't be asked there is nothing to wait for. */
export async function untilReadersGetIt(bus: Bus | undefined): Promise<boolean> {
  try {
    return bus === undefined || (await untilServed(bus, servedWithinMs));
  } catch (thrown) {
    if (thrown instanceof BusError) return true;
    throw thrown;
  }
}

/** There may be nothing published, which is no reason to wait. */
async function untilServed(bus: Bus, timeoutMs: number): Promise<boolean> {
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
