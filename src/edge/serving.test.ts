/** From one edition to the next workers are told only what has changed, and serve then what a worker serves that starts. */
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sha256, sha256 } from "../base/bytes.ts";
import { ManualClock } from "../base/clock.ts";
import { silentLog } from "../base/log.ts";
import { startHub } from "../bus/hub.ts";
import { connectBus } from "../bus/local.ts";
import type { Edition } from "../edition/edition.ts";
import { nameOf } from "../edition/target-file.ts";
import { page } from "../../test/edition-fixture.ts";
import { AddressBook } from "./address-book.ts";
import { Serving } from "./serving.ts";

const paths = Array.from({ length: 8 }, (_, at) => `/en/${at}`);
/** What each path shows, in one edition after the other; null: nothing. */
const shown = fc.array(fc.option(fc.constantFrom("a", "b", "c")), { minLength: 8, maxLength: 8 });

test("a worker that is told of changes serves what a worker that starts serves", async () => {
  const socket = join(mkdtempSync(join(tmpdir(), "kasbah-serving-")), "bus");
  await using _hub = await startHub(socket);
  await using bus = await connectBus(socket);
  fc.assert(
    fc.property(fc.array(shown, { minLength: 1, maxLength: 6 }), (editions) => {
      const serving = new Serving({ edge: "edge", bus, clock: new ManualClock(0), log: silentLog });
      let book: AddressBook | undefined;
      for (const [at, texts] of editions.entries()) {
        const change = serving.swap(editionOf(at + 1, texts));
        if (change === undefined || serving.published === undefined) throw new Error("it was not taken");
        book = AddressBook.after(book, structuredClone(change));
        expect(blobsIn(book)).toEqual(texts.map((text) => (text === null ? undefined : sha256(text))));
        const fresh = new AddressBook(serving.published);
        expect(blobsIn(fresh)).toEqual(blobsIn(book));
        expect(book.entryIds.size).toBe(fresh.entryIds.size);
      }
    }),
  );
});

function editionOf(version: number, texts: readonly (string | null)[]): Edition {
  const targets = texts.flatMap((text, at) =>
    text === null ? [] : [page({ site: "portal", path: paths[at] ?? "" }, text)],
  );
  return {
    id: sha256(`edition ${version}`),
    version,
    logIndex: version - 1,
    publishedAt: "2011-07-31T14:05:09.000Z",
    expiresAtMs: 1,
    targets: new Map(targets.map((target) => [nameOf(target), target])),
    withdrawals: [],
  };
}

function blobsIn(book: AddressBook): (Sha256 | undefined)[] {
  return paths.map((path) => {
    const found = book.find("portal", path, undefined);
    return found?.kind === "entry" ? found.target.sha256 : undefined;
  });
}
