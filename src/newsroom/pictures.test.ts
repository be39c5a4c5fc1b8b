/** A picture's whole way through the real newsroom: sent, shown, hidden, withdrawn; and that nothing of the original is left. */
import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { startTestEdge } from "../../test/edge/in-process.ts";
import { bodyOf, contentOf } from "../../test/model/model.ts";
import { type Needle, metadataIn, traceOf } from "../../test/metadata.ts";
import { drawing, drawn, photographs, withSegment } from "../../test/pictures.ts";
import { openStudio, personWho } from "../../test/studio/studio.ts";
import { type TemporaryFolder, temporaryFolder } from "../../test/temporary-folder.ts";
import { ManualClock } from "../base/clock.ts";
import { silentLog } from "../base/log.ts";
import { dataFolder } from "../config/data-folder.ts";
import { defaultConfig } from "../config/load.ts";
import { pictureRoutes } from "../media/routes.ts";
import type { Block } from "../pieces/body.ts";
import { openNewsroom } from "./newsroom.ts";
import type { Newsroom } from "./parts.ts";

/** Each picture is cleaned by a process of its own, and editions are signed. */
setDefaultTimeout(30_000);

interface Place extends AsyncDisposable {
  readonly newsroom: Newsroom;
  readonly folder: TemporaryFolder;
  /** Through the studio's front door; the picture's id. */
  send(bytes: Uint8Array): Promise<string>;
  /** A story that shows these pictures, published; its text's id. */
  publish(title: string, ...pictures: string[]): Promise<string>;
}

async function place(): Promise<Place> {
  const folder = temporaryFolder("memory");
  const clock = new ManualClock(Date.parse("2011-07-31T14:05:09Z"));
  const wait = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await Promise.resolve();
  };
  const config = defaultConfig();
  const data = dataFolder(folder.path);
  const newsroom = await openNewsroom({ config, data, clock, wait, log: silentLog, onPublished: () => {} });
  const account = newsroom.people.addAccount("Amina");
  const studio = openStudio({ routes: pictureRoutes(newsroom), person: personWho(undefined, account.id) });
  return {
    newsroom,
    folder,
    async send(bytes) {
      const headers = { origin: studio.origin, accept: "application/json" };
      const answer = await fetch(`${studio.origin}/pictures`, {
        method: "POST",
        body: Uint8Array.from(bytes),
        headers,
      });
      const { id = "", error } = (await answer.json()) as { id?: string; error?: string };
      if (error !== undefined) throw new Error(error);
      return id;
    },
    async publish(title, ...pictures) {
      const { pieces, publisher } = newsroom;
      const { piece } = pieces.addPiece({ site: "portal", kind: "story" });
      const shown = pictures.map((media, at): Block => ({
        type: "image",
        attrs: { id: `i${at}`, media, alt: title },
      }));
      const content = contentOf(title, "", bodyOf(...shown));
      const { text } = pieces.addText({ pieceId: piece.id, language: "fr", content, workflow: "ready" });
      expect(pieces.publish(text.id).outcome).toBe("done");
      await publisher.publish();
      return text.id;
    },
    async [Symbol.asyncDispose]() {
      await studio[Symbol.asyncDispose]();
      await newsroom[Symbol.asyncDispose]();
      await folder.remove();
    },
  };
}

/** File names of pictures that the present edition has, of one of them or of all. */
function shownNow({ newsroom }: Place, id = ""): string[] {
  const targets = [...(newsroom.publisher.current?.edition.targets.values() ?? [])];
  return targets.map(({ path }) => path).filter((path) => path.startsWith(`/_kasbah/media/${id}`));
}

function blobOf({ folder }: Place, name: string): Buffer {
  return readFileSync(join(dataFolder(folder.path).blobs, name.slice(0, 2), name));
}

function pathOf({ newsroom }: Place, textId: string): string {
  return newsroom.pieces.text(textId)?.path ?? "";
}

function withdraw(there: Place, textId: string): Promise<unknown> {
  const url = `http://localhost${pathOf(there, textId)}`;
  return Promise.resolve(there.newsroom.operations["newsroom.withdraw"]?.({ url }));
}

