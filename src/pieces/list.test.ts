/** The list through the front door: who sees what, filters, counts, pages, and how a first text begins. */
import { describe, expect, test } from "bun:test";
import { contentOf } from "../../test/model/model.ts";
import { openTextStudio, type TextStudio } from "../../test/studio/text-studio.ts";
import type { NewPiece, NewText } from "./api.ts";

/** Ends with the ids of the texts whose titles the page shows, in that order. */
async function titlesAt({ studio }: TextStudio, path: string): Promise<string[]> {
  const answer = await studio.get(path);
  expect(answer.status).toBe(200);
  return Array.from((await answer.text()).matchAll(/<h2><a [^>]*>([^<]*)</g), ([, title = ""]) => title);
}

type Story = Partial<NewPiece> & Partial<Omit<NewText, "content">> & { readonly title: string };

function add({ newsroom, clock }: TextStudio, { title, ...more }: Story): string {
  clock.advance(1_000);
  const { piece } = newsroom.pieces.addPiece({ site: "portal", kind: "story", ...more });
  const content = contentOf(title);
  return newsroom.pieces.addText({ language: "fr", ...more, pieceId: piece.id, content }).text.id;
}

function addSections({ newsroom }: TextStudio): void {
  newsroom.pieces.addSection({ site: "portal", slug: "rif", names: { fr: "Rif" } });
  newsroom.pieces.addSection({ site: "portal", slug: "eau", names: { fr: "Eau" } });
}

test("an empty newsroom leads whoever writes to the first story, and others nowhere", async () => {
  await using where = await openTextStudio();
  where.signIn("editor");
  expect(await (await where.studio.get("/")).text()).toContain(`href="/texts/new"`);
  where.signIn("moderator");
  const page = await (await where.studio.get("/")).text();
  expect(page).toContain("nothing here for you to read");
  expect(page).not.toContain("/texts/new");
});

describe("whoever reads in one section", () => {
  test("sees its texts and counts, and nothing of the others, also not by a filter", async () => {
    await using where = await openTextStudio();
    addSections(where);
    add(where, { title: "Du Rif", section: "rif" });
    add(where, { title: "De l’eau", section: "eau" });
    add(where, { title: "Sans rubrique" });
    add(where, { title: "Du blog", site: "blog" });
    where.signIn("contributor", "portal", "rif");
    expect(await titlesAt(where, "/")).toEqual(["Du Rif"]);
    expect(await titlesAt(where, "/?section=portal/eau")).toEqual([]);
    expect(await titlesAt(where, "/?title=eau")).toEqual([]);
    expect(await (await where.studio.get("/")).text()).toContain("Draft (1)");
    where.signIn("moderator", "portal");
    expect(await titlesAt(where, "/")).toEqual(["Sans rubrique", "De l’eau", "Du Rif"]);
    where.signIn("editor");
    expect(await titlesAt(where, "/")).toHaveLength(4);
  });
});

test("the list is filtered by state, language, section, words of the title and whose it is", async () => {
  await using where = await openTextStudio();
  addSections(where);
  const person = where.signIn("editor");
  const ready = add(where, { title: "Élection à Nador", section: "rif", workflow: "ready" });
  add(where, { title: "إِضراب في الحسيمة", language: "ar", by: person.id });
  where.newsroom.pieces.publish(ready);
  expect(await titlesAt(where, "/?state=published")).toEqual(["Élection à Nador"]);
  expect(await titlesAt(where, "/?state=draft")).toEqual(["إِضراب في الحسيمة"]);
  expect(await titlesAt(where, "/?language=ar")).toEqual(["إِضراب في الحسيمة"]);
  expect(await titlesAt(where, "/?section=portal/rif")).toEqual(["Élection à Nador"]);
  expect(await titlesAt(where, "/?title=NADOR+election")).toEqual(["Élection à Nador"]);
  expect(await titlesAt(where, `/?title=${encodeURIComponent("اضراب الحسيمه")}`)).toEqual([
    "إِضراب في الحسيمة",
  ]);
  expect(await titlesAt(where, "/?mine=yes")).toEqual(["إِضراب في الحسيمة"]);
  expect(await titlesAt(where, "/?state=nonsense&page=-3&language=xx")).toHaveLength(2);
});

