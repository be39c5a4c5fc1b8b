/** Inline code over several loads: which shapes all have, and which of their literals change. */
import type { Facts, InlineCode } from "../facts.ts";
import { formsOver, hostsIn, isTelling } from "./literals.ts";
import { type KnownCode, pageLimits } from "./page-baseline.ts";
import { plain } from "./plain-text.ts";
import { shortHash } from "./references.ts";

export function knownCode(loads: readonly Facts[]): ReadonlyMap<string, KnownCode> {
  const byShape = new Map<string, { kind: InlineCode["kind"]; perLoad: (readonly string[])[][] }>();
  loads.forEach(({ inline }, load) => {
    for (const { kind, shape, literals } of inline) {
      const known = byShape.get(shape) ?? { kind, perLoad: loads.map(() => []) };
      known.perLoad[load]?.push(literals);
      byShape.set(shape, known);
    }
  });
  const entries = [...byShape].map(([shape, { kind, perLoad }]): [string, KnownCode] => {
    const forms = formsOver(perLoad.flat(), pageLimits.literals);
    const always = perLoad.every((each) => each.length > 0);
    return [shape, { kind, always, forms }];
  });
  return new Map(entries.sort(([left], [right]) => (left < right ? -1 : 1)).slice(0, pageLimits.code));
}

/** Sorted and bounded; the same whatever order the loads are in. */
export function tellingLiterals(loads: readonly Facts[]): ReadonlySet<string> {
  return first(literalsOf(loads).filter(isTelling).map(shortHash), pageLimits.telling);
}

export function codeHosts(loads: readonly Facts[]): ReadonlySet<string> {
  return first(
    literalsOf(loads)
      .flatMap(hostsIn)
      .map((host) => plain(host, 200)),
    pageLimits.codeHosts,
  );
}

function literalsOf(loads: readonly Facts[]): string[] {
  const running = loads.flatMap(({ inline }) => inline.filter(({ kind }) => kind !== "data"));
  return [...new Set(running.flatMap(({ literals }) => literals))];
}

function first(texts: readonly string[], most: number): ReadonlySet<string> {
  return new Set([...new Set(texts)].sort().slice(0, most));
}

/** How many shapes a load has that no other load has, at most; 0 with fewer than two loads. */
export function strangeCodeOf(loads: readonly Facts[]): number {
  if (loads.length < 2) return 0;
  const counts = new Map<string, number>();
  const shapes = loads.map(({ inline }) => new Set(inline.filter(runs).map(({ shape }) => shape)));
  for (const each of shapes) for (const shape of each) counts.set(shape, (counts.get(shape) ?? 0) + 1);
  return Math.max(...shapes.map((each) => [...each].filter((shape) => counts.get(shape) === 1).length));
}

export function runs({ kind }: Pick<InlineCode, "kind">): boolean {
  return kind === "script" || kind === "handler";
}

/** What a page's own code becomes with later loads: what it lacked once no longer has to be there. */
export function renewedCode(
  before: ReadonlyMap<string, KnownCode>,
  now: ReadonlyMap<string, KnownCode>,
): ReadonlyMap<string, KnownCode> {
  const both = new Map(before);
  for (const [shape, code] of before) both.set(shape, { ...code, always: code.always && now.has(shape) });
  for (const [shape, code] of now) {
    const known = before.get(shape);
    const always = code.always && (known === undefined || known.always);
    const forms = known === undefined ? code.forms : formsOfBoth(known.forms, code.forms);
    both.set(shape, { ...code, always, forms });
  }
  const sorted = [...both].sort(([left], [right]) => (left < right ? -1 : 1));
  return new Map(sorted.filter(([shape, { always }]) => always || now.has(shape)).slice(0, pageLimits.code));
}

/** A place that changed by itself once goes on doing so. */
function formsOfBoth(before: string, now: string): string {
  if (before.length !== now.length) return "";
  return now.replace(/=/g, (form, at: number) => before[at] ?? form);
}

/** The newest first, where not all can be kept. */
export function renewed(
  before: ReadonlySet<string>,
  now: ReadonlySet<string>,
  most: number,
): ReadonlySet<string> {
  return new Set([...new Set([...now, ...before])].slice(0, most));
}
