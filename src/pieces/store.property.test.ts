/** What holds of texts, revisions and addresses after any sequence of what editors can do. */
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { createWorld, given, perform, type World } from "../../test/model/deeds.ts";
import type { Pieces } from "./api.ts";
import type { SiteName, Text } from "./piece.ts";

/** Ids of texts by every address that they ever had, `site/path`. */
type Addresses = Map<string, string>;

test("after any sequence of edits, published texts are whole, paths keep, withdrawals hold and nothing is lost", () => {
  fc.assert(
    fc.property(fc.array(given, { minLength: 1, maxLength: 80, size: "max" }), (all) => {
      const world = createWorld();
      const addresses: Addresses = new Map();
      for (const each of all) {
        const before = allTexts(world);
        const deed = perform(world, each);
        for (const text of allTexts(world)) {
          wholeText(world, text);
          if (text.path !== null) addresses.set(siteOf(world.model.pieces, text) + text.path, text.id);
          const earlier = before.find(({ id }) => id === text.id);
          if (earlier !== undefined) lawfulChange(earlier, text, deed);
        }
      }
      nothingLost(world, addresses);
      world.model.database.close();
    }),
    { numRuns: 60 },
  );
});

function allTexts({ model: { pieces }, texts }: World): Text[] {
  return texts.flatMap((id) => pieces.text(id) ?? []);
}

function siteOf(pieces: Pieces, { pieceId }: Text): SiteName {
  return pieces.piece(pieceId)?.site ?? "portal";
}

function wholeText({ model: { pieces } }: World, text: Text): void {
  expect(text.publication === "published").toBe(text.publishedRevision !== null);
  if (text.publishedRevision !== null) {
    expect(pieces.revision(text.publishedRevision)?.textId).toBe(text.id);
    expect(pieces.textAt(siteOf(pieces, text), text.path ?? "")?.id).toBe(text.id);
  }
  expect(text.publication === "scheduled").toBe(text.scheduledFor !== null);
}

function lawfulChange(before: Text, after: Text, what: string): void {
  if (before.publication === "withdrawn")
    expect(after).toEqual({ ...before, workingRevision: after.workingRevision });
  if (before.path !== null && what !== "change a slug") expect(after.path).toBe(before.path);
  if (before.publishedAt !== null) expect(after.publishedAt).toBe(before.publishedAt);
  if (what === "save") expect(after.publishedRevision).toBe(before.publishedRevision);
}

function nothingLost({ model: { pieces }, texts, revisions }: World, addresses: Addresses): void {
  for (const [address, id] of addresses) {
    const at = address.indexOf("/");
    expect(pieces.textAt(address.slice(0, at), address.slice(at))?.id).toBe(id);
  }
  for (const id of texts) {
    const kept = pieces.revisionsOf(id);
    const known = revisions.filter(({ textId }) => textId === id);
    expect(new Map(kept.map((each) => [each.id, each.title]))).toEqual(
      new Map(known.map((each) => [each.id, each.title])),
    );
    const reached = new Set<string>();
    const follow = (revisionId: string | null | undefined): void => {
      if (revisionId === null || revisionId === undefined || reached.has(revisionId)) return;
      reached.add(revisionId);
      const revision = kept.find((each) => each.id === revisionId);
      follow(revision?.parent);
      follow(revision?.merges);
    };
    [pieces.text(id)?.workingRevision, ...pieces.branchesOf(id).map((branch) => branch.id)].forEach(follow);
    expect(reached.size).toBe(kept.length);
  }
}
