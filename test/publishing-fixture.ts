/** A publisher of the toy site on a real disk, with a clock that only moves when somebody waits. */
import type { Database } from "bun:sqlite";
import { ManualClock } from "../src/base/clock.ts";
import { silentLog } from "../src/base/log.ts";
import { type DataFolder, dataFolder } from "../src/config/data-folder.ts";
import { writeRoot } from "../src/edition/root.ts";
import { feature } from "../src/publishing/feature.ts";
import { noAnnex } from "../src/publishing/annex.ts";
import { PublishingMemory } from "../src/publishing/memory.ts";
import { Publisher, type PublisherOptions } from "../src/publishing/publisher.ts";
import { BlobStore } from "../src/store/blobs.ts";
import { openDatabase } from "../src/store/database.ts";
import { EditionFolder } from "../src/store/edition-folder.ts";
import { rootPlan, startMs, testKey, testKeys } from "./edition-fixture.ts";
import { type TemporaryFolder, temporaryFolder } from "./temporary-folder.ts";
import { ToySite, toyMigrations, toyRenderer } from "./toy-site.ts";

export interface Newsroom extends AsyncDisposable {
  readonly data: DataFolder;
  readonly site: ToySite;
  readonly clock: ManualClock;
  readonly folder: EditionFolder;
  readonly blobs: BlobStore;
  readonly publisher: Publisher;
  /** Of every edition and renewed timestamp, as edges are told. */
  readonly told: number[];
  /** How long the publisher waited, ms. */
  readonly waits: number[];
  readonly database: Database;
  /** Closes the database and opens everything again, as after a restart; `meanwhile` happens in between. */
  restart(change?: Partial<PublisherOptions>, meanwhile?: () => Promise<void>): Promise<Newsroom>;
}

/** `root`: the first one, for keys of its own. */
export async function openNewsroom(
  change: Partial<PublisherOptions> = {},
  root?: Uint8Array,
): Promise<Newsroom> {
  return await openAt(temporaryFolder("memory"), new ManualClock(startMs), change, root);
}

async function openAt(
  place: TemporaryFolder,
  clock: ManualClock,
  change: Partial<PublisherOptions>,
  root?: Uint8Array,
): Promise<Newsroom> {
  const data = dataFolder(place.path);
  const told: number[] = [];
  const waits: number[] = [];
  const wait = async (ms: number): Promise<void> => {
    waits.push(ms);
    clock.advance(ms);
    await Promise.resolve();
  };
  const onPublished = (version: number): unknown => told.push(version);
  const opened = await openToyPublisher(data, { clock, wait, onPublished, ...change }, root);
  const { publisher, database, ...parts } = opened;
  return {
    ...parts,
    data,
    clock,
    publisher,
    told,
    waits,
    database,
    async restart(again, meanwhile) {
      await publisher.idle();
      database.close();
      await meanwhile?.();
      return await openAt(place, clock, again ?? change);
    },
    async [Symbol.asyncDispose]() {
      await publisher.idle();
      database.close();
      await place.remove();
    },
  };
}

/** Also for child processes that are killed. */
export async function openToyPublisher(
  data: DataFolder,
  options: Pick<PublisherOptions, "clock" | "wait" | "onPublished"> & Partial<PublisherOptions>,
  root = writeRoot(rootPlan(), startMs, [testKey("root")]),
) {
  const database = openDatabase(data.newsroomDatabase, [...toyMigrations, ...feature.migrations]);
  const memory = new PublishingMemory(database);
  if (memory.roots().length === 0) memory.addRoot(1, root);
  const site = new ToySite(database);
  const folder = new EditionFolder(data.editions);
  const blobs = new BlobStore(data.blobs);
  const publisher = await Publisher.open({
    database,
    folder,
    blobs,
    renderer: toyRenderer(),
    source: site.source,
    annex: noAnnex,
    keys: testKeys,
    log: silentLog,
    timestampValidMs: 3_600_000,
    keepEditions: 50,
    ...options,
  });
  return { database, site, folder, blobs, publisher };
}
