/** What is sent, and what a way to people can do with it. */

/** In one language, ready to be read; nothing in it was written by whoever attacks. */
export interface Letter {
  /** The same each time that it is tried. */
  readonly id: string;
  readonly at: string;
  /** For programs: `incident.opened`. */
  readonly type: string;
  readonly urgency: "high" | "usual" | "low";
  readonly subject: string;
  /** A sentence or some each. */
  readonly lines: readonly string[];
  /** Empty where there is nothing to open. */
  readonly link: string;
  /** For programs. */
  readonly facts: unknown;
}

export interface Transport {
  /** Rejects with why it did not arrive. Ends when the signal says so. */
  send(letter: Letter, signal: AbortSignal): Promise<void>;
  /** Whether it could be sent now, as far as that can be known without sending. Rejects with why not. */
  probe(signal: AbortSignal): Promise<void>;
}
