/** Why a gate can't even let somebody wait. */

export const refusalReasons = [
  /** No place is left in the queue. */
  "queue-full",
  /** From this network came more than its share. */
  "network-share",
  /** Tickets that aren't ours, several times over. */
  "ticket-invalid",
  /** More was sent than can be kept in a page. */
  "form-too-large",
  /** What the page kept can't be opened any more. */
  "form-too-old",
] as const;

export type RefusalReason = (typeof refusalReasons)[number];
