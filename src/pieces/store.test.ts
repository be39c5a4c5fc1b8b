/** The store keeps what it is given: revisions and branches, publication, addresses, imports that come twice. */
import { describe, expect, test } from "bun:test";
import { bodyOf, contentOf, createModel, type Model } from "../../test/model/model.ts";
import type { Text } from "./piece.ts";
import type { Stepped } from "./api.ts";

function story({ pieces }: Model, title = "A march", language: Text["language"] = "fr"): Text {
  const { piece } = pieces.addPiece({ site: "portal", kind: "story" });
  return pieces.addText({ pieceId: piece.id, language, content: contentOf(title), workflow: "ready" }).text;
}

function done(stepped: Stepped): Text {
  if (stepped.outcome !== "done") throw new Error(stepped.reason);
  return stepped.text;
}

describe("revisions", () => {
  test("a save on the working revision replaces it as the working one", () => {
    const model = createModel();
    const text = story(model);
    const saved = model.pieces.saveRevision({
      textId: text.id,
      parent: text.workingRevision,
      content: contentOf("Second"),
    });
    expect(saved.outcome).toBe("saved");
    expect(model.pieces.text(text.id)?.workingRevision).toBe(saved.revision.id);
    expect(model.pieces.branchesOf(text.id)).toEqual([]);
  });

  test("a save on an old revision is kept as a branch and reported; a merge takes it in", () => {
    const { pieces, ...model } = createModel();
    const text = story({ pieces, ...model });
    const mine = pieces.saveRevision({
      textId: text.id,
      parent: text.workingRevision,
      content: contentOf("Mine"),
    });
    const theirs = pieces.saveRevision({
      textId: text.id,
      parent: text.workingRevision,
      content: contentOf("Theirs"),
    });
    expect(theirs).toMatchObject({ outcome: "conflict", working: mine.revision.id });
    expect(pieces.branchesOf(text.id).map(({ title }) => title)).toEqual(["Theirs"]);
    pieces.saveRevision({
      textId: text.id,
      parent: mine.revision.id,
      merges: theirs.revision.id,
      content: contentOf("Both"),
    });
    expect(pieces.branchesOf(text.id)).toEqual([]);
    expect(pieces.revisionsOf(text.id)).toHaveLength(4);
  });

  test("hostile characters are taken out before anything is stored", () => {
    const model = createModel();
    const text = story(model, "One\u0000\u0007 two\ud800\r\nthree");
    expect(model.pieces.revision(text.workingRevision)?.title).toBe("One two\ufffd three");
  });

  test("a revision knows the material in it, wherever that stands", () => {
    const model = createModel();
    const { material } = model.material.addMaterial({
      kind: "video",
      source: null,
      claim: { fr: "Une charge" },
    });
    const text = story(model);
    model.pieces.saveRevision({
      textId: text.id,
      parent: text.workingRevision,
      content: contentOf(
        "With a video",
        "",
        bodyOf({
          type: "blockquote",
          attrs: { id: "q" },
          content: [{ type: "material", attrs: { id: "m", material: material.id } }],
        }),
      ),
    });
    const linked = model.database.query("SELECT material_id FROM revision_material").values();
    expect(linked).toEqual([[material.id]]);
  });
});

describe("publication", () => {
  test("only what is ready is published, at a path by its date in the newsroom's time zone", () => {
    const model = createModel();
    const text = story(model, "Une marche à Al Hoceïma");
    // Casablanca has been at UTC+1 since October 2018.
    model.clock.advance(20 * 365 * 86_400_000);
    expect(done(model.pieces.publish(text.id, "2018-12-31T23:30:00Z")).path).toBe(
      "/fr/2019/01/une-marche-a-al-hoceima",
    );
    const draft = model.pieces.addText({
      pieceId: model.pieces.addPiece({ site: "portal", kind: "story" }).piece.id,
      language: "fr",
      content: contentOf("Draft"),
    }).text;
    expect(model.pieces.publish(draft.id)).toEqual({ outcome: "refused", reason: "not ready" });
  });

  test("an Arabic slug is percent-encoded in its path", () => {
    const model = createModel();
    expect(done(model.pieces.publish(story(model, "مَسيرة", "ar").id)).path).toBe(
      "/ar/2011/07/%D9%85%D8%B3%D9%8A%D8%B1%D8%A9",
    );
  });

  test("two stories with one title get two paths; a page keeps clear of the lists' names", () => {
    const model = createModel();
    expect(done(model.pieces.publish(story(model).id)).path).toBe("/fr/2011/07/a-march");
    expect(done(model.pieces.publish(story(model).id)).path).toBe("/fr/2011/07/a-march-2");
    const { piece } = model.pieces.addPiece({ site: "portal", kind: "page" });
    const page = model.pieces.addText({
      pieceId: piece.id,
      language: "en",
      content: contentOf("Archive"),
      workflow: "ready",
    }).text;
    expect(done(model.pieces.publish(page.id)).path).toBe("/en/archive-2");
  });

  test("a later revision shows only once it is published, and is dated", () => {
    const model = createModel();
    const text = done(model.pieces.publish(story(model).id));
    model.pieces.saveRevision({
      textId: text.id,
      parent: text.workingRevision,
      content: contentOf("Better"),
      workflow: "ready",
    });
    expect(model.pieces.text(text.id)?.publishedRevision).toBe(text.workingRevision);
    model.clock.advance(60_000);
    const again = done(model.pieces.publish(text.id));
    expect(again).toMatchObject({
      publishedAt: text.publishedAt,
      path: text.path,
      revisedAt: "2011-07-31T14:01:00.000Z",
    });
  });

  test("what is due is published, what isn't ready any more is reported", () => {
    const model = createModel();
    const [first, second] = [story(model, "First"), story(model, "Second")];
    for (const { id } of [first, second]) done(model.pieces.schedule(id, "2011-07-31T15:00:00+00:00"));
    model.pieces.setWorkflow(second.workingRevision, "in review");
    expect(model.pieces.publishDue()).toEqual([]);
    model.clock.advance(3_600_000);
    expect(model.pieces.publishDue()).toMatchObject([
      { textId: first.id, result: { outcome: "done", text: { publishedAt: "2011-07-31T15:00:00.000Z" } } },
      { textId: second.id, result: { outcome: "refused", reason: "not ready" } },
    ]);
    expect(model.pieces.text(second.id)?.publication).toBe("scheduled");
  });

  test("withdrawn is the end of the road", () => {
    const model = createModel();
    const { id } = done(model.pieces.publish(story(model).id));
    expect(done(model.pieces.withdraw(id)).publishedRevision).toBeNull();
    for (const step of ["publish", "unschedule", "makePrivate", "withdraw"] as const) {
      expect(model.pieces[step](id)).toEqual({ outcome: "refused", reason: "no such step" });
    }
  });
});

