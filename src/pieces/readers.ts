/** From a decision to readers: makes the edition, and waits a moment until the edge serves it. */
import { messageOf } from "../base/errors.ts";
import { BusError } from "../bus/bus.ts";
import type { Publication } from "../bus/subjects.ts";
import { untilServed } from "../bus/until-served.ts";
import type { PiecesParts } from "./parts.ts";

/** "late": the edition is made, but no edge has said so far that it serves it. "failed": it couldn't be made; the next one has it. */
export const reaches = ["now", "late", "failed"] as const;
export type Reach = (typeof reaches)[number];

/** An edge takes some tens of ms; whoever pressed the button must not wait long for one that is away. */
const patienceMs = 2_000;

/** `make`: default, the next edition with everything that is published. */
export async function reachReaders(
  { publisher, bus, log }: PiecesParts,
  make: () => Promise<Publication> = () => publisher.publish(),
): Promise<Reach> {
  try {
    const { edition } = await make();
    return edition !== null && (await untilServed(bus, edition.version, patienceMs)) ? "now" : "late";
  } catch (thrown) {
    if (thrown instanceof BusError) return "late";
    log.error("publishing from the studio failed", { reason: messageOf(thrown) });
    return "failed";
  }
}
