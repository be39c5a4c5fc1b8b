/** Facts of pages made by hand, for tests of learning and judging that need no markup. */
import { factSets, type Facts, type FactSet } from "../src/guard/facts.ts";
import { sha256 } from "../src/base/bytes.ts";
import { shortHash } from "../src/guard/learning/references.ts";

export type Parts = Partial<Omit<Facts, "sets" | "text" | "structure">> & {
  readonly sets?: Partial<Record<FactSet, readonly string[]>>;
  /** What is sketched, one shingle each. */
  readonly paragraphs?: readonly string[];
  readonly elements?: readonly string[];
};

/** A small article of a French site, or what `parts` make of it. */
export function pageFacts(parts: Parts = {}): Facts {
  const { sets = {}, paragraphs = ownParagraphs, elements = ownElements, ...fields } = parts;
  const words = paragraphs.join(" ");
  return {
    kind: "html",
    status: 200,
    type: "text/html",
    bytes: 10_000,
    sha256: sha256(JSON.stringify(parts)),
    location: "",
    title: "Le budget est voté – Le Portail",
    headings: ["Le budget est voté", "Lire aussi"],
    language: "fr",
    direction: "",
    letters: { Latn: 1 },
    sets: { ...ownSets(), ...sets },
    inline: [{ kind: "script", shape: "5ca1ab1e", literals: ["a1b2c3d4", "portail"], bytes: 40 }],
    text: { count: words.split(" ").length, sketch: sketchOf(paragraphs) },
    structure: { count: elements.length * 10, sketch: sketchOf(elements) },
    opening: paragraphs.slice(0, 12),
    words: words.toLowerCase(),
    over: undefined,
    ...fields,
  };
}

export const ownParagraphs = Array.from(
  { length: 40 },
  (_, at) => `phrase ${at} du texte sur le budget de la commune`,
);
export const ownElements = Array.from({ length: 60 }, (_, at) => `main/article/p${at}`);
export const ownMenu = ["/", "/politique", "/culture", "/contact", "/feed"];

function ownSets(): Record<FactSet, readonly string[]> {
  return {
    ...(Object.fromEntries(factSets.map((set) => [set, []])) as unknown as Record<
      FactSet,
      readonly string[]
    >),
    scripts: ["/theme/main.js?ver=1.2", "//cdn.example/analytics.js"],
    styles: ["/theme/style.css?ver=1.2"],
    links: [...ownMenu, "/2011/07/budget"],
    "link-hosts": ["social.example"],
    forms: ["GET /"],
  };
}

/** MinHash over whole texts: slow, and right. */
export function sketchOf(shingles: readonly string[]): number[] {
  if (shingles.length === 0) return [];
  return Array.from({ length: 128 }, (_, place) =>
    Math.min(...shingles.map((shingle) => Number.parseInt(shortHash(`${place} ${shingle}${place}`), 36))),
  );
}
