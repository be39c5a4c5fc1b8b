/** A site to measure with: 2,000 pages of 16 kB, signed for the edge and as plain files for nginx, and a certificate for both. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { sha256, utf8 } from "../src/base/bytes.ts";
import { below, seededRandom } from "../src/base/random.ts";
import { dataFolder } from "../src/config/data-folder.ts";
import { BlobStore } from "../src/store/blobs.ts";
import { EditionFolder } from "../src/store/edition-folder.ts";
import { page, TestPublisher } from "../test/edition-fixture.ts";

export const pageBytes = 16_384;
export const pageCount = 2_000;
const linkedFromFront = 20;

export interface BenchSite extends Disposable {
  readonly folder: string;
  readonly data: string;
  readonly pages: string;
  readonly certificate: string;
  readonly key: string;
  readonly paths: readonly string[];
  /** File with the body of one page. */
  readonly fileOf: (path: string) => string;
}

export async function createSite(): Promise<BenchSite> {
  const folder = mkdtempSync(join(tmpdir(), "kasbah-bench-"));
  // nginx gives up root for its worker, which then has to be let in.
  chmodSync(folder, 0o755);
  const pages = join(folder, "pages");
  const bodies = new Map(Array.from({ length: pageCount }, (_, at) => [`/ar/2011/07/s${at}`, bodyOf(at)]));
  const front = frontOf([...bodies.keys()].slice(0, linkedFromFront));
  for (const [path, body] of [...bodies, ["/index.html", front] as const]) {
    mkdirSync(dirname(join(pages, path)), { recursive: true });
    writeFileSync(join(pages, path), body);
  }
  const data = join(folder, "data");
  mkdirSync(dataFolder(data).run, { recursive: true });
  await sign(data, new Map([...bodies, ["/", front]]));
  return {
    folder,
    data,
    pages,
    ...createCertificate(folder),
    paths: [...bodies.keys()],
    fileOf: (path) => join(pages, path),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function sign(data: string, bodies: ReadonlyMap<string, string>): Promise<void> {
  const { blobs, editions } = dataFolder(data);
  await new BlobStore(blobs).put(new Map([...bodies.values()].map((body) => [sha256(body), utf8(body)])));
  const publisher = new TestPublisher();
  await publisher.publish([...bodies].map(([path, body]) => page({ site: "portal", path }, body)));
  await new EditionFolder(editions).write([publisher.files]);
}

function frontOf(paths: readonly string[]): string {
  const links = paths.map((path) => `<a href="${path}">${path}</a>`).join(" ");
  return `<!doctype html><meta charset="utf-8"><title>Front</title><p>${links}${bodyOf(-1)}`.slice(
    0,
    pageBytes,
  );
}

/** Words of a small vocabulary, so that it compresses about as text does. */
function bodyOf(seed: number): string {
  const random = seededRandom(seed + 1);
  const words = Array.from({ length: 600 }, () => below(random, 36 ** 6).toString(36));
  let text = `<!doctype html><meta charset="utf-8"><title>Story ${seed}</title><p>`;
  while (text.length < pageBytes) text += `${words[below(random, words.length)]} `;
  return text.slice(0, pageBytes);
}

export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

/** PEM files of one for localhost, in that folder. */
export function createCertificate(folder: string): Certificate {
  const [certificate, key] = [join(folder, "certificate.pem"), join(folder, "key.pem")];
  const arguments_ =
    "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost";
  Bun.spawnSync(["openssl", ...arguments_.split(" "), "-keyout", key, "-out", certificate]);
  return { certificate, key };
}
