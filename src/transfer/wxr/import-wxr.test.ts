/** Whole imports into a real database: what comes in and where, what stays out and why, and what a second run does. */
import { afterAll, describe, expect, test } from "bun:test";
import type { Database } from "bun:sqlite";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { modelMigrations } from "../../../test/model/model.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { ManualClock } from "../../base/clock.ts";
import { OperatorError } from "../../base/errors.ts";
import { seededRandom } from "../../base/random.ts";
import type { ImportReport } from "../../bus/subjects.ts";
import type { Pieces } from "../../pieces/api.ts";
import { wordsOf } from "../../pieces/body.ts";
import type { SiteName, Text } from "../../pieces/piece.ts";
import { createPieces } from "../../pieces/store.ts";
import { openDatabase } from "../../store/database.ts";
import { feature as transfer } from "../feature.ts";
import { importWxr, type ImportOptions, type Progress } from "./import-wxr.ts";

const top = join(import.meta.dir, "../../..");
const fixture = join(top, "test/fixtures/wxr/newsroom.xml");
const themeTest = join(top, "../shared/samples/wxr/themeunittestdata.wordpress.xml");
const { path: folder, remove } = temporaryFolder();
afterAll(remove);

interface Newsroom {
  readonly database: Database;
  readonly pieces: Pieces;
  readonly clock: ManualClock;
  import(file?: string, options?: Partial<ImportOptions>): Promise<ImportReport>;
}

/** On Mamfakinch!'s own day. */
function createNewsroom(): Newsroom {
  const database = openDatabase(":memory:", [...modelMigrations, ...transfer.migrations]);
  const clock = new ManualClock(Date.parse("2011-07-31T14:00:00Z"));
  const random = seededRandom(7);
  const config = {
    site: { name: "", languages: ["ar", "fr", "en"], default_language: "ar", time_zone: "Africa/Casablanca" },
    import: { file_bytes_max: 64 * 1024 * 1024, items_max: 100_000 },
  } as const;
  return {
    database,
    pieces: createPieces(database, { clock, random, timeZone: config.site.time_zone }),
    clock,
    import: (file = fixture, options = {}) =>
      importWxr(database, { file, site: "portal", config, clock, random, ...options }),
  };
}

async function imported(options: Partial<ImportOptions> = {}): Promise<Newsroom & { report: ImportReport }> {
  const newsroom = createNewsroom();
  return { ...newsroom, report: await newsroom.import(fixture, options) };
}

function textBySlug({ database, pieces: store }: Newsroom, slug: string): Text {
  const row = database.query<{ id: string }, [string]>("SELECT id FROM text WHERE slug = ?").get(slug);
  const text = store.text(row?.id ?? "");
  if (text === undefined) throw new Error(`there is no text "${slug}"`);
  return text;
}

function wordsAt(newsroom: Newsroom, slug: string): string {
  const revision = newsroom.pieces.revision(textBySlug(newsroom, slug).workingRevision);
  return revision === undefined ? "" : wordsOf(revision.body);
}

function lineOf(report: ImportReport, name: string): ImportReport["items"][number] | undefined {
  return report.items.find((item) => item.name === name);
}

/** A copy of the fixture with something changed. */
async function changed(name: string, from: string, to: string): Promise<string> {
  const file = join(folder, name);
  const text = await Bun.file(fixture).text();
  expect(text).toContain(from);
  await Bun.write(
    file,
    text.replace(from, () => to),
  );
  return file;
}

async function faultOf(importing: Promise<unknown>): Promise<string> {
  const thrown: unknown = await importing.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(OperatorError);
  return (thrown as OperatorError).message;
}

