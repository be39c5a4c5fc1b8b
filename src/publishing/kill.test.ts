/** SIGKILL at any moment of publishing: what lies on the disk then is a whole edition, and the next start loses nothing. */
import { expect, test } from "bun:test";
import { join } from "node:path";
import { openToyPublisher } from "../../test/publishing-fixture.ts";
import { toyPath, toyRenderer } from "../../test/toy-site.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { systemClock } from "../base/clock.ts";
import { below, seededRandom } from "../base/random.ts";
import { dataFolder } from "../config/data-folder.ts";
import { metadataName } from "../edition/names.ts";
import { pinRoot, type Trust } from "../edition/trust.ts";
import { verifyEdition } from "../edition/verify.ts";
import { BlobStore } from "../store/blobs.ts";
import { EditionFolder } from "../store/edition-folder.ts";
import { addressKey } from "./records.ts";
import { render } from "./render.ts";

const seed = Number(process.env["KASBAH_SEED"] ?? systemClock.nowMs() % 1_000_000);
const random = seededRandom(seed);
const kills = 8;
/** Long enough for some editions, short enough to hit the first one too. */
const killWithinMs = 400;

test(`${kills} kills at random moments (KASBAH_SEED=${seed})`, async () => {
  await using folder = temporaryFolder("memory");
  let trust: Trust | undefined;
  for (let round = 0; round < kills; round += 1) {
    await killOne(folder.path, round);
    trust = await verifiedByAnEdge(folder.path, trust);
    trust = await goesOn(folder.path, trust);
  }
}, 60_000);

async function killOne(root: string, round: number): Promise<void> {
  const victim = join(import.meta.dir, "../../test/publishing-victim.ts");
  const child = Bun.spawn([process.execPath, victim, root, String(seed + round)], {
    stdout: "pipe",
    stderr: "inherit",
  });
  await child.stdout.getReader().read();
  await Bun.sleep(below(random, killWithinMs));
  child.kill("SIGKILL");
  await child.exited;
}

/** An edge that runs all the while takes what it finds, and finds nothing damaged or missing. */
async function verifiedByAnEdge(root: string, known: Trust | undefined): Promise<Trust | undefined> {
  const data = dataFolder(root);
  const folder = new EditionFolder(data.editions);
  const first = await folder.read(metadataName("root", 1));
  if (first === undefined) return known;
  const verification = await verifyEdition(folder.read, known ?? pinRoot(first));
  if (!verification.ok && verification.fault.reason === "is missing" && known === undefined) return undefined;
  expect(verification).toMatchObject({ ok: true });
  if (!verification.ok) return known;
  const blobs = new BlobStore(data.blobs);
  const states = Array.from(
    verification.value.edition.targets.values(),
    async ({ sha256 }) => await blobs.get(sha256),
  );
  expect((await Promise.all(states)).filter(({ state }) => state !== "whole")).toEqual([]);
  return verification.value.trust;
}

/** The next start publishes exactly what is stored, and carries out what was to be withdrawn. */
async function goesOn(root: string, known: Trust | undefined): Promise<Trust> {
  const toy = await openToyPublisher(dataFolder(root), {
    clock: systemClock,
    wait: () => Promise.resolve(),
    onPublished: () => {},
    keepEditions: 5,
  });
  await toy.publisher.publish();
  await toy.publisher.idle();
  const current = toy.publisher.current;
  const complete = render({ renderer: toyRenderer(), source: toy.site.source(), known: new Map() });
  const stored = new Map(complete.set.map(({ target }) => [addressKey(target), target]));
  const shown = new Map(
    Array.from(current?.edition.targets.values() ?? [], (target) => [addressKey(target), target]),
  );
  expect(shown).toEqual(stored);

  const withdrawn = toy.site.texts().filter(({ state }) => state === "withdrawn");
  const listed = new Set(current?.edition.withdrawals.map(({ path }) => path));
  expect(withdrawn.filter(({ id }) => !listed.has(toyPath(id)))).toEqual([]);
  for (const blob of current?.edition.withdrawals.flatMap(({ blobs }) => blobs) ?? []) {
    expect((await toy.blobs.get(blob)).state).toBe("missing");
  }
  toy.database.close();
  const verification = await verifyEdition(
    toy.folder.read,
    known ?? pinRoot((await toy.folder.read(metadataName("root", 1))) ?? new Uint8Array()),
  );
  if (!verification.ok) throw new Error(JSON.stringify(verification.fault));
  return verification.value.trust;
}
