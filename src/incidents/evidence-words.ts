/** Evidence in the visitor's language: told anew from its data; what has none keeps the watch's own English words. */
import { z } from "zod";
import type { Evidence } from "../bus/facts.ts";
import { restarted } from "./evidence.ts";
import type { Quantities } from "./quantities.ts";
import type { WatchWords } from "./words.ts";

export interface EvidenceWords {
  readonly text: string;
  /** A path or file as it is. */
  readonly code?: string;
  /** The watch's own words, in English. */
  readonly isOriginal?: boolean;
}

const volume = z.object({ rate_per_s: z.number(), usual_per_s: z.number(), high_per_s: z.number() });
const trait = z.object({ trait: z.string(), value: z.string(), seen: z.number(), usual: z.number() });
const path = z.object({ path: z.string(), share: z.number() });
const end = z.object({ seconds: z.number(), peak_per_s: z.number() });
const place = z.object({ where: z.string(), repaired: z.boolean().optional() });
const places = z.object({ places: z.number(), forgotten: z.number() });
const remark = z.object({ note: z.literal(restarted.name) });
const firstRule = z.object({ first_rule_ms: z.number() });
const keptOut = z.object({ kept_out: z.number() });
const slow = z.object({ ended: z.number(), named: z.number() });
const silent = z.object({ silent_per_s: z.number() });
const stays = z.object({ left: z.number() });
const known = z.union([
  slow,
  silent,
  stays,
  volume,
  trait,
  path,
  end,
  place,
  places,
  remark,
  firstRule,
  keptOut,
]);

export function evidenceWords(
  { what, data }: Evidence,
  words: WatchWords,
  quantities: Quantities,
): EvidenceWords {
  const seen = known.safeParse(data).data;
  const told = seen === undefined ? undefined : wordsOf(seen, words, quantities);
  if (told === undefined) return { text: what, isOriginal: true };
  return typeof told === "string" ? { text: told } : told;
}

function wordsOf(
  seen: z.infer<typeof known>,
  words: WatchWords,
  quantities: Quantities,
): EvidenceWords | string | undefined {
  const { number, share, duration } = quantities;
  const said = words.evidence;
  if ("rate_per_s" in seen)
    return said.volume(number(seen.rate_per_s), number(seen.usual_per_s), number(seen.high_per_s));
  if ("ended" in seen) return said.slow(number(seen.ended), number(seen.named));
  if ("silent_per_s" in seen) return said.silent(number(seen.silent_per_s));
  if ("left" in seen) return said.stays(number(seen.left));
  if ("trait" in seen) return traitWords(seen, said, quantities);
  if ("path" in seen) return { text: said.path(share(seen.share)), code: seen.path };
  if ("seconds" in seen) return said.end(duration(seen.seconds * 1_000), number(seen.peak_per_s));
  if ("where" in seen)
    return { text: seen.repaired === true ? said.repaired : said.damaged, code: seen.where };
  if ("first_rule_ms" in seen) return said.firstRule(quantities.wait(seen.first_rule_ms));
  if ("kept_out" in seen) return words.defence.kernelOn(seen.kept_out);
  if ("places" in seen) return seen.forgotten === 0 ? said.repairedAll : said.notSeenAgain;
  return said.restarted;
}

/** Undefined: there are no words for it here. */
function traitWords(
  sign: z.infer<typeof trait>,
  evidence: WatchWords["evidence"],
  { share, number, country, language }: Quantities,
): string | undefined {
  const [seen, usual] = [share(sign.seen), share(sign.usual)];
  switch (sign.trait) {
    case "parts":
      return evidence[sign.value === "bare" ? "bare" : "parts"](seen, usual);
    case "program":
      return programWords(sign.value, evidence)?.(seen, usual);
    case "language":
      if (sign.value === "other") return undefined;
      return sign.value === "none"
        ? evidence.noLanguage(seen, usual)
        : evidence.language(language(sign.value), seen, usual);
    case "country":
      return evidence.country(country(sign.value), seen, usual);
    case "network":
      return evidence.network(sign.value, seen, usual);
    case "pace":
      return evidence.pace(number(sign.seen), number(sign.usual));
    default:
      return undefined;
  }
}

function programWords(kind: string, evidence: WatchWords["evidence"]) {
  if (kind === "people's") return evidence.browsers;
  if (kind === "declared robot") return evidence.declaredRobots;
  return kind === "undeclared robot" ? evidence.undeclaredRobots : undefined;
}