describe("a first import", () => {
  test("counts what came in and says why the rest did not", async () => {
    const { report } = await imported();
    expect(report.taken).toEqual({
      story: 9,
      brief: 1,
      page: 1,
      section: 2,
      tag: 3,
      byline: 1,
      redirect: 34,
    });
    expect(report.outcomes).toEqual({ added: 11, "left out": 5 });
    expect(lineOf(report, "quai")).toMatchObject({ what: "media", outcome: "left out" });
    expect(lineOf(report, "Accueil")).toMatchObject({ what: "menu item", detail: "menus are not built yet" });
    expect(lineOf(report, "Corbeille")).toMatchObject({ outcome: "left out", detail: "it is in the bin" });
    expect(lineOf(report, "Encore la criée")).toMatchObject({ detail: "a second item with the same number" });
    expect(lineOf(report, "La criée rouvre enfin")?.detail).toBe(
      "comments left out: 2; it was sticky: the front page is arranged by editors; event handler removed, link of a forbidden or broken kind removed, script removed",
    );
  });

  test("places a story: section, tags, byline, address, date, words", async () => {
    const newsroom = await imported();
    const text = textBySlug(newsroom, "la-criee-rouvre");
    expect(text).toMatchObject({
      language: "fr",
      publication: "published",
      path: "/fr/2011/07/la-criee-rouvre",
      publishedAt: "2011-07-10T09:00:00.000Z",
    });
    expect(newsroom.pieces.piece(text.pieceId)).toMatchObject({
      kind: "story",
      section: "port",
      tags: ["eau", "criee"],
    });
    expect(newsroom.pieces.sections("portal").map(({ names }) => names)).toContainEqual({
      fr: "Port & pêche",
    });
    expect(newsroom.pieces.revision(text.workingRevision)).toMatchObject({
      title: "La criée rouvre enfin",
      standfirst: "Après quatre mois de travaux.",
    });
    expect(wordsAt(newsroom, "la-criee-rouvre")).toBe(
      'La criée a rouvert lundi.\nLes pêcheurs attendaient depuis mars.\nLe quai, lundi matin\nVoir aussi les coupures d\'eau, ceci et [formulaire-inconnu id="3"].',
    );
  });

  test("joins a picture's number to its file and description", async () => {
    const newsroom = await imported();
    const revision = newsroom.pieces.revision(textBySlug(newsroom, "la-criee-rouvre").workingRevision);
    expect(revision?.body.doc.content.find((block) => block.type === "image")?.attrs).toMatchObject({
      source: "https://sawt.example/wp-content/uploads/quai.jpg",
      alt: "Deux barques bleues à quai",
      caption: "Le quai, lundi matin",
    });
  });

  test("links inside the old site keep working under any name", async () => {
    const newsroom = await imported();
    const revision = newsroom.pieces.revision(textBySlug(newsroom, "la-criee-rouvre").workingRevision);
    const [href] = JSON.stringify(revision?.body).match(/(?<="href":")[^"]+/) ?? [];
    expect(href).toBe("/2011/07/coupures/");
    expect(newsroom.pieces.textAt("portal", href ?? "")?.language).toBe("ar");
  });

  test("an address of the old site that a link can't have does not cost the text its form", async () => {
    const doubled = await changed(
      "doubled.xml",
      "<link>https://sawt.example/2011/07/coupures/",
      "<link>https://sawt.example//2011/07/coupures/",
    );
    const text = (await Bun.file(doubled).text())
      .replace("www.sawt.example/2011/07/coupures/", "sawt.example//2011/07/coupures/")
      .replace("https://sawt.example/wp-content/uploads/quai.jpg", "javascript:alert(1)");
    await Bun.write(doubled, text);
    const newsroom = createNewsroom();
    await newsroom.import(doubled);
    const { workingRevision } = textBySlug(newsroom, "la-criee-rouvre");
    const body = newsroom.pieces.revision(workingRevision)?.body;
    expect(JSON.stringify(body)).toContain('"href":"/2011/07/coupures/"');
    expect(body?.doc.content.find((block) => block.type === "image")?.attrs.source).toBe(
      "https://sawt.example/wp-content/uploads/quai-300x200.jpg",
    );
  });

  test("Arabic comes in as Arabic, right to left, with what is left to right inside it", async () => {
    const newsroom = await imported();
    const text = textBySlug(newsroom, "انقطاع-الماء");
    expect(text.language).toBe("ar");
    expect(newsroom.pieces.revision(text.workingRevision)?.body.doc.content).toMatchObject([
      { type: "paragraph", attrs: {} },
      { type: "paragraph", attrs: { lang: "fr", dir: "ltr" } },
      {
        type: "paragraph",
        content: [
          { type: "text" },
          { text: "l'Office de l'eau", marks: [{ type: "language", attrs: { lang: "fr", dir: "ltr" } }] },
          { type: "text" },
        ],
      },
    ]);
  });

  test("translations that a plug-in tied together are texts of one piece", async () => {
    const newsroom = await imported();
    const english = textBySlug(newsroom, "water-cut-off");
    expect(english.language).toBe("en");
    expect(newsroom.pieces.textsOf(english.pieceId).map(({ language }) => language)).toEqual(
      expect.arrayContaining(["ar", "en"]),
    );
    expect(wordsAt(newsroom, "water-cut-off")).toBe(
      "Le quai sud\nThe water has been off for three days.\nBox: how to store water.\nhttps://video.example/watch/9\nA resident's video",
    );
  });

  test("what was not public stays unpublished, and its password is gone", async () => {
    const newsroom = await imported();
    const publications = Object.fromEntries(
      ["brouillon", "en-relecture", "demain", "trop-tard", "prive", "protege"].map((slug) => {
        const { publication, workingRevision } = textBySlug(newsroom, slug);
        return [slug, [publication, newsroom.pieces.revision(workingRevision)?.workflow]];
      }),
    );
    expect(publications).toEqual({
      brouillon: ["none", "draft"],
      "en-relecture": ["none", "in review"],
      demain: ["scheduled", "ready"],
      "trop-tard": ["none", "ready"],
      prive: ["private", "ready"],
      protege: ["private", "ready"],
    });
  });

  test("the database holds nobody's account, e-mail, password or comment", async () => {
    const { database } = await imported();
    const everything = Buffer.from(database.serialize()).toString("utf8");
    expect(everything).toContain("Idris Tamart");
    expect(everything).not.toMatch(
      /@secret|compte-secret|compte-disparu|sesame|Commentatrice|203\.0\.113|parole-secrete|Prenom|Nom-Secret/,
    );
  });

  test("every old address leads to the text, and only to one", async () => {
    const newsroom = await imported();
    const rows = newsroom.database
      .query<{ address: string }, []>(
        `SELECT a.path || '?' || a.query || ' ' || t.slug AS address FROM address a JOIN text t ON t.id = a.text_id
         WHERE own = 0 ORDER BY 1`,
      )
      .all()
      .map(({ address }) => address);
    expect(rows).toContain("/?p=101 la-criee-rouvre");
    expect(rows).toContain("/2011/07/la-criee-rouvre? la-criee-rouvre");
    expect(rows).toContain("/2011/07/la-criee-rouvre/? la-criee-rouvre");
    expect(rows).toContain("/2011/07/ancienne-adresse/? انقطاع-الماء");
    expect(rows).toContain("/?page_id=106 a-propos");
    expect(rows.filter((row) => row.startsWith("/? "))).toEqual([]);
  });

  test("old lists and the feed lead to ours, and no address tells an account's name", async () => {
    const { database } = await imported();
    const rows = database
      .query<{ hop: string }, []>("SELECT path || ' ' || target AS hop FROM address WHERE target IS NOT NULL")
      .all()
      .map(({ hop }) => hop);
    expect(rows).toContain("/category/port/ /fr/section/port");
    expect(rows).toContain("/tag/criee /fr/tag/criee");
    expect(rows).toContain("/feed/ /feed.xml");
    expect(rows.filter((row) => row.includes("author"))).toEqual([]);
  });

  test("into the blog makes posts; a page is a page everywhere", async () => {
    const { report } = await imported({ site: "blog" });
    expect(report.taken).toMatchObject({ post: 10, page: 1 });
  });

  test("a post without a title is called by its day, in its language", async () => {
    const newsroom = await imported();
    const revision = newsroom.pieces.revision(textBySlug(newsroom, "104").workingRevision);
    expect(revision?.title).toBe("Sans titre, 20 juillet 2011");
  });

  test("another default language holds for what says nothing, not for Arabic letters", async () => {
    const newsroom = await imported({ language: "en" });
    expect(textBySlug(newsroom, "la-criee-rouvre").language).toBe("en");
    expect(textBySlug(newsroom, "انقطاع-الماء").language).toBe("ar");
    const arabic = await imported({ language: "ary-Arab" });
    expect(textBySlug(arabic, "la-criee-rouvre").language).toBe("fr");
  });

  test("tells how far it is, twice over the file", async () => {
    const steps: Progress[] = [];
    await imported({ progress: (progress) => steps.push(progress) });
    expect([...new Set(steps.map(({ step }) => step))]).toEqual(["reading", "importing"]);
    expect(steps.at(-1)).toMatchObject({ done: Bun.file(fixture).size, total: Bun.file(fixture).size });
  });
});

