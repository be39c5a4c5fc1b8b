/** The versions of a text through the front door: who, when, how much; side by side; and back to an old one. */
import { expect, test } from "bun:test";
import { contentOf, paragraphs } from "../../test/model/model.ts";
import { draft, type Story } from "../../test/studio/story.ts";

function save(
  { newsroom, clock, text, id, author }: Story,
  words: string,
  parent = text().workingRevision,
): string {
  clock.advance(60_000);
  const content = contentOf("Une marche", "", paragraphs(words));
  return newsroom.pieces.saveRevision({ textId: id, parent, content, by: author.id }).revision.id;
}

async function pageAt({ studio, id }: Story, path: string): Promise<string> {
  const answer = await studio.get(`/texts/${id}/${path}`);
  expect(answer.status).toBe(200);
  return await answer.text();
}

test("every version is listed with its author, its size and its branches, newest first", async () => {
  await using story = await draft();
  const first = story.text().workingRevision;
  save(story, "Des centaines de gens dans la rue.");
  save(story, "Autre chose.", first);
  const page = await pageAt(story, "history");
  const versions = page.split(`<li class="version">`).slice(1);
  expect(versions).toHaveLength(3);
  expect(versions[0]).toContain("Saved beside a newer version");
  expect(versions[1]).toContain("The present version");
  expect(versions[1]).toContain("4 words more, 1 word less");
  expect(versions[1]).toContain(story.author.name);
});

test("two versions are compared in the text’s own direction, with marks that need no colour", async () => {
  await using story = await draft();
  const first = story.text().workingRevision;
  const second = save(story, "Des centaines de gens.");
  const page = await pageAt(story, `compare?from=${first}&to=${second}`);
  expect(page).toMatch(/<del>.*milliers<\/del><ins>.*centaines<\/ins>/);
  expect(page).toContain(`class="comparison" lang="fr" dir="ltr"`);
  expect(await pageAt(story, "compare")).toContain("centaines");
});

test("an old version becomes the present one as a new draft; a second press does nothing more", async () => {
  await using story = await draft();
  const first = story.text().workingRevision;
  save(story, "Pire.");
  const seen = story.text().workingRevision;
  const presses = await Promise.all(
    [1, 2].map(() => story.press("restore", { revision: seen, version: first })),
  );
  expect(presses.toSorted()).toEqual(["changed meanwhile", "restored"]);
  const { pieces } = story.newsroom;
  const now = pieces.revision(story.text().workingRevision);
  expect(now?.body).toEqual(pieces.revision(first)?.body ?? paragraphs());
  expect(now).toMatchObject({ parent: seen, workflow: "draft", createdBy: story.author.id });
  expect(pieces.revisionsOf(story.id)).toHaveLength(3);
});

test("versions of other texts are nobody’s business here", async () => {
  await using story = await draft();
  const { pieces } = story.newsroom;
  const other = pieces.addText({
    pieceId: pieces.addPiece({ site: "portal", kind: "story" }).piece.id,
    language: "fr",
    content: contentOf("Secret"),
  }).text.workingRevision;
  for (const path of [`compare?from=${other}`, `compare?to=${other}`, "compare?from=nonsense"]) {
    expect((await story.studio.get(`/texts/${story.id}/${path}`)).status).toBe(404);
  }
  expect(await story.pressSeen("restore", { version: other })).toBe("404");
  story.signIn("moderator", "portal", "rif");
  expect(await story.pressSeen("restore", { version: story.text().workingRevision })).toBe("403");
  story.signIn("contributor", "portal", "eau");
  for (const path of ["history", "compare"]) {
    expect((await story.studio.get(`/texts/${story.id}/${path}`)).status).toBe(403);
  }
});

test("a history of many versions comes in pages", async () => {
  await using story = await draft();
  for (let at = 0; at < 40; at += 1) save(story, `Version ${at}.`);
  const count = async (path: string): Promise<number> =>
    (await pageAt(story, path)).split(`<li class="version">`).length - 1;
  expect([await count("history"), await count("history?page=2"), await count("history?page=x")]).toEqual([
    30, 11, 30,
  ]);
});
