/** "ready" is to mean that readers get pages: waits until the edge serves what the newsroom has published. */
import { type Bus, BusError } from "../bus/bus.ts";
import { untilServed } from "../bus/until-served.ts";

/** An edge takes some tens of ms, after a start some hundreds; one that is away must not keep a person waiting for ever. */
const servedWithinMs = 10_000;

/** False where readers don't get it in time. Where newsroom or edge can't be asked there is nothing to wait for. */
export async function untilReadersGetIt(bus: Bus | undefined): Promise<boolean> {
  try {
    return bus === undefined || (await served(bus));
  } catch (thrown) {
    if (thrown instanceof BusError) return true;
    throw thrown;
  }
}

/** There may be nothing published, which is no reason to wait. */
async function served(bus: Bus): Promise<boolean> {
  const { edition } = await bus.request("newsroom.status", {});
  return edition === null || (await untilServed(bus, edition.version, servedWithinMs));
}