describe("a second import", () => {
  test("adds nothing", async () => {
    const newsroom = await imported();
    const before = newsroom.database.serialize();
    const report = await newsroom.import();
    expect(report.taken).toEqual({});
    expect(report.outcomes).toEqual({ unchanged: 11, "left out": 5 });
    expect(newsroom.database.serialize()).toEqual(before);
  });

  test("keeps what an editor changed, whoever the revision says wrote it", async () => {
    const newsroom = await imported();
    const text = textBySlug(newsroom, "la-criee-rouvre");
    const revision = newsroom.pieces.revision(text.workingRevision);
    if (revision === undefined) throw new Error("no revision");
    const { standfirst, body } = revision;
    newsroom.pieces.saveRevision({
      textId: text.id,
      parent: revision.id,
      content: { title: "Le port respire", standfirst, body },
    });
    const report = await newsroom.import(await changed("new.xml", "a rouvert lundi", "a rouvert mardi"));
    expect(lineOf(report, "La criée rouvre enfin")).toMatchObject({ outcome: "kept" });
    const now = newsroom.pieces.revision(textBySlug(newsroom, "la-criee-rouvre").workingRevision);
    expect(now?.title).toBe("Le port respire");
  });

  test("follows the file where nobody changed anything here, as a new revision", async () => {
    const newsroom = await imported();
    newsroom.clock.advance(60_000);
    const report = await newsroom.import(await changed("new.xml", "a rouvert lundi", "a rouvert mardi"));
    expect(report.outcomes).toEqual({ updated: 1, unchanged: 10, "left out": 5 });
    const text = textBySlug(newsroom, "la-criee-rouvre");
    expect(wordsAt(newsroom, "la-criee-rouvre")).toContain("mardi");
    expect(text).toMatchObject({ publication: "published", revisedAt: "2011-07-31T14:01:00.000Z" });
    expect(newsroom.pieces.revisionsOf(text.id)).toHaveLength(2);
  });

  test("publishes what the file has published since, and nothing that an editor hid", async () => {
    const newsroom = await imported();
    const hidden = textBySlug(newsroom, "la-criee-rouvre");
    newsroom.pieces.makePrivate(hidden.id);
    const file = await changed("new.xml", "<wp:status>pending</wp:status>", "<wp:status>publish</wp:status>");
    const report = await newsroom.import(file);
    expect(lineOf(report, "En relecture")).toMatchObject({ outcome: "updated" });
    expect(textBySlug(newsroom, "en-relecture").publication).toBe("published");
    expect(textBySlug(newsroom, "la-criee-rouvre").publication).toBe("private");
  });

  test("never brings back what was withdrawn, and never hides what is public", async () => {
    const newsroom = await imported();
    newsroom.pieces.withdraw(textBySlug(newsroom, "la-criee-rouvre").id);
    const file = await changed("new.xml", "<wp:status>publish</wp:status>", "<wp:status>draft</wp:status>");
    const report = await newsroom.import(file);
    expect(lineOf(report, "La criée rouvre enfin")).toMatchObject({
      outcome: "kept",
      detail: "it is withdrawn here",
    });
    expect(lineOf(report, "Water cut off in the harbour district")).toMatchObject({ outcome: "kept" });
    expect(textBySlug(newsroom, "la-criee-rouvre").publication).toBe("withdrawn");
    expect(textBySlug(newsroom, "water-cut-off").publication).toBe("published");
  });
});

