/** Section, tags, bylines, corrections and translations through the front door. */
import { describe, expect, test } from "bun:test";
import { contentOf, paragraphs } from "../../test/model/model.ts";
import { draft, type Story } from "../../test/studio/story.ts";
import type { Content } from "./piece.ts";

const details = { section: "rif", tags: "", bylines: "" };

function pieceOf({ newsroom, text }: Story) {
  return newsroom.pieces.piece(text().pieceId);
}

describe("details", () => {
  test("known tags are found by any of their names; an editor's new names are made", async () => {
    await using story = await draft();
    const { pieces, people } = story.newsroom;
    pieces.addTag({ site: "portal", slug: "hirak", names: { fr: "Hirak", ar: "الحراك" } });
    expect(await story.press("details", { ...details, tags: "الحِراك، Presse", bylines: "Sara" })).toBe(
      "unknown names",
    );
    expect(pieceOf(story)).toMatchObject({ tags: ["hirak"], bylines: [] });
    story.signIn("editor", "portal", "rif");
    expect(
      await story.press("details", { ...details, tags: "hirak, Presse, presse", bylines: "Sara, هند" }),
    ).toBe("saved");
    expect(pieceOf(story)?.tags).toEqual(["hirak", "presse"]);
    const signed = pieceOf(story)?.bylines.map((id) => people.byline(id)?.names);
    expect(signed).toEqual([{ fr: "Sara" }, { ar: "هند" }]);
    const page = await (await story.studio.get(`/texts/${story.id}`)).text();
    expect(page).toContain(`value="Hirak, Presse"`);
  });

  test("a piece moves only where its author may write; what is public only an editor changes, and readers see it", async () => {
    await using story = await draft();
    story.newsroom.pieces.addSection({ site: "portal", slug: "eau", names: { fr: "Eau" } });
    expect(await story.press("details", { ...details, section: "eau" })).toBe("403");
    expect(await story.press("details", { ...details, section: "" })).toBe("403");
    expect(await story.press("details", { ...details, section: "nowhere" })).toBe("422");
    expect(pieceOf(story)?.section).toBe("rif");
    story.signIn("editor");
    await story.pressSeen("publish");
    expect(await story.press("details", { ...details, section: "eau", tags: "Presse" })).toBe("saved/late");
    expect(story.published()).toContain("/fr/section/eau");
    story.studio.become(story.author);
    expect(await story.press("details", details)).toBe("403");
  });

  test("too many names change nothing", async () => {
    await using story = await draft();
    const tags = Array.from({ length: 21 }, (_, at) => `tag${at}`).join(",");
    story.signIn("editor");
    expect(await story.press("details", { ...details, tags })).toBe("too many");
    expect(story.newsroom.pieces.tags("portal")).toEqual([]);
  });
});

describe("a correction", () => {
  const note = { kind: "correction", note: "Ils étaient <mille>." };

  test("appears with its date under the public text, once", async () => {
    await using story = await draft();
    story.signIn("editor");
    expect(await story.press("corrections", note)).toBe("not public");
    await story.pressSeen("publish");
    const both = await Promise.all([story.press("corrections", note), story.press("corrections", note)]);
    expect(both.toSorted()).toEqual(["already so/late", "corrected/late"]);
    expect(story.newsroom.pieces.correctionsOf(story.id)).toMatchObject([{ note: "Ils étaient <mille>." }]);
    expect(await story.press("corrections", { kind: "update", note: "" })).toBe("422");
    expect(await story.press("corrections", { kind: "apology", note: "x" })).toBe("422");
  });
});

