/** A rule's effect in English, as the log, the bus and commands say it, and whom a group's name means, for who words it otherwise. Shares 0..1. */
import type { ClientGroup } from "../requests/trait.ts";
import type { Harm, Rule } from "./rule.ts";

/** Clients that are told of as a group. `none` is readers who name no language: what doesn't even name itself is nobody's group. */
export type ReaderGroup = Exclude<ClientGroup, "none">;

/** `newcomers`: no group that anybody has come from yet. */
export type GroupName =
  | { readonly kind: "client"; readonly value: ReaderGroup }
  | { readonly kind: "country" | "language" | "network" | "newcomers"; readonly value: string };

/** `covers 97 % of the flood; worst harm 0.3 %, phones; seen 0 %, readers in MA`. */
export function description({ coverage, worst, seen }: Rule): string {
  const parts = [`covers ${share(coverage)} of the flood`, `worst harm ${among(worst)}`];
  if (seen !== undefined) parts.push(`seen ${among(seen)}`);
  return parts.join("; ");
}

/** What a group's name in a rule's facts names: `phone`, `MA`, `ar-MA`, `64500`, or the empty string. */
export function parseGroup(value: string): GroupName {
  if (value === "") return { kind: "newcomers", value };
  if (isReaderGroup(value)) return { kind: "client", value };
  if (/^[A-Z]{2}$/.test(value)) return { kind: "country", value };
  return { kind: /^\d+$/.test(value) ? "network" : "language", value };
}

const readers: Readonly<Record<ReaderGroup, string>> = {
  phone: "phones",
  desktop: "desktop browsers",
  "text-browser": "text browsers",
  tor: "Tor Browser",
  "feed-reader": "feed readers",
  archive: "archives",
  crawler: "search engines",
  tool: "tools",
};

function isReaderGroup(value: string): value is ReaderGroup {
  return Object.hasOwn(readers, value);
}

function among({ share: part, group }: Harm): string {
  return `${share(part)}${readersIn(parseGroup(group))}`;
}

function readersIn({ kind, value }: GroupName): string {
  switch (kind) {
    case "client":
      return `, ${readers[value]}`;
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