describe("a file that is refused", () => {
  test("leaves nothing behind, however much of it was whole", async () => {
    const newsroom = createNewsroom();
    const file = join(folder, "cut.xml");
    const text = await Bun.file(fixture).text();
    await Bun.write(file, text.slice(0, text.indexOf("<title>Corbeille")));
    const before = newsroom.database.serialize();
    expect(await faultOf(newsroom.import(file))).toMatch(
      /breaks off at line \d+, after 12 whole items: nothing was imported/,
    );
    expect(newsroom.database.serialize()).toEqual(before);
  });

  test("is missing, a folder, too large, or asked into the wrong place", async () => {
    const newsroom = createNewsroom();
    expect(await faultOf(newsroom.import(join(folder, "none.xml")))).toContain("there is no file");
    expect(await faultOf(newsroom.import(folder))).toContain("is not a file");
    const config = { site: { languages: [] }, import: { file_bytes_max: 2_048, items_max: 10 } };
    expect(
      await faultOf(newsroom.import(fixture, { config: config as unknown as ImportOptions["config"] })),
    ).toContain("larger than 2048 bytes");
    expect(await faultOf(newsroom.import(fixture, { site: "shop" }))).toBe('there is no site "shop"');
    expect(await faultOf(newsroom.import(fixture, { language: "kab" }))).toContain("not a language");
  });

  test("does not say where its site stood", async () => {
    const file = await changed("nowhere.xml", "<link>https://sawt.example</link>", "<link></link>");
    const nowhere = (await Bun.file(file).text()).replace(
      "<wp:base_blog_url>https://sawt.example",
      "<wp:base_blog_url>",
    );
    await Bun.write(file, nowhere);
    expect(await faultOf(createNewsroom().import(file))).toContain("does not say where its site stood");
  });
});