describe("a translation", () => {
  test("is its translator's own draft, and knows when the original has changed", async () => {
    await using story = await draft();
    const original = story.text().workingRevision;
    const translator = story.signIn("contributor", "portal", "rif");
    const started = await Promise.all(
      [1, 2].map(() => story.studio.post(`/texts/${story.id}/translations`, { language: "ar" })),
    );
    const [path = ""] = started.map((answer) => answer.headers.get("location") ?? "");
    expect(started.map(({ status }) => status)).toEqual([303, 303]);
    const { pieces } = story.newsroom;
    expect(pieces.textsOf(story.text().pieceId)).toHaveLength(2);
    const text = pieces.text(path.slice("/texts/".length));
    const working = pieces.revision(text?.workingRevision ?? "");
    expect(working).toMatchObject({ sourceRevision: original, createdBy: translator.id, workflow: "draft" });
    expect(await (await story.studio.get(path)).text()).not.toContain("has changed since");
    pieces.saveRevision({ textId: story.id, parent: original, content: contentOf("Changed") });
    expect(await (await story.studio.get(path)).text()).toContain("has changed since");
    const answer = await story.studio.post(`${path}/workflow`, {
      revision: working?.id ?? "",
      to: "in review",
    });
    expect(answer.headers.get("location")).toContain("handed+in");
  });

  test("that still says what the original says isn't published by accident", async () => {
    await using story = await draft();
    story.signIn("editor");
    const { pieces } = story.newsroom;
    const source = story.text().workingRevision;
    const started = await story.studio.post(`/texts/${story.id}/translations`, { language: "ar" });
    const path = started.headers.get("location") ?? "";
    const working = (): string => pieces.text(path.slice("/texts/".length))?.workingRevision ?? "";
    const press = async (fields: Record<string, string> = {}): Promise<string> => {
      const answer = await story.studio.post(`${path}/publish`, { revision: working(), ...fields });
      return (
        new URL(answer.headers.get("location") ?? "", story.studio.origin).searchParams.get("notice") ?? ""
      );
    };
    const page = async (): Promise<string> => await (await story.studio.get(path)).text();
    const save = (content: Content): void =>
      void pieces.saveRevision({ textId: path.slice("/texts/".length), parent: working(), content });

    expect(await page()).toContain("This is still a copy of the original");
    expect(await press()).toBe("untranslated");
    expect(await press({ insists: "yes" })).toBe("untranslated");
    const { title, standfirst, body } = pieces.revision(source) ?? contentOf("");
    save({ title: "مسيرة", standfirst, body });
    expect(await page()).toContain("still word for word");
    expect(await press()).toBe("half translated");
    save({ title, standfirst, body: paragraphs("آلاف الناس.") });
    expect(await press()).toBe("half translated");
    save({ title: "مسيرة", standfirst, body: paragraphs("آلاف الناس.") });
    expect(await page()).not.toContain("original, word");
    expect(await press()).toBe("published");
  });

  test("has its original beside it, in that one's direction, and a way to what changed there", async () => {
    await using story = await draft("ar");
    const source = story.text().workingRevision;
    const started = await story.studio.post(`/texts/${story.id}/translations`, { language: "ar" });
    const path = started.headers.get("location") ?? "";
    const newer = story.newsroom.pieces.saveRevision({
      textId: story.id,
      parent: source,
      content: contentOf("Encore"),
    }).revision.id;
    const page = await (await story.studio.get(path)).text();
    const [beside = ""] = /<details class="original"[^]*?<\/details>/.exec(page) ?? [];
    expect(beside).toContain('lang="fr" dir="ltr"');
    expect(beside).toContain("Des milliers de gens.");
    expect(beside).not.toContain("Encore");
    const link = `/texts/${story.id}/compare?from=${source}&amp;to=${newer}`;
    expect(page).toContain(link);
    expect((await story.studio.get(link.replace("&amp;", "&"))).status).toBe(200);
    expect(await (await story.studio.get(`/texts/${story.id}`)).text()).not.toContain('class="original"');
    const { pieces } = story.newsroom;
    const follow = async (original: string): Promise<string> => {
      const revision = pieces.text(path.slice("/texts/".length))?.workingRevision ?? "";
      const answer = await story.studio.post(`${path}/original`, { revision, original });
      return answer.headers.get("location")?.split("notice=")[1] ?? String(answer.status);
    };
    expect(await follow(pieces.text(path.slice("/texts/".length))?.workingRevision ?? "")).toBe("404");
    expect(await follow(newer)).toBe("saved");
    expect(await follow(newer)).toBe("already+so");
    const after = await (await story.studio.get(path)).text();
    expect(after).not.toContain("/compare?from=");
    expect(after).toContain("Encore");
  });

  test("takes a language that there is, and somebody who may write there", async () => {
    await using story = await draft();
    expect(await story.press("translations", { language: "tlh" })).toBe("422");
    story.signIn("moderator", "portal", "rif");
    expect(await story.press("translations", { language: "ar" })).toBe("403");
  });
});