/** Everything below the data folder, by path. */
function filesBelow(folder: string): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const path = join(folder, name);
    if (statSync(path).isFile()) found.set(name, readFileSync(path));
  }
  return found;
}

function holding({ folder }: Place, bytes: Uint8Array): string[] {
  return [...filesBelow(folder.path)].filter(([, data]) => data.includes(bytes)).map(([name]) => name);
}

describe("a picture on the public site", () => {
  test("is there while a published text shows it, and only then", async () => {
    await using there = await place();
    const [id, unused] = [await there.send(await drawn("jpeg")), await there.send(await drawn("png", 400))];
    expect(shownNow(there)).toEqual([]);
    const text = await there.publish("Une", id);
    const second = await there.publish("Deux", id);
    expect(shownNow(there, id).length).toBe(2);
    expect(shownNow(there, unused)).toEqual([]);
    const { pieces, publisher } = there.newsroom;
    pieces.makePrivate(text);
    await publisher.publish();
    expect(shownNow(there, id).length).toBe(2);
    pieces.makePrivate(second);
    await publisher.publish();
    expect(shownNow(there)).toEqual([]);
    pieces.publish(text);
    await publisher.publish();
    expect(shownNow(there, id).length).toBe(2);
  });

  test("goes for good with the last text that showed it: files, blobs, rollback; what others show stays", async () => {
    await using there = await place();
    const [own, shared] = [await there.send(await drawn("jpeg")), await there.send(await drawn("png", 400))];
    const first = await there.publish("Une", own, shared);
    await there.publish("Deux", shared);
    const { pictures, publisher } = there.newsroom;
    const version = publisher.current?.edition.version ?? 0;
    const file = there.newsroom.pictures.file(`${own}-320.webp`) ?? new Uint8Array();
    expect(holding(there, file).length).toBe(2);
    await withdraw(there, first);
    expect(holding(there, file)).toEqual([]);
    expect(pictures.picture(own)).toBeUndefined();
    expect(shownNow(there, own)).toEqual([]);
    expect(shownNow(there, shared).length).toBe(2);
    await publisher.rollback(version);
    expect(shownNow(there, own)).toEqual([]);
    expect(shownNow(there, shared).length).toBe(2);
    expect(holding(there, file)).toEqual([]);
    expect(there.send(await drawn("jpeg"))).rejects.toThrow("withdrawn");
  });

  test("goes also with a text that was hidden before it was withdrawn, and with revisions that no longer showed it", async () => {
    await using there = await place();
    const id = await there.send(await drawn("jpeg"));
    const text = await there.publish("Une", id);
    const file = there.newsroom.pictures.file(`${id}-320.webp`) ?? new Uint8Array();
    const { pieces, publisher } = there.newsroom;
    const parent = pieces.text(text)?.workingRevision ?? "";
    pieces.saveRevision({ textId: text, parent, content: contentOf("Sans image"), workflow: "ready" });
    pieces.publish(text);
    await publisher.publish();
    pieces.makePrivate(text);
    await publisher.publish();
    expect(holding(there, file).length).toBe(2);
    await withdraw(there, text);
    expect(holding(there, file)).toEqual([]);
  });

  test("reaches readers through an edge, large or small, and may be kept by their browsers alone", async () => {
    await using there = await place();
    const id = await there.send(await drawn("png", 900, 900));
    await there.publish("Une", id);
    await using edge = startTestEdge({ config: { edge: { large_bytes: 64 * 1024 } } });
    const pages = [...(there.newsroom.publisher.current?.edition.targets.values() ?? [])]
      .filter(({ path }) => path.startsWith("/_kasbah/media/"))
      .map((target) => Object.assign({ body: blobOf(there, target.sha256) }, target));
    edge.publish(pages);
    const lengths = [];
    for (const { path, body, type } of pages) {
      const answer = await fetch(edge.url + path);
      expect([answer.status, answer.headers.get("content-type")]).toEqual([200, type]);
      expect(answer.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
      expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(Buffer.compare(await answer.bytes(), body)).toBe(0);
      lengths.push(body.length);
    }
    expect(Math.min(...lengths)).toBeLessThan(64 * 1024);
    expect(Math.max(...lengths)).toBeGreaterThan(64 * 1024);
  });

  test("whose file was changed on the newsroom's disk is never signed", async () => {
    await using there = await place();
    const id = await there.send(await drawn("jpeg"));
    const file = join(dataFolder(there.folder.path).media, `${id}-320.webp`);
    await Bun.write(file, "something else");
    await there.publish("Une", id);
    expect(shownNow(there, id)).toEqual([`/_kasbah/media/${id}-320.jpg`]);
  });
});

const hidden = ["Amina Bennani", "COOLPIX P6000 no. 30041972", "2008:10:22 16:28:39", "43.46744833"] as const;

/** Pictures that carry all of `hidden`, each in another way. */
async function marked(): Promise<Uint8Array[]> {
  const all = hidden.join("; ");
  const exif = { IFD0: { Artist: hidden[0], Model: hidden[1], DateTime: hidden[2], Copyright: hidden[3] } };
  const jpeg = await drawn("jpeg", 300);
  const gif = Buffer.from(await drawn("gif", 301));
  const comment = Buffer.concat([Buffer.from([0x21, 0xfe, all.length]), Buffer.from(all), Buffer.from([0])]);
  const png = Buffer.from(await drawn("png", 302));
  const chunk = Buffer.concat([Buffer.from("tEXtComment\0"), Buffer.from(all)]);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(chunk.length - 4);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(Bun.hash.crc32(chunk));
  return [
    withSegment(jpeg, 0xfffe, all),
    withSegment(jpeg, 0xffed, `Photoshop 3.0\0${all}`),
    withSegment(jpeg, 0xffe1, `http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${all}</x:xmpmeta>`),
    await drawing(303, 200).withExif(exif).jpeg().toBuffer(),
    await drawing(304, 200).withExif(exif).webp().toBuffer(),
    await drawing(305, 200).withExif(exif).png().toBuffer(),
    Buffer.concat([gif.subarray(0, -1), comment, gif.subarray(-1)]),
    Buffer.concat([png.subarray(0, 33), head, chunk, sum, png.subarray(33)]),
  ];
}

describe("of the original nothing is left in any file below the data folder", () => {
  test("neither name, serial number, date nor place, wherever a picture carries them", async () => {
    await using there = await place();
    const pictures = [];
    for (const bytes of await marked()) {
      expect([...hidden].filter((words) => !Buffer.from(bytes).includes(words))).toEqual([]);
      pictures.push(await there.send(bytes));
    }
    await there.publish("Une", ...pictures);
    for (const words of hidden) expect(holding(there, Buffer.from(words))).toEqual([]);
  });

  test.skipIf(photographs.length === 0)(
    "of real photographs, by their metadata as another reader finds it",
    async () => {
      await using there = await place();
      const taken = photographs.filter(({ name }) => name.endsWith(".jpg"));
      const needles = taken.flatMap(({ bytes }) => metadataIn(bytes));
      expect(needles.filter(({ what }) => what.startsWith("GPS")).length).toBeGreaterThan(3);
      const pictures = [];
      for (const { bytes } of taken) pictures.push(await there.send(bytes));
      const uploaded = filesBelow(there.folder.path);
      expect([...uploaded.keys()].some((name) => name.endsWith("-wal"))).toBe(true);
      expect(tracesIn(uploaded, needles)).toEqual([]);
      await there.publish("Une", ...pictures);
      expect(tracesIn(filesBelow(there.folder.path), needles)).toEqual([]);
    },
  );

  test.skipIf(photographs.length === 0)(
    "and this search finds what a careless intake would leave",
    async () => {
      const careless = new Map<string, Buffer>();
      for (const { name, bytes } of photographs.filter(({ name: each }) => each.endsWith(".jpg"))) {
        const needles = metadataIn(bytes);
        const kept = await sharp(bytes).keepMetadata().resize(480).webp().toBuffer();
        careless.set(name, kept);
        expect([name, tracesIn(careless, needles).length > 0]).toEqual([name, true]);
      }
    },
  );
});

function tracesIn(files: ReadonlyMap<string, Buffer>, needles: readonly Needle[]): string[] {
  return [...files].flatMap(([name, data]) =>
    needles.filter((needle) => traceOf(needle, data)).map(({ what }) => `${name} has ${what}`),
  );
}
