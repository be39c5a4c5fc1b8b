/** The newsroom put together, with or without a bus around it: database, keys, site, publisher, and what it can be asked. */
import { systemRandom } from "../base/random.ts";
import { Queue } from "../jobs/queue.ts";
import { createMaterial } from "../material/store.ts";
import { createDoor } from "../people/door.ts";
import { configuredOrigin, linkOrigin } from "../people/origins.ts";
import { createAudit } from "../people/audit.ts";
import { createPeople } from "../people/store.ts";
import { intakeLimits, Pictures } from "../media/store.ts";
import { createPieces } from "../pieces/store.ts";
import { PublishingMemory } from "../publishing/memory.ts";
import { Publisher } from "../publishing/publisher.ts";
import { realWait } from "../publishing/turns.ts";
import { createSite } from "../site/site.tsx";
import { createSources } from "../site/source.ts";
import { BlobStore } from "../store/blobs.ts";
import { openDatabase } from "../store/database.ts";
import { EditionFolder } from "../store/edition-folder.ts";
import { migrations } from "./features.ts";
import { operationsOf } from "./operations.ts";
import type { Newsroom, NewsroomOptions, Parts } from "./parts.ts";
import { openKeys } from "./trust.ts";

const hourMs = 60 * 60 * 1_000;

/** Rejects with OperatorError where the database, the keys or the editions folder need a person. */
export async function openNewsroom(options: NewsroomOptions): Promise<Newsroom> {
  const {
    config,
    data,
    log,
    clock,
    onPublished,
    random = systemRandom,
    onImportProgress = () => {},
  } = options;
  const database = openDatabase(data.newsroomDatabase, migrations);
  try {
    const folder = new EditionFolder(data.editions);
    const memory = new PublishingMemory(database);
    const files = await openKeys({ data, folder, memory, random, clock, log });
    const publisher = await Publisher.open({
      database,
      folder,
      blobs: new BlobStore(data.blobs),
      renderer: createSite(),
      source: createSources(database, config),
      keys: files.ring,
      clock,
      wait: options.wait ?? realWait,
      log,
      timestampValidMs: config.publishing.timestamp_hours * hourMs,
      keepEditions: config.publishing.keep_editions,
      onPublished,
    });
    const people = createPeople(database, { clock, random });
    const audit = createAudit(database, { clock });
    const pieces = createPieces(database, { clock, random, timeZone: config.site.time_zone });
    const parts = {
      config,
      database,
      clock,
      log,
      random,
      onPublished,
      onImportProgress,
      people,
      audit,
      door: createDoor({
        database,
        people,
        audit,
        clock,
        random,
        log,
        config,
        linkOrigin: () => linkOrigin(config, options.studioAddress?.() ?? configuredOrigin(config)),
        sectionsOf: (site) => pieces.sections(site).map(({ slug }) => slug),
      }),
      material: createMaterial(database, { clock, random }),
      pieces,
      pictures: new Pictures({
        database,
        folder: data.media,
        clock,
        random,
        limits: intakeLimits(config),
        isUsed: (id) => pieces.usesPicture(id),
      }),
      queue: new Queue({ database, clock, random }),
      files,
      publisher,
    };
    return { ...parts, operations: operationsOf(parts), [Symbol.asyncDispose]: () => close(parts) };
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

async function close({ publisher, database }: Parts): Promise<void> {
  await publisher.idle();
  database.close();
}
