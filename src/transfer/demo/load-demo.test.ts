/** The demo newsroom: whole, linked, in every state that a reader or an editor should meet, and the same a second time. */
import { expect, test } from "bun:test";
import type { Database } from "bun:sqlite";
import { modelMigrations } from "../../../test/model/model.ts";
import { ManualClock } from "../../base/clock.ts";
import { seededRandom } from "../../base/random.ts";
import { verificationStates } from "../../material/material.ts";
import { createMaterial } from "../../material/store.ts";
import { materialIn, wordsOf } from "../../pieces/body.ts";
import { pieceKinds, type Text } from "../../pieces/piece.ts";
import { createPieces } from "../../pieces/store.ts";
import { openDatabase } from "../../store/database.ts";
import { scriptOf } from "../script.ts";
import { demoPieces, loadDemo } from "./load-demo.ts";

const config = {
  site: { name: "", languages: ["ar", "fr", "en"], default_language: "ar", time_zone: "Africa/Casablanca" },
} as const;

function createNewsroom(now: string) {
  const clock = new ManualClock(Date.parse(now));
  const options = { clock, random: seededRandom(1), timeZone: config.site.time_zone };
  const database = openDatabase(":memory:", modelMigrations);
  return {
    database,
    pieces: createPieces(database, options),
    material: createMaterial(database, options),
    load: () => loadDemo(database, { config, clock, random: options.random }),
  };
}

function textsIn(database: Database, store: ReturnType<typeof createPieces>): Text[] {
  return database
    .query<{ id: string }, []>("SELECT id FROM text ORDER BY id")
    .all()
    .flatMap(({ id }) => store.text(id) ?? []);
}

test("everything comes in once, and a second time nothing does", () => {
  const newsroom = createNewsroom("2026-11-22T10:00:00Z");
  expect(newsroom.load()).toEqual({ added: demoPieces.length });
  const before = newsroom.database.serialize();
  expect(newsroom.load()).toEqual({ added: 0 });
  expect(newsroom.database.serialize()).toEqual(before);
});

test("among texts that are somebody's own it refuses to come in; beside it they may", () => {
  const newsroom = createNewsroom("2026-11-22T10:00:00Z");
  newsroom.pieces.addPiece({ site: "portal", kind: "story" });
  expect(() => newsroom.load()).toThrow("holds texts of its own");
  expect(newsroom.pieces.tags("portal")).toEqual([]);
  const fresh = createNewsroom("2026-11-22T10:00:00Z");
  fresh.load();
  fresh.pieces.addPiece({ site: "portal", kind: "story" });
  expect(fresh.load()).toEqual({ added: 0 });
});

test("every kind, every state of material, and every state of publication but one is in it", () => {
  const newsroom = createNewsroom("2026-11-22T10:00:00Z");
  newsroom.load();
  expect(new Set(demoPieces.map(({ kind }) => kind))).toEqual(new Set(pieceKinds));
  const texts = textsIn(newsroom.database, newsroom.pieces);
  expect(new Set(texts.map(({ publication }) => publication))).toEqual(
    new Set(["published", "scheduled", "private", "withdrawn"]),
  );
  const shown = texts.flatMap(({ publishedRevision }) => {
    const revision = newsroom.pieces.revision(publishedRevision ?? "");
    return revision === undefined ? [] : materialIn(revision.body);
  });
  expect(new Set(shown.map((id) => newsroom.material.material(id)?.state))).toEqual(
    new Set(verificationStates),
  );
});

test("a link between pieces leads to a published text", () => {
  const newsroom = createNewsroom("2026-11-22T10:00:00Z");
  newsroom.load();
  for (const text of textsIn(newsroom.database, newsroom.pieces)) {
    const body = newsroom.pieces.revision(text.workingRevision)?.body;
    for (const [, href = ""] of JSON.stringify(body).matchAll(/"href":"([^"]+)"/g)) {
      expect([text.slug, newsroom.pieces.textAt("portal", href)?.publication]).toEqual([
        text.slug,
        "published",
      ]);
    }
  }
});

test("each text is in the script of its language, and says more than its title", () => {
  const newsroom = createNewsroom("2026-11-22T10:00:00Z");
  newsroom.load();
  for (const text of textsIn(newsroom.database, newsroom.pieces)) {
    const revision = newsroom.pieces.revision(text.workingRevision);
    const script = text.language === "ar" || text.language === "ary-Arab" ? "arabic" : "latin";
    const words = revision === undefined ? "" : `${revision.title} ${wordsOf(revision.body)}`;
    expect([text.slug, scriptOf(words)]).toEqual([text.slug, script]);
    expect(words.length).toBeGreaterThan(80);
  }
});

test("translations name the revision that they translate", () => {
  const newsroom = createNewsroom("2026-11-22T10:00:00Z");
  newsroom.load();
  for (const { id } of newsroom.database.query<{ id: string }, []>("SELECT id FROM piece").all()) {
    const texts = newsroom.pieces.textsOf(id);
    const sources = texts.filter(
      (text) => newsroom.pieces.revision(text.workingRevision)?.sourceRevision === null,
    );
    expect(sources).toHaveLength(1);
  }
});

test("on a clock that stands earlier, it happened whole weeks earlier", () => {
  const newsroom = createNewsroom("2011-07-31T14:00:00Z");
  newsroom.load();
  const march = newsroom.pieces.pieceByOrigin("demo:march");
  const [text] = newsroom.pieces.textsOf(march?.id ?? "");
  expect(text?.publishedAt).toBe("2011-07-24T19:40:00.000Z");
  expect(new Date(text?.publishedAt ?? "").getUTCDay()).toBe(new Date("2026-05-17").getUTCDay());
});
