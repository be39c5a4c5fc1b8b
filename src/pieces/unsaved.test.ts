/** What isn't saved is lent to the newsroom's memory: for its writer alone, for a day, and never on the disk. */
import { describe, expect, test } from "bun:test";
import { Glob } from "bun";
import { contentOf, paragraphs } from "../../test/model/model.ts";
import { openTextStudio, type TextStudio } from "../../test/studio/text-studio.ts";
import { ManualClock } from "../base/clock.ts";
import type { Revision } from "./piece.ts";
import { UnsavedTexts } from "./unsaved.ts";

const written = "Jamais enregistré";

function startText({ newsroom }: TextStudio): { text: string; parent: string } {
  const piece = newsroom.pieces.addPiece({ site: "portal", kind: "story" }).piece;
  const { text } = newsroom.pieces.addText({ pieceId: piece.id, language: "fr", content: contentOf("Un") });
  return { text: text.id, parent: text.workingRevision };
}

async function isOffered({ studio }: TextStudio, text: string): Promise<boolean> {
  return (await (await studio.get(`/texts/${text}`)).text()).includes(written);
}

describe("what was lent", () => {
  test("comes back to its writer and to nobody else, until it is saved", async () => {
    await using where = await openTextStudio();
    const { text, parent } = startText(where);
    const writer = where.signIn("editor");
    const request = { ...contentOf(written), parent };
    expect((await where.studio.postJson(`/texts/${text}/unsaved`, request)).status).toBe(204);
    expect(await isOffered(where, text)).toBe(true);
    where.signIn("steward");
    expect(await isOffered(where, text)).toBe(false);
    expect(where.newsroom.pieces.revisionsOf(text)).toHaveLength(1);
    where.studio.become(writer);
    await where.studio.postJson(`/texts/${text}/revisions`, { ...contentOf("Autre"), parent });
    expect(await isOffered(where, text)).toBe(false);
  });

  test("can be thrown away, and goes after a day", async () => {
    await using where = await openTextStudio();
    const { text, parent } = startText(where);
    where.signIn("editor");
    const lend = () => where.studio.postJson(`/texts/${text}/unsaved`, { ...contentOf(written), parent });
    await lend();
    await where.studio.postJson(`/texts/${text}/unsaved`, { discard: true });
    expect(await isOffered(where, text)).toBe(false);
    await lend();
    where.clock.advance(24 * 60 * 60 * 1_000 + 1);
    expect(await isOffered(where, text)).toBe(false);
  });

  test("is in no file", async () => {
    await using where = await openTextStudio();
    const { text, parent } = startText(where);
    where.signIn("editor");
    await where.studio.postJson(`/texts/${text}/unsaved`, { ...contentOf(written), parent });
    let files = 0;
    for await (const path of new Glob("**/*").scan({ cwd: where.data.root, absolute: true, dot: true })) {
      files += 1;
      expect(Buffer.from(await Bun.file(path).arrayBuffer()).includes(written)).toBe(false);
    }
    expect(files).toBeGreaterThan(1);
  });

  test("is asked for by the same rules as a save", async () => {
    await using where = await openTextStudio();
    const { text, parent } = startText(where);
    where.signIn("moderator");
    const request = { ...contentOf(written), parent };
    expect((await where.studio.postJson(`/texts/${text}/unsaved`, request)).status).toBe(403);
    where.signIn("editor");
    expect((await where.studio.postJson(`/texts/${text}/unsaved`, { title: 1 })).status).toBe(422);
  });

  test("by somebody who lends without end pushes out their own, nobody else's", async () => {
    const unsaved = new UnsavedTexts(new ManualClock(0));
    const request = { ...contentOf(written, "", paragraphs("a".repeat(900_000))), parent: "r" };
    const isKept = (account: string, textId: string): boolean =>
      unsaved.find(account, { ...contentOf("Un"), textId } as Revision) !== null;
    unsaved.keep("amina", "hers", request);
    for (let at = 0; at < 30; at += 1) unsaved.keep("mallory", `text ${at}`, request);
    expect([isKept("amina", "hers"), isKept("mallory", "text 0"), isKept("mallory", "text 29")]).toEqual([
      true,
      false,
      true,
    ]);
    unsaved.forget("mallory", "text 29");
    expect([isKept("mallory", "text 29"), isKept("mallory", "text 28")]).toEqual([false, true]);
  });
});
