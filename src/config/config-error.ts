/** Every mistake in kasbah.toml, each as one line with its place. */

export interface Mistake {
  /** From 1. */
  readonly line: number;
  /** What is wrong and what is allowed. */
  readonly what: string;
}

const shownMax = 10;

export class ConfigError extends Error {
  /** `kasbah.toml:12: edge.workers is 100; it takes …`, in the order of the file, ten at most. */
  readonly lines: readonly string[];

  constructor(file: string, mistakes: readonly Mistake[]) {
    const lines = mistakes
      .toSorted((left, right) => left.line - right.line)
      .map(({ line, what }) => `${file}:${line}: ${what}`);
    const more = lines.length - shownMax;
    super(lines[0]);
    this.name = "ConfigError";
    this.lines = more > 0 ? [...lines.slice(0, shownMax), `${file}: and ${more} more like these`] : lines;
  }
}
