/** What holds of texts, revisions and addresses after any sequence of what editors can do. */
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { contentOf, createModel, type Model } from "../../test/model/model.ts";
import { type Revision, type Text, workflowStates } from "./piece.ts";

/** What an editor can do; each deed picks what it needs from `Given`. */
const deeds: Readonly<Record<string, (world: World, given: Given) => void>> = {
  add({ model: { pieces }, memory }, { flag, slug }) {
    const { piece } = pieces.addPiece({ site: "portal", kind: flag ? "story" : "page" });
    const content = contentOf("First words");
    const { text } = pieces.addText({ pieceId: piece.id, language: "fr", slug, content, workflow: "ready" });
    memory.texts.push(text.id);
    memory.revisions.push(...pieces.revisionsOf(text.id));
  },
  save({ model: { pieces }, memory }, given) {
    const textId = chosen(memory.texts, given.text);
    const own = memory.revisions.filter((revision) => revision.textId === textId);
    const parent = chosen(own, given.revision);
    if (textId === undefined || parent === undefined) return;
    const { revision } = pieces.saveRevision({
      textId,
      parent: parent.id,
      merges: given.flag ? (pieces.branchesOf(textId)[0]?.id ?? null) : null,
      content: contentOf(`Words ${memory.revisions.length}`),
      workflow: given.state,
    });
    memory.revisions.push(revision);
  },
  step({ model, memory }, { revision, state }) {
    const found = chosen(memory.revisions, revision);
    if (found !== undefined) model.pieces.setWorkflow(found.id, state);
  },
  publish: onText(({ pieces }, text) => pieces.publish(text)),
  schedule: onText(({ pieces, clock }, text) =>
    pieces.schedule(text, new Date(clock.nowMs() + 86_400_000).toISOString()),
  ),
  unschedule: onText(({ pieces }, text) => pieces.unschedule(text)),
  hide: onText(({ pieces }, text) => pieces.makePrivate(text)),
  withdraw: onText(({ pieces }, text) => pieces.withdraw(text)),
  rename: onText(({ pieces }, text, { slug }) => pieces.changeSlug(text, slug)),
  redirect: onText(({ pieces }, text, { slug }) =>
    pieces.addRedirect({ site: "portal", path: `/fr/2011/07/${encodeURIComponent(slug)}`, to: { text } }),
  ),
  due: ({ model }) => void model.pieces.publishDue(),
  wait: ({ model }) => model.clock.advance(40 * 86_400_000),
};

const given = fc.record({
  deed: fc.constantFrom(...Object.keys(deeds)),
  text: fc.nat({ max: 5 }),
  revision: fc.nat({ max: 9 }),
  slug: fc.constantFrom("marche", "march", "مسيرة", "ⵜⴰⵡⴰⴷⴰ"),
  state: fc.constantFrom(...workflowStates),
  flag: fc.boolean(),
});
type Given = typeof given extends fc.Arbitrary<infer G> ? G : never;

interface World {
  readonly model: Model;
  readonly memory: Memory;
}

/** What the test remembers beside the store. */
interface Memory {
  readonly texts: string[];
  readonly revisions: Revision[];
  /** Every path that a text ever had. */
  readonly paths: Map<string, string>;
}

test("after any sequence of edits, published texts are whole, paths keep, withdrawals hold and nothing is lost", () => {
  fc.assert(
    fc.property(fc.array(given, { minLength: 1, maxLength: 80, size: "max" }), (all) => {
      const model = createModel();
      const memory: Memory = { texts: [], revisions: [], paths: new Map() };
      for (const each of all) {
        const before = allTexts(model, memory);
        deeds[each.deed]?.({ model, memory }, each);
        for (const text of allTexts(model, memory)) {
          wholeText(model, text);
          if (text.path !== null) memory.paths.set(text.path, text.id);
          const earlier = before.find(({ id }) => id === text.id);
          if (earlier !== undefined) lawfulChange(earlier, text, each.deed);
        }
        nothingLost(model, memory);
      }
      model.database.close();
    }),
    { numRuns: 60 },
  );
});

function allTexts({ pieces }: Model, { texts }: Memory): Text[] {
  return texts.flatMap((id) => pieces.text(id) ?? []);
}

function wholeText({ pieces }: Model, text: Text): void {
  expect(text.publication === "published").toBe(text.publishedRevision !== null);
  if (text.publishedRevision !== null) {
    expect(pieces.revision(text.publishedRevision)?.textId).toBe(text.id);
    expect(pieces.textAt("portal", text.path ?? "")?.id).toBe(text.id);
  }
  expect(text.publication === "scheduled").toBe(text.scheduledFor !== null);
}

function lawfulChange(before: Text, after: Text, what: string): void {
  if (before.publication === "withdrawn")
    expect(after).toEqual({ ...before, workingRevision: after.workingRevision });
  if (before.path !== null && what !== "rename") expect(after.path).toBe(before.path);
  if (before.publishedAt !== null) expect(after.publishedAt).toBe(before.publishedAt);
  if (what === "save") expect(after.publishedRevision).toBe(before.publishedRevision);
}

function nothingLost({ pieces }: Model, { texts, revisions, paths }: Memory): void {
  for (const [path, id] of paths) expect(pieces.textAt("portal", path)?.id).toBe(id);
  for (const id of texts) {
    const kept = pieces.revisionsOf(id);
    const known = revisions.filter(({ textId }) => textId === id);
    expect(new Map(kept.map((each) => [each.id, each.title]))).toEqual(
      new Map(known.map((each) => [each.id, each.title])),
    );
    const reached = new Set<string>();
    const heads = [
      pieces.text(id)?.workingRevision ?? "",
      ...pieces.branchesOf(id).map((branch) => branch.id),
    ];
    const follow = (revisionId: string | null): void => {
      if (revisionId === null || reached.has(revisionId)) return;
      reached.add(revisionId);
      const revision = kept.find((each) => each.id === revisionId);
      follow(revision?.parent ?? null);
      follow(revision?.merges ?? null);
    };
    heads.forEach(follow);
    expect(reached.size).toBe(kept.length);
  }
}

function onText(act: (model: Model, textId: string, given: Given) => void) {
  return ({ model, memory }: World, all: Given): void => {
    const textId = chosen(memory.texts, all.text);
    if (textId !== undefined) act(model, textId, all);
  };
}

function chosen<T>(all: readonly T[], at: number): T | undefined {
  return all[at % Math.max(1, all.length)];
}
