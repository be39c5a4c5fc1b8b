/** Who asks for work, as the gates see them. */

/** Somebody, somewhere, now. */
export interface Asker {
  readonly site: string;
  /** The client's /24 or /48. */
  readonly prefix: number;
  /** Its address is very many people's. */
  readonly isShared: boolean;
  readonly nowMs: number;
}
