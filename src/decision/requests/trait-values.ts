/** Traits whose values come from a closed set, and the sets: what is read of requests, kept on disk and told in words is held to them. */
import { agentFamilies } from "../traits.ts";
import { clients, type Trait } from "./trait.ts";

const yesOrNo = ["yes", "no"] as const;

export const closedValues = {
  method: ["GET", "HEAD", "POST", "other"],
  host: ["portal", "blog", "studio", "unknown", "address"],
  /** The first five are pages of the site, by their address. */
  place: [
    "front",
    "page",
    "list",
    "feed",
    "text",
    "part",
    "reserved",
    "passed-on",
    "missing",
    "moved",
    "malformed",
  ],
  program: agentFamilies,
  client: clients,
  accept: ["none", "any", "page", "feed", "part", "other"],
  encoding: ["none", "identity", "gzip", "modern", "other"],
  cookies: yesOrNo,
  conditional: yesOrNo,
  parts: yesOrNo,
  shared: ["one", "few", "many"],
  claim: ["none", "verified", "false", "unknown"],
  cost: ["memory", "disk", "error", "passed-on"],
} as const satisfies Partial<Record<Trait, readonly string[]>>;

export type ClosedTrait = keyof typeof closedValues;
export type ValueOf<T extends ClosedTrait> = (typeof closedValues)[T][number];