describe("addresses", () => {
  test("a changed slug moves the text; every earlier address leads to it in one hop, and back again", () => {
    const { pieces, ...model } = createModel();
    const { id } = done(pieces.publish(story({ pieces, ...model }).id));
    expect(done(pieces.changeSlug(id, "la-marche")).path).toBe("/fr/2011/07/la-marche");
    expect(done(pieces.changeSlug(id, "marche")).path).toBe("/fr/2011/07/marche");
    for (const old of ["/fr/2011/07/a-march", "/fr/2011/07/la-marche", "/fr/2011/07/marche"]) {
      expect(pieces.textAt("portal", old)?.id).toBe(id);
    }
    expect(done(pieces.changeSlug(id, "a-march")).path).toBe("/fr/2011/07/a-march");
  });

  test("a redirect is added once, and never makes a chain or a circle", () => {
    const { pieces, ...model } = createModel();
    const text = done(pieces.publish(story({ pieces, ...model }).id));
    const old = { site: "portal", path: "/2011/07/31/old/", to: { text: text.id } } as const;
    expect(pieces.addRedirect(old)).toBe("added");
    expect(pieces.addRedirect(old)).toBe("known");
    expect(pieces.addRedirect({ ...old, path: "/", query: "p=12" })).toBe("added");
    expect(pieces.addRedirect({ ...old, path: text.path ?? "" })).toBe("taken");
    expect(pieces.addRedirect({ site: "portal", path: "/a", to: { path: "/b" } })).toBe("added");
    expect(pieces.addRedirect({ site: "portal", path: "/b", to: { path: "/a" } })).toBe("taken");
    expect(pieces.addRedirect({ site: "portal", path: "/c", to: { path: "/a" } })).toBe("taken");
    for (const path of ["//evil.example", "/\\evil.example", "nowhere", "/_kasbah/health", "/a#b"]) {
      expect(pieces.addRedirect({ site: "portal", path: "/d", to: { path } })).toBe("not an address");
    }
  });
});

test("an import that comes twice adds nothing and keeps what editors changed", () => {
  const { pieces, people } = createModel();
  const byline = { slug: "sara", names: { fr: "Sara" }, origin: "wxr:author/3" };
  const run = () => {
    pieces.addSection({ site: "blog", slug: "rif", names: { fr: "Rif" } });
    const signed = people.addByline(byline);
    const { piece, added } = pieces.addPiece({
      site: "blog",
      kind: "post",
      section: "rif",
      bylines: [signed.byline.id],
      origin: "wxr:https://example.org/?p=7",
    });
    const { text } = pieces.addText({ pieceId: piece.id, language: "fr", content: contentOf("As imported") });
    return { added: added || signed.added, piece, text };
  };
  const first = run();
  people.rename(first.piece.bylines[0] ?? "", { fr: "Sara B." });
  pieces.saveRevision({
    textId: first.text.id,
    parent: first.text.workingRevision,
    content: contentOf("As edited"),
  });
  const second = run();
  expect([first.added, second.added]).toEqual([true, false]);
  expect(second.piece).toEqual(first.piece);
  expect(pieces.revision(pieces.text(first.text.id)?.workingRevision ?? "")?.title).toBe("As edited");
  expect(people.bylines().map(({ names }) => names)).toEqual([{ fr: "Sara B." }]);
});