test("a title is found by what it says now, also when it was sought before it changed", async () => {
  await using where = await openTextStudio();
  where.signIn("editor");
  const id = add(where, { title: "La marche de Rabat" });
  expect(await titlesAt(where, "/?title=MARCHE+rabat")).toEqual(["La marche de Rabat"]);
  const parent = where.newsroom.pieces.text(id)?.workingRevision ?? "";
  where.newsroom.pieces.saveRevision({ textId: id, parent, content: contentOf("La veillée") });
  expect(await titlesAt(where, "/?title=marche")).toEqual([]);
  expect(await titlesAt(where, "/?title=veillee")).toEqual(["La veillée"]);
  where.newsroom.database.run("UPDATE revision SET title = 'x'");
  expect(await titlesAt(where, "/?title=veillee")).toHaveLength(1);
});

test("what changed last comes first, and older texts are on later pages", async () => {
  await using where = await openTextStudio();
  where.signIn("editor");
  const ids = Array.from({ length: 45 }, (_, at) => add(where, { title: `Story ${at}` }));
  const oldest = where.newsroom.pieces.text(ids[0] ?? "");
  where.clock.advance(1_000);
  where.newsroom.pieces.saveRevision({
    textId: oldest?.id ?? "",
    parent: oldest?.workingRevision ?? "",
    content: contentOf("Changed"),
  });
  const [first, second] = [await titlesAt(where, "/"), await titlesAt(where, "/?page=2")];
  expect(first.slice(0, 2)).toEqual(["Changed", "Story 44"]);
  expect(first).toHaveLength(40);
  expect(second).toEqual(["Story 5", "Story 4", "Story 3", "Story 2", "Story 1"]);
  expect(await titlesAt(where, "/?page=99")).toEqual(second);
});

describe("a new text", () => {
  const fields = { title: "Une marche", kind: "story", place: "portal/rif", language: "fr" };
  const onceOn = async ({ studio }: TextStudio): Promise<string> =>
    /name="once" value="(\w+)"/.exec(await (await studio.get("/texts/new")).text())?.[1] ?? "";

  test("starts as a draft of its author's; the same form sent twice starts one", async () => {
    await using where = await openTextStudio();
    addSections(where);
    const person = where.signIn("contributor", "portal", "rif");
    const once = await onceOn(where);
    const answers = await Promise.all([1, 2].map(() => where.studio.post("/texts", { ...fields, once })));
    const [one, two] = answers.map((answer) => answer.headers.get("location"));
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(one).toBe(two ?? "");
    const text = where.newsroom.pieces.text(one?.slice("/texts/".length) ?? "");
    const revision = where.newsroom.pieces.revision(text?.workingRevision ?? "");
    expect(revision).toMatchObject({ title: "Une marche", workflow: "draft", createdBy: person.id });
    expect((await where.studio.get(one ?? "")).status).toBe(200);
    expect(await titlesAt(where, "/")).toEqual(["Une marche"]);
  });

  test("goes only where its author may write, and needs a title; what was typed is still there", async () => {
    await using where = await openTextStudio();
    addSections(where);
    where.signIn("contributor", "portal", "rif");
    const once = await onceOn(where);
    for (const wrong of [{ place: "portal/eau" }, { place: "portal/" }, { place: "x" }, { title: " " }]) {
      const answer = await where.studio.post("/texts", { ...fields, once, ...wrong });
      expect(answer.status).toBe(422);
      expect(await answer.text()).toContain(`class="fault"`);
    }
    expect((await where.studio.post("/texts", { ...fields, once, kind: "song" })).status).toBe(422);
    const long = await where.studio.post("/texts", { ...fields, once, title: "a".repeat(70_000) });
    expect(long.status).toBe(413);
    where.signIn("moderator");
    expect((await where.studio.post("/texts", { ...fields, once })).status).toBe(403);
    expect(where.newsroom.database.query("SELECT * FROM piece").values()).toEqual([]);
  });
});
