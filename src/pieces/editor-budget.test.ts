/** What the page on which somebody writes costs at its first load: a phone on a bad line has to get it, too. */
import { expect, test } from "bun:test";
import { brotliDecompressSync } from "node:zlib";
import { contentOf, paragraphs } from "../../test/model/model.ts";
import { openTextStudio } from "../../test/studio/text-studio.ts";
import type { Studio } from "../../test/studio/studio.ts";

const budgetBytes = 250_000;

test("the page, its styles and its scripts are at most 250 kB, compressed", async () => {
  await using where = await openTextStudio("ar");
  where.signIn("editor");
  const pieceId = where.newsroom.pieces.addPiece({ site: "portal", kind: "story" }).piece.id;
  const long = paragraphs(...Array.from({ length: 60 }, (_, at) => `فقرة ${at}: ${"كلمات ".repeat(60)}`));
  const content = contentOf("مسيرة", "", long);
  const { text } = where.newsroom.pieces.addText({ pieceId, language: "ar", content });
  const page = await sent(where.studio, `/texts/${text.id}`);
  const html = brotliDecompressSync(page).toString();
  const files = Array.from(
    html.matchAll(/(?:src|href)="(\/(?:scripts|_kasbah\/assets)\/[^"]+)"/g),
    ([, path = ""]) => path,
  );
  expect(files.some((path) => path.startsWith("/scripts/editor."))).toBe(true);
  const sizes = await Promise.all(files.map(async (path) => (await sent(where.studio, path)).length));
  const total = sizes.reduce((sum, size) => sum + size, page.length);
  expect(total).toBeLessThanOrEqual(budgetBytes);
});

/** As a browser gets it that opens the page by its address. */
async function sent({ origin }: Studio, path: string): Promise<Uint8Array> {
  const headers = { "accept-encoding": "br", "sec-fetch-site": "none", accept: "text/html" };
  const answer = await fetch(origin + path, { headers, decompress: false });
  expect([answer.status, answer.headers.get("content-encoding")]).toEqual([200, "br"]);
  return await answer.bytes();
}
