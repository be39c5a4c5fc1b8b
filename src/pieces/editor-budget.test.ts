/** What the page on which somebody writes costs at its first load: a phone on a bad line has to get it, too. */
import { expect, test } from "bun:test";
import { brotliCompressSync } from "node:zlib";
import { contentOf, paragraphs } from "../../test/model/model.ts";
import { openTextStudio } from "../../test/studio/newsroom.ts";

const budgetBytes = 250_000;

test("the page, its styles and its scripts are at most 250 kB, compressed", async () => {
  await using where = await openTextStudio("ar");
  where.signIn("editor");
  const pieceId = where.newsroom.pieces.addPiece({ site: "portal", kind: "story" }).piece.id;
  const long = paragraphs(...Array.from({ length: 60 }, (_, at) => `فقرة ${at}: ${"كلمات ".repeat(60)}`));
  const content = contentOf("مسيرة", "", long);
  const { text } = where.newsroom.pieces.addText({ pieceId, language: "ar", content });
  const html = await (await where.studio.get(`/texts/${text.id}`)).text();
  const files = Array.from(
    html.matchAll(/(?:src|href)="(\/(?:scripts|_kasbah\/assets)\/[^"]+)"/g),
    ([, path = ""]) => path,
  );
  expect(files.some((path) => path.startsWith("/scripts/editor."))).toBe(true);
  const sizes = await Promise.all(
    files.map(async (path) => await compressedBytes(await where.studio.get(path))),
  );
  const total = sizes.reduce((sum, size) => sum + size, brotliCompressSync(html).length);
  expect(total).toBeLessThanOrEqual(budgetBytes);
});

async function compressedBytes(response: Response): Promise<number> {
  expect(response.status).toBe(200);
  return brotliCompressSync(await response.arrayBuffer()).length;
}
