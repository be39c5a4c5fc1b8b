/** Inline code over several loads: which shapes all have, and which of their literals change. */
import type { Facts, InlineCode } from "../facts.ts";
import { formsOver } from "./literals.ts";
import { type KnownCode, pageLimits } from "./page-baseline.ts";
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
    const [some = []] = perLoad.flat();
    return [shape, { kind, always, forms, constants: constantsOf(some, forms) }];
  });
  return new Map(entries.sort(([left], [right]) => (left < right ? -1 : 1)).slice(0, pageLimits.code));
}

/** Hash of the literals at places that don't change. */
export function constantsOf(literals: readonly string[], forms: string): string {
  if (forms === "") return "";
  return shortHash(literals.filter((_, at) => forms[at] === "=").join("\n"));
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

/** What a page's own code becomes with later loads: what it lacked once no longer has to be there, constants are the newest ones. */
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
    both.set(shape, { ...code, always, forms, constants: forms === code.forms ? code.constants : "" });
  }
  const sorted = [...both].sort(([left], [right]) => (left < right ? -1 : 1));
  return new Map(sorted.filter(([shape, { always }]) => always || now.has(shape)).slice(0, pageLimits.code));
}

/** A place that changed by itself once goes on doing so. */
function formsOfBoth(before: string, now: string): string {
  if (before.length !== now.length) return "";
  return now.replace(/=/g, (form, at: number) => before[at] ?? form);
}
