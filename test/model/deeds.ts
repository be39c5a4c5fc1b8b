/** What editors can do to a newsroom, drawn at random: for what has to hold after any sequence of it. */
import * as fc from "fast-check";
import type { LanguageTag } from "../../src/language/tags.ts";
import { pieceKinds, type Piece, type Revision, siteNames, workflowStates } from "../../src/pieces/piece.ts";
import { addPicture, bodyOf, contentOf, createModel, type Model, paragraphs } from "./model.ts";

const languages = ["ar", "fr", "ary-Arab", "zgh-Tfng"] as const satisfies readonly LanguageTag[];
const slugs = ["marche", "march", "مسيرة", "ⵜⴰⵡⴰⴷⴰ"] as const;
const sections = ["rue", "droits"] as const;
const tags = ["rif", "حراك", "presse"] as const;

/** A newsroom, with what a test remembers beside it. */
export interface World {
  readonly model: Model;
  readonly pieces: Piece[];
  /** Ids. */
  readonly texts: string[];
  /** Every revision that was ever made, as it was. */
  readonly revisions: Revision[];
  readonly material: string[];
  /** Ids of pictures; the last one was never taken in. */
  readonly pictures: string[];
  readonly bylines: string[];
}

export function createWorld(): World {
  const model = createModel();
  for (const site of siteNames) {
    for (const slug of sections) model.pieces.addSection({ site, slug, names: { fr: slug } });
    for (const slug of tags) model.pieces.addTag({ site, slug, names: { ar: slug } });
  }
  const bylines = ["sara", "yassine"].map(
    (slug) => model.people.addByline({ slug, names: { fr: slug } }).byline.id,
  );
  const claim = { fr: "Une charge" };
  const { id } = model.material.addMaterial({ kind: "video", source: null, claim }).material;
  const pictures = ["A", "B", "C"].map((letter) => `01J9Z3K5Q8R2T4V6X8Z0B2D4F${letter}`);
  for (const [at, each] of pictures.slice(0, 2).entries()) addPicture(model, each, at === 1);
  return { model, pieces: [], texts: [], revisions: [], material: [id], pictures, bylines };
}

/** Numbers that a deed picks what it needs by. */
export const given = fc.record({
  deed: fc.nat({ max: 10_000 }),
  which: fc.nat({ max: 7 }),
  other: fc.nat({ max: 7 }),
  flag: fc.boolean(),
});
export type Given = typeof given extends fc.Arbitrary<infer G> ? G : never;

/** Does it; returns its name. */
export function perform(world: World, all: Given): string {
  const [name, deed] = chosen(Object.entries(deeds), all.deed) ?? ["nothing", undefined];
  deed?.(world, all);
  return name;
}

type Deed = (world: World, given: Given) => void;

