/** What sitemaps name (sitemaps.org, protocol 0.9): pages with the day of their last change, and further sitemaps. */
import { createGunzip } from "node:zlib";
import { SaxesParser } from "saxes";

export interface Sitemap {
  readonly pages: readonly SitemapPage[];
  /** Of an index: other sitemaps' addresses. */
  readonly sitemaps: readonly string[];
}

export interface SitemapPage {
  readonly location: string;
  /** As it stands there; empty where nothing is said. */
  readonly changed: string;
}

/** The protocol's own limits. */
const bytesMax = 50 * 1024 * 1024;
const entriesMax = 50_000;
const textLengthMax = 4_096;

/** What could be read until its end, or until it stopped being XML. A sitemap that is plain text names a page a line. */
export async function readSitemap(body: Uint8Array): Promise<Sitemap> {
  const text = new TextDecoder().decode(isGzip(body) ? await unzipped(body) : body);
  return /^\s*</.test(text) ? readXml(text) : readLines(text);
}

function readLines(text: string): Sitemap {
  const lines = text.split(/\r?\n/, entriesMax).map((line) => line.trim());
  const pages = lines.filter((line) => /^https?:\/\//.test(line));
  return { pages: pages.map((location) => ({ location, changed: "" })), sitemaps: [] };
}

function readXml(text: string): Sitemap {
  const pages: SitemapPage[] = [];
  const sitemaps: string[] = [];
  // Without namespaces: prefixes of extensions are often used and not declared.
  const parser = new SaxesParser();
  let entry = { location: "", changed: "" };
  let words = "";
  const hear = (more: string): void => {
    if (words.length < textLengthMax) words += more;
  };
  parser.on("opentag", ({ name }) => {
    words = "";
    if (name === "url" || name === "sitemap") entry = { location: "", changed: "" };
  });
  parser.on("text", hear);
  parser.on("cdata", hear);
  parser.on("closetag", ({ name }) => {
    if (name === "loc") entry.location = words.trim();
    else if (name === "lastmod") entry.changed = words.trim();
    else if (name === "url" && pages.length < entriesMax) pages.push(entry);
    else if (name === "sitemap" && sitemaps.length < entriesMax) sitemaps.push(entry.location);
  });
  parser.on("error", (error) => {
    throw error;
  });
  try {
    parser.write(text).close();
  } catch {
    // What came before stands.
  }
  return { pages, sitemaps };
}

function isGzip(body: Uint8Array): boolean {
  return body[0] === 0x1f && body[1] === 0x8b;
}

/** As much of it as a sitemap may have: a small file can unfold into a very large one. */
async function unzipped(body: Uint8Array): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const gunzip = createGunzip();
  gunzip.end(body);
  try {
    for await (const piece of gunzip as AsyncIterable<Uint8Array>) {
      pieces.push(piece);
      length += piece.length;
      if (length > bytesMax) break;
    }
  } catch {
    // What came before stands.
  }
  return Buffer.concat(pieces).subarray(0, bytesMax);
}
