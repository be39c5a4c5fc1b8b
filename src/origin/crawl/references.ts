/** Where an answer leads: to other pages, and to what it is made of. */
import { fromUtf8 } from "../../base/bytes.ts";
import type { Answer } from "../client/client.ts";
import type { Part } from "./found-addresses.ts";
import type { TakenLoad } from "./loads.ts";

export interface Reference {
  /** As it is written there, or as facts write it. */
  readonly reference: string;
  readonly part: Part;
}

const assetSets = ["scripts", "styles", "preloads", "images", "manifests", "service-workers"] as const;
const pageSets = ["links", "frames"] as const;

export function referencesIn({ kind, facts }: TakenLoad, { body }: Answer): Reference[] {
  if (kind === "style")
    return styleReferences(textOf(body)).map((reference) => ({ reference, part: "asset" }));
  if (facts === null) return [];
  const assets = assetSets.flatMap((name) => facts.sets[name]);
  const pages = [...pageSets.flatMap((name) => facts.sets[name]), facts.location];
  return [
    ...assets.map((reference): Reference => ({ reference, part: "asset" })),
    ...pages
      .filter((reference) => reference !== "")
      .map((reference): Reference => ({ reference, part: "page" })),
  ];
}

/** Of a style sheet. */
const referencesMax = 500;
const cssLengthMax = 1_000_000;
const lengthMax = 2_048;
const written =
  /@import\s+(?:url\(\s*)?["']([^"'\n]{1,2048})["']|url\(\s*(?:"([^"\n]{1,2048})"|'([^'\n]{1,2048})'|([^"'()\s]{1,2048}))\s*\)/gi;

/** Other sheets, pictures, fonts (CSS Values 4, section 4.5), also in comments; what carries its contents in itself is left out. */
export function styleReferences(css: string): string[] {
  const found = new Set<string>();
  for (const [, imported, double, single, bare] of css.slice(0, cssLengthMax).matchAll(written)) {
    const named = imported ?? double ?? single ?? bare ?? "";
    if (named.length <= lengthMax && !/^(data|about|blob):|^#/i.test(named)) found.add(named);
    if (found.size === referencesMax) break;
  }
  return [...found];
}

function textOf(body: Uint8Array): string {
  try {
    return fromUtf8(body);
  } catch {
    return Buffer.from(body).toString("latin1");
  }
}
