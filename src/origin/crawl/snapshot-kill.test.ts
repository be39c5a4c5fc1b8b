// SIGKILL at any moment of a crawl or while it is signed: what is published then is whole, and the next start goes on.
import { expect, test } from "bun:test";
import { join } from "node:path";
import { article, articleCount, type LivingOrigin, startLivingOrigin } from "../../../test/living-origin.ts";
import { protect, type Protecting, publishedManifest, snapshot } from "../../../test/origin-newsroom.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { isSha256 } from "../../base/bytes.ts";
import { systemClock } from "../../base/clock.ts";
import { below, seededRandom } from "../../base/random.ts";
import { dataFolder } from "../../config/data-folder.ts";
import { blobsOf } from "../../guard/manifest.ts";
import { BlobStore } from "../../store/blobs.ts";

const seed = Number(process.env["KASBAH_SEED"] ?? systemClock.nowMs() % 1_000_000);
const random = seededRandom(seed);
const kills = 6;
/** A whole snapshot of this site takes some 300 ms. */
const killWithinMs = 500;

test(`${kills} kills at random moments (KASBAH_SEED=${seed})`, async () => {
  await using folder = temporaryFolder("memory");
  await using living = startLivingOrigin();
  for (let round = 0; round < kills; round += 1) {
    await killOne(folder.path, living);
    await using protecting = await protect(folder.path, living);
    await expectWhole(protecting, folder.path);
  }
  await using protecting = await protect(folder.path, living);
  await protecting.origin.snapshot.idle();
  await snapshot(protecting);
  const paths = (await expectWhole(protecting, folder.path)).map(({ path }) => path);
  for (let at = 0; at < articleCount; at += 1) expect(paths).toContain(article(at));
}, 60_000);

async function killOne(root: string, { url }: LivingOrigin): Promise<void> {
  const victim = join(import.meta.dir, "../../../test/snapshot-victim.ts");
  const child = Bun.spawn([process.execPath, victim, root, url], { stdout: "pipe", stderr: "inherit" });
  await child.stdout.getReader().read();
  await Bun.sleep(below(random, killWithinMs));
  child.kill("SIGKILL");
  await child.exited;
}

/** Every blob that the published baseline names is there. */
async function expectWhole(
  protecting: Protecting,
  root: string,
): Promise<readonly { readonly path: string }[]> {
  const manifest = await publishedManifest(protecting, root);
  if (manifest === undefined) return [];
  const blobs = new BlobStore(dataFolder(root).blobs);
  for (const { sha256 } of blobsOf(manifest))
    expect(isSha256(sha256) && (await blobs.get(sha256))).toMatchObject({ state: "whole" });
  return manifest.entries;
}

test("what was loaded before a restart is not loaded again", async () => {
  await using folder = temporaryFolder("memory");
  await using living = startLivingOrigin();
  const { promise: half, resolve } = Promise.withResolvers<void>();
  living.answers.set("/theme/print.css", (_, visit) => {
    if (visit === 0) resolve();
    return new Response("a {}", { headers: { "content-type": "text/css" } });
  });
  {
    await using first = await protect(folder.path, living);
    first.origin.snapshot.begin(false);
    await half;
  }
  await using second = await protect(folder.path, living);
  await second.origin.snapshot.idle();
  await second.origin.approve([]);
  // What was on its way in that moment is asked for once more.
  const loads = living.asked.filter(({ address }) => address.startsWith("/2021/")).length;
  expect(loads).toBeGreaterThanOrEqual(articleCount * 3);
  expect(loads).toBeLessThanOrEqual(articleCount * 3 + 3);
});