const deeds: Readonly<Record<string, Deed>> = {
  "add a piece"(world, { which, other, flag }) {
    const { piece } = world.model.pieces.addPiece({
      site: chosen(siteNames, other === 0 ? 1 : 0) ?? "portal",
      kind: chosen(pieceKinds, which) ?? "story",
      section: flag ? (chosen(sections, which) ?? null) : null,
      tags: tags.slice(other % 3),
      bylines: world.bylines.slice(which % 3),
    });
    world.pieces.push(piece);
    addText(world, piece, chosen(languages, which % 2) ?? "fr", other);
  },
  "add a translation"(world, { which, other }) {
    const piece = chosen(world.pieces, which);
    if (piece !== undefined) addText(world, piece, chosen(languages, other) ?? "fr", which);
  },
  save: onText(({ model, revisions, material, pictures }, textId, { which, other, flag }) => {
    const parent = chosen(
      revisions.filter((revision) => revision.textId === textId),
      other,
    );
    if (parent === undefined) return;
    const words = paragraphs(`Words ${revisions.length}.`).doc.content;
    const shown = { type: "material", attrs: { id: "m", material: material[0] ?? "" } } as const;
    const media = chosen(pictures, which + revisions.length) ?? "";
    const picture = {
      type: "image",
      attrs: { id: "i", media, alt: `Picture ${revisions.length}.` },
    } as const;
    const { revision } = model.pieces.saveRevision({
      textId,
      parent: parent.id,
      merges: flag ? (model.pieces.branchesOf(textId)[0]?.id ?? null) : null,
      content: contentOf(
        titleOf(revisions.length),
        "",
        bodyOf(...words, ...(flag ? [shown] : []), ...(other % 2 === 0 ? [picture] : [])),
      ),
      workflow: flag ? "ready" : "draft",
    });
    revisions.push(revision);
  }),
  "set a workflow"({ model, revisions }, { which, other }) {
    const found = chosen(revisions, which);
    if (found !== undefined) model.pieces.setWorkflow(found.id, chosen(workflowStates, other) ?? "draft");
  },
  publish: onText(({ model }, textId) => model.pieces.publish(textId)),
  "publish with an older date": onText(({ model }, textId, { other }) =>
    model.pieces.publish(textId, new Date(model.clock.nowMs() - other * 20 * dayMs).toISOString()),
  ),
  schedule: onText(({ model }, textId) =>
    model.pieces.schedule(textId, new Date(model.clock.nowMs() + dayMs).toISOString()),
  ),
  unschedule: onText(({ model }, textId) => model.pieces.unschedule(textId)),
  hide: onText(({ model }, textId) => model.pieces.makePrivate(textId)),
  withdraw: onText(({ model }, textId, { flag }) => flag && model.pieces.withdraw(textId)),
  "change a slug": onText(({ model }, textId, { other }) =>
    model.pieces.changeSlug(textId, chosen(slugs, other) ?? "a"),
  ),
  redirect: onText(({ model }, textId, { other, flag }) => {
    const path = `/fr/2011/07/${encodeURIComponent(chosen(slugs, other) ?? "a")}`;
    const from = flag ? { path } : { path: "/", query: `p=${other}` };
    model.pieces.addRedirect({ site: "portal", ...from, to: { text: textId } });
  }),
  correct: onText(({ model, revisions }, textId) => {
    const at = new Date(model.clock.nowMs()).toISOString();
    model.pieces.addCorrection(textId, { kind: "correction", at, note: `Note ${revisions.length}.` });
  }),
  "move a piece"({ model, pieces, bylines }, { which, other, flag }) {
    const piece = chosen(pieces, which);
    if (piece === undefined) return;
    model.pieces.changePiece(piece.id, {
      section: flag ? (chosen(sections, other) ?? null) : null,
      tags: tags.slice(other % 3),
      bylines: bylines.slice(other % 3),
    });
  },
  "check material"({ model, material }, { other, flag }) {
    const at = new Date(model.clock.nowMs()).toISOString();
    const finding = { state: flag ? "false" : "in progress", at, note: { fr: `Vu ${other}.` } } as const;
    model.material.addFinding(material[0] ?? "", finding);
  },
  "rename a byline": ({ model, bylines }, { which, other }) =>
    model.people.rename(chosen(bylines, which) ?? "", { fr: `Nom ${other}` }),
  "publish what is due": ({ model }) => void model.pieces.publishDue(),
  wait: ({ model }, { other }) => model.clock.advance(other * 9 * dayMs),
};

const dayMs = 86_400_000;

/** Found nowhere else, so that a page that shows it can be told. */
function titleOf(number: number): string {
  return `Title-${number}-of-a-text`;
}

function addText({ model, texts, revisions }: World, { id }: Piece, language: LanguageTag, at: number): void {
  const { text, added } = model.pieces.addText({
    pieceId: id,
    language,
    slug: chosen(slugs, at) ?? "a",
    content: contentOf(titleOf(revisions.length), at > 3 ? "" : "Standfirst."),
    workflow: "ready",
  });
  if (!added) return;
  texts.push(text.id);
  revisions.push(...model.pieces.revisionsOf(text.id));
}

function onText(act: (world: World, textId: string, given: Given) => unknown): Deed {
  return (world, all) => {
    const textId = chosen(world.texts, all.which);
    if (textId !== undefined) act(world, textId, all);
  };
}

function chosen<T>(all: readonly T[], at: number): T | undefined {
  return all[at % Math.max(1, all.length)];
}
