/** What differs between two revisions: block by block, and in a block word by word. Bounded: where time is short, whole blocks. */
import { diffArrays } from "diff";
import type { Clock } from "../base/clock.ts";
import { type Block, blockWords } from "./body.ts";
import type { Content } from "./piece.ts";

export interface Run {
  readonly kind: "same" | "added" | "removed";
  readonly text: string;
}

export type BlockChange =
  /** How many blocks in a row. */
  | { readonly kind: "same"; readonly count: number; readonly first: string }
  | { readonly kind: "changed"; readonly runs: readonly Run[] }
  /** The same words, but as a heading, with a link, in bold. */
  | { readonly kind: "form"; readonly text: string }
  | { readonly kind: "added" | "removed"; readonly text: string };

export interface Comparison {
  readonly title: readonly Run[];
  readonly standfirst: readonly Run[];
  readonly blocks: readonly BlockChange[];
}

/** For a whole comparison; beyond it, what is left is shown as taken out and put in. */
const timeMs = 200;
/** Of one block on each side: some thousand words, far longer than any paragraph that somebody edits. */
const tokensMax = 10_000;
/** With less in common than this share of the longer one, two blocks are two blocks. */
const likeness = 0.3;

export function compareContents(from: Content, to: Content, clock: Clock): Comparison {
  const deadlineMs = clock.nowMs() + timeMs;
  const words = (before: string, after: string): Run[] =>
    compareWords(before, after, Math.max(0, deadlineMs - clock.nowMs()));
  return {
    title: words(from.title, to.title),
    standfirst: words(from.standfirst, to.standfirst),
    blocks: joined(
      aligned(from.body.doc.content, to.body.doc.content).flatMap(([before, after]) =>
        compareBlocks(before, after, words),
      ),
    ),
  };
}

/** `withinMs`: when it can't be done in that time, everything is taken out and put in again. */
export function compareWords(from: string, to: string, withinMs: number): Run[] {
  if (from === to) return from === "" ? [] : [{ kind: "same", text: from }];
  const [before, after] = [tokens(from), tokens(to)];
  const isLong = before.length > tokensMax || after.length > tokensMax;
  const changes = isLong || withinMs === 0 ? undefined : diffArrays(before, after, { timeout: withinMs });
  if (changes === undefined) return whole(from, to);
  return changes.map(({ added, removed, value }) => ({
    kind: added ? "added" : removed ? "removed" : "same",
    text: value.join(""),
  }));
}

function whole(from: string, to: string): Run[] {
  const runs: Run[] = [
    { kind: "removed", text: from },
    { kind: "added", text: to },
  ];
  return runs.filter(({ text }) => text !== "");
}

/** Words of any script with their marks, spaces, and single signs. */
function tokens(text: string): string[] {
  return text.match(/[\p{L}\p{M}\p{N}]+|\s+|[^\p{L}\p{M}\p{N}\s]/gu) ?? [];
}

type Pair = readonly [before: Block | undefined, after: Block | undefined];

/** Which block became which: by its id, or because it says the same; else what stands in its place. */
function aligned(from: readonly Block[], to: readonly Block[]): Pair[] {
  const changes = diffArrays([...from], [...to], { comparator: isSameBlock, timeout: timeMs }) ?? [
    { removed: true, added: false, count: from.length },
    { removed: false, added: true, count: to.length },
  ];
  const [before, after] = [[...from], [...to]];
  const pairs: Pair[] = [];
  let replaced: Block[] = [];
  for (const { added, removed, count } of changes) {
    if (removed) {
      replaced = before.splice(0, count);
      continue;
    }
    const now = after.splice(0, count);
    const then = added ? replaced : before.splice(0, count);
    if (!added) pairs.push(...paired(replaced, []));
    pairs.push(...paired(then, now));
    replaced = [];
  }
  return [...pairs, ...paired(replaced, [])];
}

function isSameBlock(one: Block, other: Block): boolean {
  return (
    one.attrs.id === other.attrs.id ||
    (one.type === other.type && isSaid(one) && blockWords(one) === blockWords(other))
  );
}

function isSaid(block: Block): boolean {
  return blockWords(block) !== "";
}

function paired(before: readonly Block[], after: readonly Block[]): Pair[] {
  const longer = before.length > after.length ? before : after;
  return longer.map((_, at) => [before[at], after[at]]);
}

function compareBlocks(
  before: Block | undefined,
  after: Block | undefined,
  words: (from: string, to: string) => Run[],
): BlockChange[] {
  const then = before === undefined ? undefined : blockWords(before);
  const now = after === undefined ? undefined : blockWords(after);
  if (then === now) {
    const isSame = Bun.deepEquals(withoutId(before), withoutId(after));
    return [isSame ? { kind: "same", count: 1, first: then ?? "" } : { kind: "form", text: now ?? "" }];
  }
  const runs = then === undefined || now === undefined ? [] : words(then, now);
  if (isAlike(runs)) return [{ kind: "changed", runs }];
  return [
    ...(then === undefined ? [] : [{ kind: "removed", text: then } as const]),
    ...(now === undefined ? [] : [{ kind: "added", text: now } as const]),
  ];
}

function withoutId(block: Block | undefined): unknown {
  return block && { ...block, attrs: { ...block.attrs, id: "" } };
}

function isAlike(runs: readonly Run[]): boolean {
  const length = (kind: Run["kind"]): number =>
    runs.reduce((sum, run) => sum + (run.kind === kind ? run.text.trim().length : 0), 0);
  const same = length("same");
  return same > likeness * (same + Math.max(length("added"), length("removed")));
}

/** Rows of unchanged blocks become one. */
function joined(changes: readonly BlockChange[]): BlockChange[] {
  const short: BlockChange[] = [];
  for (const change of changes) {
    const last = short.at(-1);
    if (change.kind === "same" && last?.kind === "same") {
      short[short.length - 1] = { ...last, count: last.count + change.count };
    } else short.push(change);
  }
  return short;
}
