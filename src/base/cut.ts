/**
 * Texts of which a part is kept. A part that the engine cuts out of a text keeps the whole one in memory: of four thousand remembered
 * User-Agents of 200 characters, sixty megabytes of what clients wrote behind them.
 */

/** The same text in memory of its own, whatever its code units. */
export function ownCopy(text: string): string {
  return Buffer.from(text, "utf16le").toString("utf16le");
}

/** The first characters, as many as are taken at most; nothing beyond them is kept. */
export function cut(text: string, charactersMax: number): string {
  return text.length > charactersMax ? ownCopy(text.slice(0, charactersMax)) : text;
}
