/** What the gates say to people. `{wait}`: about how long. */
import type { RefusalReason } from "./refusal-reason.ts";
import type { Wait } from "./wait.ts";

export interface GateWords {
  readonly heading: string;
  /** Read out each time the page comes back. */
  readonly title: string;
  readonly why: string;
  readonly timed: string;
  readonly rest: string;
  /** Before a button, for browsers that don't do it by themselves. */
  readonly stuck: string;
  readonly tryNow: string;

  /** A form is in the page. */
  readonly kept: string;
  readonly sealedByHand: string;
  readonly sealedByItself: string;
  readonly leaveOpen: string;
  readonly early: string;
  readonly sendNow: string;

  /** While the device works, and afterwards. */
  readonly solving: string;
  readonly opening: string;
  readonly sending: string;

  readonly refused: string;
  readonly reasons: Readonly<Record<RefusalReason, string>>;
  /** After the reason, where something was to be sent. */
  readonly unsent: string;
  readonly again: string;
  readonly appeal: string;
  readonly front: string;

  readonly about: (wait: Wait) => string;
}
