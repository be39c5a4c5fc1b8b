/** What somebody has in hand who comes to wait, and where they wait with it. */

export const laneNames = ["known", "pass", "ticket", "shared", "machines"] as const;
/** `shared`: tickets from addresses that are known to be very many people's: Tor's exits, carriers. */
export type LaneName = (typeof laneNames)[number];

export interface Standing {
  readonly lane: LaneName;
  /** The client's /24 or /48. */
  readonly prefix: number;
  /** How long it has waited already when it comes, by its ticket or its pass. */
  readonly waitedMs: number;
  /** What was proven. */
  readonly effort: number;
  /** A ticket's id: it waits once, whoever shows it. */
  readonly ticket?: bigint;
  /** A pass's serial. */
  readonly pass?: bigint;
}
