/** The newsroom put together, with or without a bus around it: database, keys, site, publisher, and what it can be asked. */
import { hourMs } from "../base/clock.ts";
import type { Database } from "bun:sqlite";
import { type Random, systemRandom } from "../base/random.ts";
import { Queue } from "../jobs/queue.ts";
import { createMaterial } from "../material/store.ts";
import { createMembership } from "../people/membership.ts";
import { configuredOrigin, linkOrigin } from "../people/origins.ts";
import { createAudit } from "../people/audit.ts";
import { createPeople } from "../people/store.ts";
import { intakeLimits, Pictures } from "../media/store.ts";
import { isPictureShownTo } from "../pieces/place.ts";
import { createPieces } from "../pieces/store.ts";
import { PublishingMemory } from "../publishing/memory.ts";
import { Publisher } from "../publishing/publisher.ts";
import { realWait } from "../publishing/turns.ts";
import { createSite } from "../site/site.tsx";
import { createSources } from "../site/source.ts";
import { BlobStore } from "../store/blobs.ts";
import { Baseline } from "../origin/baseline/baseline.ts";
import { withBaseline, withBaselineAt } from "../origin/baseline/baseline-page.ts";
import { withEvidence, withEvidenceAt } from "../origin/looking/evidence-page.ts";
import { EvidenceStore } from "../origin/looking/evidence-store.ts";
import { openOrigin } from "../origin/origin.ts";
import { openDatabase } from "../store/database.ts";
import { EditionFolder } from "../store/edition-folder.ts";
import { migrations } from "./features.ts";
import { operationsOf } from "./operations.ts";
import type { Newsroom, NewsroomOptions, Parts } from "./parts.ts";
import { openKeys } from "./trust.ts";

/** Rejects with OperatorError where the database, the keys or the editions folder need a person. */
export async function openNewsroom(options: NewsroomOptions): Promise<Newsroom> {
  const { data, random = systemRandom } = options;
  const database = openDatabase(data.newsroomDatabase, migrations);
  try {
    const first = partsOf(database, { ...options, random });
    const parts = { ...first, ...(await openPublishing(first, options)) };
    return { ...parts, operations: operationsOf(parts), [Symbol.asyncDispose]: () => close(parts) };
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

type Chosen = NewsroomOptions & { readonly random: Random };

async function openPublishing(
  { database, pictures, config, log, clock, random, onPublished }: ReturnType<typeof partsOf>,
  options: NewsroomOptions,
): Promise<Pick<Parts, "files" | "publisher" | "origin">> {
  const { data, wait = realWait, patience } = options;
  const { onSnapshotProgress: onProgress = () => {}, onAcceptProgress = () => {} } = options;
  const folder = new EditionFolder(data.editions);
  const [blobs, own] = [new BlobStore(data.blobs), new BlobStore(data.originBlobs)];
  const baseline = new Baseline({ database, own, shown: blobs, clock });
  const evidence = new EvidenceStore({
    database,
    folder: data.evidence,
    bytesMax: config.origin.evidence_bytes_max,
  });
  const memory = new PublishingMemory(database);
  const files = await openKeys({ data, folder, memory, random, clock, log });
  const publisher = await Publisher.open({
    database,
    folder,
    blobs,
    renderer: withEvidence(withBaseline(createSite())),
    source: withEvidenceAt(
      withBaselineAt(
        createSources(database, config, (file) => pictures.file(file)),
        baseline,
      ),
      evidence,
    ),
    annex: baseline,
    keys: files.ring,
    clock,
    wait,
    log,
    timestampValidMs: config.publishing.timestamp_hours * hourMs,
    keepEditions: config.publishing.keep_editions,
    onPublished,
  });
  const newsroom = { database, config, clock, random, wait, log, publisher };
  const questionsAt = (): string => `${studioLink(options)}/origin/questions`;
  const origin = openOrigin({
    ...newsroom,
    baseline,
    own,
    evidence,
    onProgress,
    onAcceptProgress,
    patience,
    questionsAt,
    names: options.originNames,
  });
  return { files, publisher, origin };
}

function partsOf(database: Database, options: Chosen): Omit<Parts, "files" | "publisher" | "origin"> {
  const { config, data, log, clock, random, onPublished, onImportProgress = () => {} } = options;
  const made = { database, clock, random };
  const people = createPeople(database, made);
  const audit = createAudit(database, made);
  const pieces = createPieces(database, { ...made, timeZone: config.site.time_zone });
  return {
    ...made,
    config,
    log,
    onPublished,
    onImportProgress,
    people,
    audit,
    pieces,
    membership: createMembership({
      ...made,
      people,
      audit,
      log,
      config,
      linkOrigin: () => studioLink(options),
      sectionsOf: (site) => pieces.sections(site).map(({ slug }) => slug),
    }),
    material: createMaterial(database, made),
    pictures: new Pictures({
      ...made,
      folder: data.media,
      limits: intakeLimits(config),
      isUsed: (id) => pieces.usesPicture(id),
      isShownTo: (person, id) => isPictureShownTo(database, person, id),
    }),
    queue: new Queue(made),
  };
}

/** Where links that people are sent lead to. */
function studioLink({ config, studioAddress }: NewsroomOptions): string {
  return linkOrigin(config, studioAddress?.() ?? configuredOrigin(config));
}

async function close({ origin, publisher, database }: Parts): Promise<void> {
  await origin?.[Symbol.asyncDispose]();
  await publisher.idle();
  database.close();
}
