/** The site blob: what is known of a site as bytes, checked when it is read. */
import { z } from "zod";
import { canonical, parseCanonical } from "../../edition/canonical.ts";
import { factSets, laterSets } from "../facts.ts";
import {
  count,
  kindSchema,
  lettersSchema,
  packedSet,
  packedSketch,
  packSet,
  packSketch,
  percentSchema,
} from "./packed.ts";
import { pageLimits } from "./page-baseline.ts";
import { type SiteBaseline, siteLimits, type Template } from "./site-baseline.ts";

const format = "kasbah-site/1";

const members = packedSet(siteLimits.members, pageLimits.reference);
const required = packedSet(siteLimits.required, pageLimits.reference);
const templateSchema = z.strictObject({
  kind: kindSchema,
  status: z.int().min(100).max(599),
  pages: count,
  scripts: required,
  styles: required,
  code: required,
  menu: required,
  structure: z.strictObject({ count, sketch: packedSketch }),
  alike: percentSchema,
  sharedText: percentSchema,
  words: z.strictObject({ least: count, most: count }),
  languages: packedSet(100, 40),
});

const siteSchema = z.strictObject({
  format: z.literal(format),
  pages: count,
  /** Without those of `laterSets` that it was signed without. */
  vocabulary: z.partialRecord(z.enum(factSets), members),
  code: packedSet(siteLimits.code, 80),
  telling: packedSet(siteLimits.telling, 8),
  codeHosts: packedSet(siteLimits.members, 200),
  locations: members,
  languages: packedSet(100, 40),
  directions: packedSet(3, 3),
  letters: lettersSchema,
  names: packedSet(siteLimits.names, 300),
  menu: required,
  templates: z.array(templateSchema).max(siteLimits.templates),
  addresses: packedSet(siteLimits.addresses, 8),
  assets: z
    .array(z.tuple([z.string().max(3_100), z.array(z.string().max(16)).max(20)]))
    .max(siteLimits.assets),
  claims: z.record(z.string().max(40), count),
});

/** Canonical JSON; the same site has one form. */
export function encodeSite({ unread, ...site }: SiteBaseline): Uint8Array {
  const read = factSets.filter((set) => !unread.has(set));
  return canonical({
    ...site,
    format,
    vocabulary: Object.fromEntries(read.map((set) => [set, packSet(site.vocabulary[set])])),
    code: packSet(site.code),
    telling: packSet(site.telling),
    codeHosts: packSet(site.codeHosts),
    locations: packSet(site.locations),
    languages: packSet(site.languages),
    directions: packSet(site.directions),
    names: packSet(site.names),
    menu: packSet(site.menu),
    templates: site.templates.map(packTemplate),
    addresses: packSet(site.addresses),
    assets: [...site.assets].map(([path, hashes]) => [path, packSet(hashes).slice(0, 20)]),
  });
}

function packTemplate(template: Template): object {
  return {
    ...template,
    scripts: packSet(template.scripts),
    styles: packSet(template.styles),
    code: packSet(template.code),
    menu: packSet(template.menu),
    structure: { ...template.structure, sketch: packSketch(template.structure.sketch) },
    languages: packSet(template.languages),
  };
}

/** Throws where the bytes are no site blob. */
export function decodeSite(bytes: Uint8Array): SiteBaseline {
  const { format: _, assets, vocabulary, ...site } = siteSchema.parse(parseCanonical(bytes));
  return {
    ...site,
    vocabulary: Object.fromEntries(
      factSets.map((set) => [set, vocabulary[set] ?? new Set<string>()]),
    ) as SiteBaseline["vocabulary"],
    unread: new Set([...laterSets].filter((set) => vocabulary[set] === undefined)),
    assets: new Map(assets.map(([path, hashes]) => [path, new Set(hashes)])),
  };
}
