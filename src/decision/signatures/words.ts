/** A rule's effect in words, made from parts that other languages word themselves. Shares 0..1. */
import type { Harm, Rule } from "./rule.ts";

export interface GroupName {
  /** `newcomers`: no group that anybody has come from yet. */
  readonly kind: "client" | "country" | "language" | "network" | "newcomers";
  readonly value: string;
}

export interface RuleEffect {
  readonly coverage: number;
  readonly worst: { readonly share: number; readonly group: GroupName };
  /** Undefined while nobody of good standing came. */
  readonly seen: { readonly share: number; readonly group: GroupName } | undefined;
}

export function effectOf({ coverage, worst, seen }: Rule): RuleEffect {
  return { coverage, worst: named(worst), seen: seen === undefined ? undefined : named(seen) };
}

/** `covers 97 % of the flood; worst harm 0.3 %, phones; seen 0 %, readers in MA`. */
export function description(rule: Rule): string {
  const { coverage, worst, seen } = effectOf(rule);
  const parts = [
    `covers ${share(coverage)} of the flood`,
    `worst harm ${share(worst.share)}${among(worst.group)}`,
  ];
  if (seen !== undefined) parts.push(`seen ${share(seen.share)}${among(seen.group)}`);
  return parts.join("; ");
}

/** What a group's name in a rule's facts names: `phone`, `MA`, `ar-MA`, `64500`, or the empty string. */
export function groupName(value: string): GroupName {
  if (value === "") return { kind: "newcomers", value };
  if (readers.has(value)) return { kind: "client", value };
  if (/^[A-Z]{2}$/.test(value)) return { kind: "country", value };
  return { kind: /^\d+$/.test(value) ? "network" : "language", value };
}

/** Clients in which harm is counted; what says nothing of itself, and tools, are nobody's group. */
const readers: ReadonlyMap<string, string> = new Map([
  ["phone", "phones"],
  ["desktop", "desktop browsers"],
  ["text-browser", "text browsers"],
  ["tor", "Tor Browser"],
  ["feed-reader", "feed readers"],
  ["archive", "archives"],
  ["crawler", "search engines"],
]);

function named({ share: part, group }: Harm): { share: number; group: GroupName } {
  return { share: part, group: groupName(group) };
}

function among({ kind, value }: GroupName): string {
  switch (kind) {
    case "client":
      return `, ${readers.get(value) ?? value}`;
    case "country":
      return `, readers in ${value}`;
    case "language":
      return value === "none" ? ", readers who name no language" : `, readers of ${value}`;
    case "network":
      return value === "0" ? ", readers of unknown networks" : `, readers in network ${value}`;
    case "newcomers":
      return "";
  }
}

/** 0.003 → `0.3 %`, 0.97 → `97 %`. */
function share(part: number): string {
  const percent = part * 100;
  return `${percent.toFixed(percent < 10 && percent > 0 ? 1 : 0)} %`;
}
