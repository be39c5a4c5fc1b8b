/** Which lines of a page went and which came: two columns that stand beside each other. Bounded in time. */
import { diffArrays } from "diff";
import type { Line } from "./page-text.ts";

export type Piece =
  | { readonly kind: "same" | "changed"; readonly line: Line }
  /** So many unchanged lines in a row. */
  | { readonly kind: "gap"; readonly count: number };

export interface Compared {
  readonly before: readonly Piece[];
  readonly now: readonly Piece[];
}

const timeMs = 200;
/** Unchanged lines that are shown on each side of a change. */
const around = 2;

/** Where there is no time, everything is another. */
export function compareLines(before: readonly Line[], now: readonly Line[]): Compared {
  const changes = diffArrays([...before], [...now], { comparator: isSame, timeout: timeMs });
  const columns: { before: Piece[]; now: Piece[] } = { before: [], now: [] };
  if (changes === undefined) return { before: before.map(changed), now: now.map(changed) };
  for (const { added, removed, value } of changes) {
    if (removed) columns.before.push(...value.map(changed));
    else if (added) columns.now.push(...value.map(changed));
    else {
      columns.before.push(...value.map(same));
      columns.now.push(...value.map(same));
    }
  }
  return { before: shortened(columns.before), now: shortened(columns.now) };
}

function isSame(one: Line, other: Line): boolean {
  return one.kind === other.kind && one.text === other.text;
}

function changed(line: Line): Piece {
  return { kind: "changed", line };
}

function same(line: Line): Piece {
  return { kind: "same", line };
}

/** The title and what stands near a change stay; the rest is counted. */
function shortened(pieces: readonly Piece[]): Piece[] {
  const isNear = (at: number): boolean =>
    pieces.slice(Math.max(0, at - around), at + around + 1).some(({ kind }) => kind === "changed");
  const short: Piece[] = [];
  for (const [at, piece] of pieces.entries()) {
    const last = short.at(-1);
    const isTitle = piece.kind === "same" && piece.line.kind === "title";
    if (piece.kind !== "same" || isTitle || isNear(at)) short.push(piece);
    else if (last?.kind === "gap") short[short.length - 1] = { kind: "gap", count: last.count + 1 };
    else short.push({ kind: "gap", count: 1 });
  }
  return short;
}
