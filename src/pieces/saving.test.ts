/** Saving through the front door: what is taken, what is refused with which answer, and that nothing is lost. */
import { describe, expect, test } from "bun:test";
import { bodyOf, contentOf, paragraphs } from "../../test/model/model.ts";
import { openTextStudio, type TextStudio } from "../../test/studio/text-studio.ts";
import type { SaveAnswer } from "./editor/exchange.ts";
import { textBytesMax } from "./saving.ts";

function startText(
  { newsroom }: TextStudio,
  workflow: "draft" | "ready" = "draft",
): { text: string; first: string } {
  const piece = newsroom.pieces.addPiece({ site: "portal", kind: "story" }).piece;
  const { text } = newsroom.pieces.addText({
    pieceId: piece.id,
    language: "fr",
    content: contentOf("Un"),
    workflow,
  });
  return { text: text.id, first: text.workingRevision };
}

async function saved({ studio }: TextStudio, text: string, request: object): Promise<SaveAnswer> {
  const answer = await studio.postJson(`/texts/${text}/revisions`, request);
  expect(answer.status).toBe(200);
  return (await answer.json()) as SaveAnswer;
}

async function statusOf({ studio }: TextStudio, text: string, request: unknown): Promise<number> {
  const answer = await studio.postJson(`/texts/${text}/revisions`, request);
  expect(await answer.json()).toEqual({ error: expect.any(String) });
  return answer.status;
}

test("a save makes a revision of whoever saved, and is noted without a word of it", async () => {
  await using where = await openTextStudio();
  const { text, first } = startText(where);
  const { id } = where.signIn("editor");
  const answer = await saved(where, text, { ...contentOf("Deux"), parent: first });
  const { pieces, audit } = where.newsroom;
  expect(answer.outcome).toBe("saved");
  expect(pieces.revision(answer.revision)).toMatchObject({
    title: "Deux",
    parent: first,
    createdBy: id,
    workflow: "draft",
  });
  const [entry] = audit.entries({ limit: 1 });
  expect(entry).toMatchObject({ account: id, act: "text.save", subject: text, detail: null });
});

test("a save of what was ready makes a draft, and leaves what readers have", async () => {
  await using where = await openTextStudio();
  const { text, first } = startText(where, "ready");
  where.signIn("editor");
  const page = async (): Promise<string> => await (await where.studio.get(`/texts/${text}`)).text();
  expect(await page()).toContain("becomes a draft again");
  where.newsroom.pieces.publish(text);
  expect(await page()).toContain("Readers see the published version.");
  const { revision } = await saved(where, text, { ...contentOf("Deux"), parent: first });
  expect(where.newsroom.pieces.revision(revision)?.workflow).toBe("draft");
  expect(where.newsroom.pieces.text(text)).toMatchObject({
    publication: "published",
    publishedRevision: first,
  });
});

test("the same save twice, as after a lost answer, makes one revision; also where it was a conflict", async () => {
  await using where = await openTextStudio();
  const { text, first } = startText(where);
  where.signIn("editor");
  const mine = { ...contentOf("Mien"), parent: first };
  expect(await saved(where, text, mine)).toEqual(await saved(where, text, mine));
  where.signIn("steward");
  const theirs = { ...contentOf("Leur"), parent: first };
  const conflict = await saved(where, text, theirs);
  expect(conflict).toMatchObject({ outcome: "conflict", theirs: { title: "Mien", by: "editor of all" } });
  expect(await saved(where, text, theirs)).toEqual(conflict);
  expect(where.newsroom.pieces.revisionsOf(text)).toHaveLength(3);
});

test("saving what is there already makes no revision, so that what is ready stays ready", async () => {
  await using where = await openTextStudio();
  const { text, first } = startText(where, "ready");
  where.signIn("editor");
  expect(await saved(where, text, { ...contentOf("Un"), parent: first })).toMatchObject({ revision: first });
});

test("a version that takes in the other one ends the conflict", async () => {
  await using where = await openTextStudio();
  const { text, first } = startText(where);
  where.signIn("editor");
  const mine = await saved(where, text, { ...contentOf("Mien"), parent: first });
  const theirs = await saved(where, text, { ...contentOf("Leur"), parent: first });
  const both = { ...contentOf("Les deux"), parent: mine.revision, merges: theirs.revision };
  expect(await saved(where, text, both)).toMatchObject({ outcome: "saved" });
  expect(where.newsroom.pieces.branchesOf(text)).toEqual([]);
});

describe("refused, with a sentence", () => {
  test("what is no editor's document, or belongs to another text, or shows material that isn't there", async () => {
    await using where = await openTextStudio();
    const { text, first } = startText(where);
    const other = startText(where);
    where.signIn("editor");
    const link = {
      type: "text",
      text: "a",
      marks: [{ type: "link", attrs: { href: "javascript:alert(1)" } }],
    };
    const evil = bodyOf({ type: "paragraph", attrs: { id: "a" }, content: [link as never] });
    const unknown = bodyOf({ type: "material", attrs: { id: "a", material: "01NOTHING" } });
    for (const request of [
      { title: "a" },
      "text",
      { ...contentOf("a"), parent: other.first },
      { ...contentOf("a"), parent: first, merges: other.first },
      { ...contentOf("a", "", evil), parent: first },
      { ...contentOf("a", "", unknown), parent: first },
      { ...contentOf("a".repeat(301), "", paragraphs("a")), parent: first },
    ]) {
      expect(await statusOf(where, text, request)).toBe(422);
    }
    expect(where.newsroom.pieces.revisionsOf(text)).toHaveLength(1);
  });

  test("what is too long, whatever it says of its length", async () => {
    await using where = await openTextStudio();
    const { text, first } = startText(where);
    where.signIn("editor");
    const long = { ...contentOf("a", "", paragraphs("a".repeat(textBytesMax))), parent: first };
    expect(await statusOf(where, text, long)).toBe(413);
  });

  test("whoever may read but not write, and whoever is nobody", async () => {
    await using where = await openTextStudio();
    const { text, first } = startText(where);
    where.signIn("moderator");
    expect(await statusOf(where, text, { ...contentOf("a"), parent: first })).toBe(403);
    const page = await (await where.studio.get(`/texts/${text}`)).text();
    expect(page).not.toContain('<form id="writing"');
    where.studio.become(undefined);
    const answer = await where.studio.postJson(`/texts/${text}/revisions`, {
      ...contentOf("a"),
      parent: first,
    });
    expect(answer.status).toBe(401);
  });
});

test("nothing in a text ends the element that carries it to the editor", async () => {
  await using where = await openTextStudio();
  const pieceId = where.newsroom.pieces.addPiece({ site: "portal", kind: "story" }).piece.id;
  const content = contentOf("</script><script>ran()</script>", "<!--<script>");
  const text = where.newsroom.pieces.addText({ pieceId, language: "fr", content }).text.id;
  where.signIn("editor");
  const page = await (await where.studio.get(`/texts/${text}`)).text();
  expect(page).not.toContain("<script>");
  expect(page).not.toContain("<!--");
});
