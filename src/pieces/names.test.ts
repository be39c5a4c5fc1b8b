/** Sections, tags and bylines through the front door: added, renamed, ordered, by those alone whose they are. */
import { expect, test } from "bun:test";
import { draft, type Story } from "../../test/studio/story.ts";

/** What the page after the POST says, or the status. */
async function send(
  { studio }: Story,
  path: string,
  fields: Readonly<Record<string, string>> = {},
): Promise<string> {
  const answer = await studio.post(path, fields);
  if (answer.status !== 303) return String(answer.status);
  const after = new URL(answer.headers.get("location") ?? "", studio.origin);
  expect((await studio.get(after.pathname + after.search)).status).toBe(200);
  return ["notice", "readers"].flatMap((name) => after.searchParams.get(name) ?? []).join("/");
}

const eau = { kind: "sections", name: "Eau & climat", language: "fr", site: "portal" };

test("an editor adds sections, tags and bylines once each, and readers see a new name at once", async () => {
  await using story = await draft();
  const { pieces, people } = story.newsroom;
  story.signIn("editor");
  await story.pressSeen("publish");
  expect(await send(story, "/names", eau)).toBe("added");
  expect(await send(story, "/names", eau)).toBe("already so");
  expect(await send(story, "/names", { ...eau, kind: "tags", name: "الحراك", language: "ar" })).toBe("added");
  expect(await send(story, "/names", { ...eau, kind: "bylines", name: "Sara B." })).toBe("added");
  expect(pieces.sections("portal").map(({ slug }) => slug)).toEqual(["rif", "eau-climat"]);
  expect(pieces.tags("portal")).toMatchObject([{ names: { ar: "الحراك" } }]);
  expect(people.bylines()).toMatchObject([{ names: { fr: "Sara B." } }]);
  const { version = 0 } = story.newsroom.publisher.facts() ?? {};
  expect(await send(story, "/names/sections/portal/rif", { fr: "Le Rif", ar: "الريف", en: " " })).toBe(
    "saved/late",
  );
  expect(pieces.sections("portal")[0]?.names).toEqual({ fr: "Le Rif", ar: "الريف" });
  expect(story.newsroom.publisher.facts()?.version).toBe(version + 1);
  expect(await send(story, "/names/tags/portal/%D8%A7%D9%84%D8%AD%D8%B1%D8%A7%D9%83", { fr: "Hirak" })).toBe(
    "saved/late",
  );
  expect(pieces.tags("portal")).toMatchObject([{ names: { fr: "Hirak" } }]);
});

test("sections change places, the first one stays", async () => {
  await using story = await draft();
  story.signIn("editor");
  await send(story, "/names", eau);
  expect(await send(story, "/names/sections/portal/eau-climat/up")).toBe("saved/late");
  expect(await send(story, "/names/sections/portal/eau-climat/up")).toBe("already so");
  expect(story.newsroom.pieces.sections("portal").map(({ slug }) => slug)).toEqual(["eau-climat", "rif"]);
});

test("a section's editor names that section, adds tags, and changes nothing of others", async () => {
  await using story = await draft();
  const { pieces, people } = story.newsroom;
  pieces.addSection({ site: "portal", slug: "eau", names: { fr: "Eau" } });
  pieces.addTag({ site: "portal", slug: "hirak", names: { fr: "Hirak" } });
  const { byline } = people.addByline({ slug: "sara", names: { fr: "Sara" } });
  story.signIn("editor", "portal", "rif");
  expect(await send(story, "/names/sections/portal/rif", { fr: "Le Rif" })).toBe("saved/late");
  expect(await send(story, "/names", { ...eau, kind: "tags", name: "Presse" })).toBe("added");
  expect(await send(story, "/names", eau)).toBe("403");
  for (const path of ["sections/portal/eau", "tags/portal/hirak", `bylines/-/${byline.id}`]) {
    expect((await story.studio.get(`/names/${path}`)).status).toBe(403);
    expect(await send(story, `/names/${path}`, { fr: "Other" })).toBe("403");
  }
  expect(await send(story, "/names/sections/portal/eau/up")).toBe("403");
  story.studio.become(story.author);
  expect((await story.studio.get("/names")).status).toBe(403);
});

test("what is no name, or names nothing, is refused with a reason", async () => {
  await using story = await draft();
  story.signIn("steward");
  expect(await send(story, "/names", { ...eau, name: "…" })).toBe("no name");
  expect(await send(story, "/names", { ...eau, kind: "songs" })).toBe("422");
  expect(await send(story, "/names/sections/portal/rif", { fr: "  " })).toBe("no name");
  expect(await send(story, "/names/sections/portal/rif", { fr: "a".repeat(201) })).toBe("no name");
  for (const path of [
    "sections/portal/none",
    "songs/portal/rif",
    "sections/-/rif",
    "bylines/portal/x",
    "bylines/-/x",
  ]) {
    expect((await story.studio.get(`/names/${path}`)).status).toBe(404);
  }
});
