/** The facts blob: one page's baseline as bytes, checked when it is read. */
import { z } from "zod";
import { canonical, parseCanonical } from "../../edition/canonical.ts";
import { factSets, type FactSet, laterSets } from "../facts.ts";
import {
  type KnownCode,
  type KnownSet,
  type KnownVolume,
  type PageBaseline,
  pageLimits,
} from "./page-baseline.ts";
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

const format = "kasbah-page/1";
const emptySet: KnownSet = { always: new Set(), sometimes: new Set(), forms: new Set() };

const members = packedSet(pageLimits.hashedMembers, pageLimits.reference);
/** What a set has none of is left out; of `laterSets` it is written that there are none. */
const setSchema = z.strictObject({
  always: members.optional(),
  sometimes: members.optional(),
  forms: packedSet(pageLimits.forms, pageLimits.reference).optional(),
});
/** `[shape, kind, always, forms]`. */
const codeSchema = z.tuple([
  z.string().max(80),
  z.enum(["script", "handler", "style", "data"]),
  z.boolean(),
  z.string().max(pageLimits.literals),
]);
const volumeSchema = z.strictObject({
  least: count,
  most: count,
  sketch: packedSketch,
  steady: percentSchema,
});

const pageSchema = z.strictObject({
  format: z.literal(format),
  loads: count,
  kind: kindSchema,
  status: z.int().min(100).max(599),
  type: z.string().max(100),
  locations: packedSet(100, pageLimits.reference),
  titles: z.array(z.string().max(pageLimits.title)).max(pageLimits.titles),
  headings: z.array(z.string().max(pageLimits.heading)).max(pageLimits.headings),
  headingsMost: count,
  languages: packedSet(100, 40),
  directions: packedSet(3, 3),
  letters: lettersSchema,
  sets: z.partialRecord(z.enum(factSets), setSchema),
  code: z.array(codeSchema).max(pageLimits.code),
  strangeCode: count,
  telling: packedSet(pageLimits.telling, 8),
  codeHosts: packedSet(pageLimits.codeHosts, 200),
  linksLeast: count,
  linksMost: count,
  text: volumeSchema,
  structure: volumeSchema,
  claims: packedSet(200, 40),
  over: z.enum(["", "size", "time", "depth", "elements"]),
});

/** Canonical JSON; the same page has one form. */
export function encodePage({ unread, ...page }: PageBaseline): Uint8Array {
  const read = factSets.filter((set) => !unread.has(set));
  return canonical({
    ...page,
    format,
    locations: packSet(page.locations),
    languages: packSet(page.languages),
    directions: packSet(page.directions),
    sets: Object.fromEntries(read.flatMap((set) => packedKnownSet(set, page.sets[set]))),
    code: [...page.code].map(([shape, { kind, always, forms }]) => [shape, kind, always, forms]),
    telling: packSet(page.telling),
    codeHosts: packSet(page.codeHosts),
    text: packVolume(page.text),
    structure: packVolume(page.structure),
    claims: packSet(page.claims),
  });
}

function packedKnownSet(set: FactSet, known: KnownSet): [FactSet, object][] {
  const { always, sometimes, forms } = known;
  const parts = Object.entries({ always, sometimes, forms }).filter(([, part]) => part.size > 0);
  if (parts.length === 0 && !laterSets.has(set)) return [];
  return [[set, Object.fromEntries(parts.map(([name, part]) => [name, packSet(part)]))]];
}

function packVolume(volume: KnownVolume): object {
  return { ...volume, sketch: packSketch(volume.sketch) };
}

/** Throws where the bytes are no page's facts blob. */
export function decodePage(bytes: Uint8Array): PageBaseline {
  const { format: _, sets, code, ...page } = pageSchema.parse(parseCanonical(bytes));
  return {
    ...page,
    sets: Object.fromEntries(
      factSets.map((set) => [set, unpackedKnownSet(sets[set])]),
    ) as PageBaseline["sets"],
    unread: new Set([...laterSets].filter((set) => sets[set] === undefined)),
    code: new Map(
      code.map(([shape, kind, always, forms]): [string, KnownCode] => [shape, { kind, always, forms }]),
    ),
  };
}

function unpackedKnownSet(parts: z.infer<typeof setSchema> | undefined): KnownSet {
  return {
    always: parts?.always ?? emptySet.always,
    sometimes: parts?.sometimes ?? emptySet.sometimes,
    forms: parts?.forms ?? emptySet.forms,
  };
}
