/** Two settings that are right by themselves and wrong together. */

export interface Conflict {
  /** The setting that is to be changed, `["edge", "tls_key"]`; in a list with the entry's place. */
  readonly path: readonly [section: string, key: string, ...inside: (string | number)[]];
  readonly what: string;
}
