/** From the loads of one address to what is learned of it, or to the wish for more loads. */
import { sha256 } from "../../base/bytes.ts";
import type { Facts } from "../../guard/facts.ts";
import { encodePage, learnPage } from "../../guard/learning/page.ts";
import type { Entry } from "./entries.ts";
import type { TakenLoad } from "../crawl/loads.ts";
import type { OriginAddress } from "../client/protected-site.ts";

/** Where loads disagree, so many are taken at most. */
export const loadsMax = 6;
/** A larger share of loads that don't belong makes the page itself doubtful. */
const outliersShareMax = 1 / 3;

export type Lesson =
  | { readonly kind: "learned"; readonly entry: Entry }
  | { readonly kind: "more loads"; readonly wanted: number }
  /** It is something else each time: nothing can vouch for it. */
  | { readonly kind: "restless" };

/** `loads`: at least one. */
export function learn(address: OriginAddress, loads: readonly TakenLoad[]): Lesson {
  const facts = loads.flatMap((load) => load.facts ?? []);
  return facts.length === loads.length ? learnDocument(address, loads, facts) : learnAsset(address, loads);
}

function learnDocument(address: OriginAddress, loads: readonly TakenLoad[], facts: readonly Facts[]): Lesson {
  const { page, outliers, volatile } = learnPage(facts);
  if (outliers.length > 0 && loads.length < loadsMax) return { kind: "more loads", wanted: loads.length + 1 };
  const belonging = loads.filter((_, at) => !outliers.includes(at));
  const copied = belonging.at(-1);
  if (copied === undefined) return { kind: "restless" };
  const data = encodePage(page);
  const language = (copied.facts?.language ?? "").toLowerCase().replace(/[^a-z].*$/s, "");
  return {
    kind: "learned",
    entry: {
      ...entryOf(address, copied),
      facts: { sha256: sha256(data), data },
      language,
      volatile,
      ...disagreement(outliers.length, loads.length),
    },
  };
}

/** Held to its hash, so only what most loads agree on can be vouched for. */
function learnAsset(address: OriginAddress, loads: readonly TakenLoad[]): Lesson {
  const [most = []] = [...Map.groupBy(loads, ({ copy }) => copy).values()].sort(
    (left, right) => right.length - left.length,
  );
  const others = loads.length - most.length;
  if (others > 0 && loads.length < loadsMax) return { kind: "more loads", wanted: loads.length + 1 };
  const [copied] = most;
  if (copied === undefined || most.length < loads.length / 2) return { kind: "restless" };
  return {
    kind: "learned",
    entry: { ...entryOf(address, copied), facts: null, ...disagreement(others, loads.length) },
  };
}

function entryOf(address: OriginAddress, load: TakenLoad): Entry {
  return {
    ...load,
    address,
    facts: null,
    language: "",
    volatile: [],
    note: null,
    keptOut: false,
  };
}

function disagreement(outliers: number, loads: number): Pick<Entry, "note" | "keptOut"> {
  if (outliers === 0) return { note: null, keptOut: false };
  const note = `${outliers} of ${loads} loads were something else, and nothing was learned from these`;
  return { note, keptOut: outliers > loads * outliersShareMax };
}
