// Sitemaps as they come: indexes, compressed, as text, broken, hostile.
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { utf8 } from "../../base/bytes.ts";
import { readSitemap } from "./sitemap.ts";

const urlset = `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
  <url><loc> https://example.org/a?b=1&amp;c=2 </loc><lastmod>2021-11-22</lastmod><image:image><image:loc>https://example.org/i.png</image:loc></image:image></url>
  <url><loc><![CDATA[https://example.org/b]]></loc></url></urlset>`;
const pages = [
  { location: "https://example.org/a?b=1&c=2", changed: "2021-11-22" },
  { location: "https://example.org/b", changed: "" },
];

describe("a sitemap", () => {
  test.each([
    ["as XML", utf8(urlset)],
    ["compressed", Bun.gzipSync(utf8(urlset))],
  ])("%s", async (_, body) => {
    expect((await readSitemap(body)).pages).toEqual(pages);
  });

  test("that is an index names further ones", async () => {
    const index =
      "<sitemapindex><sitemap><loc>/one.xml</loc></sitemap><sitemap><loc>/two.xml.gz</loc></sitemap></sitemapindex>";
    expect(await readSitemap(utf8(index))).toEqual({ pages: [], sitemaps: ["/one.xml", "/two.xml.gz"] });
  });

  test("that is text has an address a line", async () => {
    const { pages: found } = await readSitemap(
      utf8("https://example.org/a\r\nnonsense\nhttps://example.org/b\n"),
    );
    expect(found.map(({ location }) => location)).toEqual(["https://example.org/a", "https://example.org/b"]);
  });

  test("that breaks off gives what came before", async () => {
    expect((await readSitemap(utf8(urlset.slice(0, -40)))).pages).toEqual(pages.slice(0, 1));
    expect((await readSitemap(Bun.gzipSync(utf8(urlset)).slice(0, -12))).pages.length).toBeLessThanOrEqual(2);
  });

  test("that unfolds into a gigabyte is not unfolded", async () => {
    const bomb = Bun.gzipSync(new Uint8Array(80 * 1024 * 1024));
    expect(await readSitemap(bomb)).toEqual({ pages: [], sitemaps: [] });
  });

  test("of any bytes is read or passed over, never thrown at", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        fc.string({ maxLength: 200 }),
        async (bytes, text) => {
          await readSitemap(bytes);
          await readSitemap(utf8(`<urlset>${text}</urlset>`));
        },
      ),
    );
  });
});
