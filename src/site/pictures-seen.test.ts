/** Who sees a draft's pictures in the studio: those who may read it, as with its words. */
import { expect, setDefaultTimeout, test } from "bun:test";
import { bodyOf, contentOf } from "../../test/model/model.ts";
import { drawn } from "../../test/pictures.ts";
import { openTextStudio } from "../../test/studio/text-studio.ts";
import { fileName } from "../media/picture.ts";
import { pictureRoutes } from "../media/routes.ts";
import { siteRoutes } from "./routes.ts";

/** A picture is cleaned by a process of its own. */
setDefaultTimeout(30_000);

async function draftWithPicture() {
  const where = await openTextStudio("en", (parts) => [...siteRoutes(parts), ...pictureRoutes(parts)]);
  const { pieces, pictures } = where.newsroom;
  for (const slug of ["rif", "sport"]) pieces.addSection({ site: "portal", slug, names: { fr: slug } });
  const amina = where.signIn("contributor", "portal", "rif");
  const added = await pictures.add(await drawn("png"), amina.id);
  if (added.outcome === "refused") throw new Error(added.reason);
  const { id, variants } = added.picture;
  const start = (section: string, by: string, ...shown: string[]) => {
    const images = shown.map((media) => ({ type: "image" as const, attrs: { id: "i", media, alt: "" } }));
    const { piece } = pieces.addPiece({ site: "portal", kind: "story", section });
    const content = contentOf("Une marche", "", bodyOf(...images));
    return pieces.addText({ pieceId: piece.id, language: "fr", content, by, workflow: "ready" }).text;
  };
  const [variant] = variants;
  const file = variant === undefined ? "" : fileName(id, variant);
  const seen = async (): Promise<number[]> => {
    const paths = [`/pictures/${id}`, `/_kasbah/media/${file}`];
    return await Promise.all(paths.map(async (path) => (await where.studio.get(path)).status));
  };
  return { ...where, id, amina, start, seen };
}

test("nobody but who brought it in and who reads everything, until a text shows it; then whoever reads that", async () => {
  await using where = await draftWithPicture();
  expect(await where.seen()).toEqual([200, 200]);
  where.signIn("moderator");
  expect(await where.seen()).toEqual([200, 200]);
  where.signIn("contributor", "portal", "rif");
  expect(await where.seen()).toEqual([404, 404]);
  const text = where.start("rif", where.amina.id, where.id);
  expect(await where.seen()).toEqual([200, 200]);
  where.signIn("editor", "portal", "sport");
  expect(await where.seen()).toEqual([404, 404]);
  where.newsroom.pieces.publish(text.id);
  expect(await where.seen()).toEqual([200, 200]);
});

test("nobody shows a picture in a text of their own to see it there", async () => {
  await using where = await draftWithPicture();
  where.start("rif", where.amina.id, where.id);
  const save = async (by: string): Promise<number> => {
    const text = where.start("sport", by);
    const image = { type: "image" as const, attrs: { id: "i", media: where.id, alt: "" } };
    const content = contentOf("Une autre", "", bodyOf(image));
    const request = { ...content, parent: text.workingRevision };
    return (await where.studio.postJson(`/texts/${text.id}/revisions`, request)).status;
  };
  expect(await save(where.signIn("contributor", "portal", "sport").id)).toBe(422);
  expect(await save(where.signIn("editor").id)).toBe(200);
});