/** As many posts as wanted, each of the given text. */
async function manyPosts(name: string, posts: number, content: string): Promise<string> {
  const file = join(folder, name);
  const [head = ""] = (await Bun.file(fixture).text()).split("\n\t<item>", 1);
  const items = Array.from(
    { length: posts },
    (_, id) =>
      `<item><title>Jour ${id}</title><link>https://sawt.example/j/${id}/</link><content:encoded>${content}</content:encoded><wp:post_id>${id + 1}</wp:post_id><wp:post_date_gmt>2011-07-01 10:00:00</wp:post_date_gmt><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>`,
  );
  await Bun.write(file, [head, ...items, "</channel></rss>"].join("\n"));
  return file;
}

const paragraph = `${"Les bateaux sont sortis ce matin, puis ils sont rentrés. ".repeat(10)}\n\n`;

test("a large file comes in as well", async () => {
  const file = await manyPosts("large.xml", 1_000, paragraph.repeat(34));
  expect(Bun.file(file).size).toBeGreaterThan(19_000_000);
  expect((await createNewsroom().import(file)).taken).toMatchObject({ story: 1_000 });
}, 60_000);

test("an import that ends half-way leaves whole items, and the next one brings in the rest", async () => {
  const file = await manyPosts("half.xml", 100, paragraph.repeat(10));
  const newsroom = createNewsroom();
  const dies = ({ step, done }: Progress): void => {
    if (step === "importing" && done > 300_000) throw new Error("killed");
  };
  expect(await newsroom.import(file, { progress: dies }).then(() => "done", String)).toContain("killed");
  const report = await newsroom.import(file);
  const { added = 0, unchanged = 0 } = report.outcomes;
  expect(added + unchanged).toBe(100);
  expect(Math.min(added, unchanged)).toBeGreaterThan(0);
});

describe.skipIf(!existsSync(themeTest))("WordPress's own import test", () => {
  /** Counted in the file itself, by other means than the reader. */
  async function countsInFile(): Promise<Record<string, number>> {
    const text = await Bun.file(themeTest).text();
    const items = text.split("<item>").slice(1);
    const field = (item: string, name: string): string =>
      new RegExp(`<${name}>(?:<!\\[CDATA\\[)?([^<\\]]*)`).exec(item)?.[1] ?? "";
    const counts: Record<string, number> = {};
    for (const item of items) {
      const type = field(item, "wp:post_type");
      const isPrivate = field(item, "wp:post_password") !== "";
      const key =
        type === "post" || type === "page" ? (isPrivate ? "private" : field(item, "wp:status")) : "left out";
      counts[key] = (counts[key] ?? 0) + 1;
    }
    return counts;
  }

  test.each<SiteName>(["portal", "blog"])(
    "comes in whole on the %s, and a second time not at all",
    async (site) => {
      const newsroom = createNewsroom();
      newsroom.clock.advance(Date.parse("2026-01-01T00:00:00Z") - newsroom.clock.nowMs());
      const report = await newsroom.import(themeTest, { site });
      const counts = await countsInFile();
      expect(counts).toEqual({ publish: 76, future: 1, draft: 1, private: 1, "left out": 107 });
      const publications = newsroom.database
        .query<{ publication: string; count: number }, []>(
          "SELECT publication, count(*) AS count FROM text GROUP BY 1",
        )
        .all();
      expect(Object.fromEntries(publications.map(({ publication, count }) => [publication, count]))).toEqual({
        published: counts["publish"] ?? 0,
        scheduled: 1,
        none: 1,
        private: 1,
      });
      expect(report.outcomes).toEqual({ added: 79, "left out": 107 });
      expect(report.items).toHaveLength(186);
      const before = newsroom.database.serialize();
      expect((await newsroom.import(themeTest, { site })).outcomes).toEqual({
        unchanged: 79,
        "left out": 107,
      });
      expect(newsroom.database.serialize()).toEqual(before);
    },
  );

  test("keeps no account name and no e-mail address", async () => {
    const newsroom = createNewsroom();
    await newsroom.import(themeTest);
    const everything = Buffer.from(newsroom.database.serialize()).toString("utf8");
    expect(everything).toContain("Theme Buster");
    expect(everything).not.toMatch(/themedemos|themereviewteam|@gmail\.com/);
  });
});
