/** What is to be forgotten of the origin's answers, and whether a key means it. Pure. */
import type { Asked as BusAsked } from "../../bus/bus.ts";
import { addressOf } from "../judging/addresses.ts";
import { canonicalTarget } from "./addresses.ts";
import type { StoredAnswer } from "./stored.ts";

/** Always on every host: they are names of the same site. Addresses and targets as keys have them: their query in order, without what is for tracking. */
export type Purge =
  /** Path and query; without a query, with all that there are. */
  | { readonly kind: "address"; readonly address: string }
  /** Path and query, and no other query. */
  | { readonly kind: "target"; readonly target: string }
  /** Whatever begins so. */
  | { readonly kind: "below"; readonly prefix: string }
  | { readonly kind: "tag"; readonly tag: string }
  /** What was only uncertain, and whatever stands at these addresses, in the spelling of a baseline's (judging/addresses.ts). */
  | { readonly kind: "doubtful"; readonly addresses: ReadonlySet<string> }
  | { readonly kind: "all" };

/** As it is asked for on the bus; the most that was named. */
export function purgeOf({ address, tag, all }: BusAsked<"edge.origin.purge">): Purge {
  if (all === true) return { kind: "all" };
  return tag === undefined
    ? { kind: "address", address: canonicalTarget(address ?? "") }
    : { kind: "tag", tag };
}

/** `key`: an address, or one below it. `answer`: undefined where there is none, only what is known about the address. */
export function purges(
  what: Purge,
  key: string,
  answer: Pick<StoredAnswer, "tags" | "provenance"> | undefined,
): boolean {
  const target = targetOfKey(key);
  switch (what.kind) {
    case "all":
      return true;
    case "tag":
      return answer?.tags.includes(what.tag) === true;
    case "address":
      return target === what.address || target.startsWith(`${what.address}?`);
    case "target":
      return target === what.target;
    case "below":
      return target.startsWith(what.prefix);
    case "doubtful":
      return (
        answer !== undefined && (answer.provenance === "uncertain" || what.addresses.has(judgedAs(target)))
      );
  }
}

/** Path and query of a key. */
export function targetOfKey(key: string): string {
  return key.slice(0, key.indexOf("\n"));
}

export function pathOf(target: string): string {
  const mark = target.indexOf("?");
  return mark < 0 ? target : target.slice(0, mark);
}

/** As the baseline would name it. */
function judgedAs(target: string): string {
  const path = pathOf(target);
  return addressOf(path === target ? { path } : { path, query: target.slice(path.length + 1) });
}
