/** Names of cookies as the settings list them: a star stands for anything. */

export class CookieNames {
  /** Against a whole Cookie header; undefined where nothing is listed. */
  readonly #anyOf: RegExp | undefined;

  constructor(patterns: readonly string[]) {
    const names = patterns.map(expressionOf).join("|");
    this.#anyOf = patterns.length === 0 ? undefined : new RegExp(`(?:^|;)\\s*(?:${names})\\s*=`, "i");
  }

  /** Whether one of them is in a Cookie header. */
  areIn(header: string): boolean {
    return this.#anyOf?.test(header) === true;
  }
}

/** What a name has to be, for a regular expression. */
export function expressionOf(pattern: string): string {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return parts.join("[^=;]*");
}
