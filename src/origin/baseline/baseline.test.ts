// The baseline in editions: a rollback leaves it alone, a withdrawal takes pages out of it for good, lost blobs come back, old ones go.
import { describe, expect, test } from "bun:test";
import { article, articleCount, html, prose, startLivingOrigin } from "../../../test/living-origin.ts";
import {
  approvedCopy,
  protect,
  protectedSite,
  publishedManifest,
  snapshot,
} from "../../../test/origin-newsroom.ts";
import { publishStory } from "../../../test/model/model.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { isSha256, type Sha256 } from "../../base/bytes.ts";
import { dataFolder } from "../../config/data-folder.ts";
import { blobsOf } from "../../guard/manifest.ts";
import { BlobStore } from "../../store/blobs.ts";

const named = (sha256: string | undefined): Sha256 => {
  if (sha256 === undefined || !isSha256(sha256)) throw new Error("no blob");
  return sha256;
};

describe("rolling an edition back", () => {
  test("doesn't take the baseline back", async () => {
    await using site = await protectedSite();
    const { publisher } = site.protecting.newsroom;
    const first = publisher.facts()?.version ?? 0;
    site.living.answers.set("/a-propos/", () => html({ title: "À propos", body: prose(5) + prose(6) }));
    await snapshot(site.protecting);
    await publisher.rollback(first);
    expect(await site.copyAt("/a-propos/")).toContain("(6.1)");
  });

  test("holds for texts, while the baseline goes on being renewed", async () => {
    await using site = await protectedSite();
    const { newsroom } = site.protecting;
    const path = publishStory(newsroom.pieces, "Une marche");
    await newsroom.publisher.rollback(newsroom.publisher.facts()?.version ?? 0);
    site.living.answers.set("/a-propos/", () => html({ title: "À propos", body: prose(5) + prose(6) }));
    await snapshot(site.protecting);
    expect(await site.copyAt("/a-propos/")).toContain("(6.1)");
    const targets = [...(newsroom.publisher.current?.edition.targets.values() ?? [])];
    expect(targets.some((target) => target.path === path)).toBe(false);
  });
});

describe("withdrawing a page of the protected site", () => {
  test("takes it out of the baseline under each address that shows the same, and erases all that ever showed it", async () => {
    await using site = await protectedSite();
    const { newsroom, origin } = site.protecting;
    const same = (): Response => html({ title: "Article 1", body: prose(1) });
    site.living.answers.set(article(1), same);
    site.living.answers.set("/aussi/", same);
    site.living.answers.set("/a-propos/", () => html({ title: "À propos", body: '<a href="/aussi/">x</a>' }));
    await snapshot(site.protecting);
    const before = (await site.entries()).find(({ path }) => path === article(1));
    const done = await newsroom.operations["newsroom.withdraw"]?.({ url: article(1) });
    expect(done?.withdrawn.toSorted()).toEqual([article(1), "/aussi/"]);
    expect((await site.entries()).map(({ path }) => path)).not.toContain(article(1));
    for (const blobs of [new BlobStore(site.data.blobs), new BlobStore(site.data.originBlobs)]) {
      expect(await blobs.get(named(before?.copy.sha256))).toEqual({ state: "missing" });
    }
    expect(newsroom.publisher.withdrawals.flatMap(({ blobs }) => blobs)).toContain(
      named(before?.facts?.sha256),
    );
    // The origin still has it: neither a snapshot nor the upkeep takes it again.
    await snapshot(site.protecting);
    origin.hints.add(article(1) as never);
    await site.watching.round();
    expect((await site.entries()).map(({ path }) => path)).not.toContain(article(1));
  });

  test("of which nothing is known keeps readers from it all the same", async () => {
    await using site = await protectedSite();
    const done = await site.protecting.newsroom.operations["newsroom.withdraw"]?.({ url: "/jamais-vu/" });
    expect(done?.withdrawn).toEqual(["/jamais-vu/"]);
  });

  test("the front page never goes", async () => {
    await using site = await protectedSite();
    const { operations } = site.protecting.newsroom;
    expect(async () => await operations["newsroom.withdraw"]?.({ url: "/" })).toThrow("front");
  });
});

test("lost and damaged blobs of the baseline are made again from the newsroom's own", async () => {
  await using site = await protectedSite();
  const manifest = await site.manifest();
  if (manifest === undefined) throw new Error("there is a manifest");
  const shown = new BlobStore(site.data.blobs);
  for (const { sha256 } of blobsOf(manifest)) {
    await shown.erase([named(sha256)]);
    expect(await site.protecting.newsroom.publisher.repair(named(sha256))).toBe(true);
    expect(await shown.get(named(sha256))).toMatchObject({ state: "whole" });
  }
});

test("a sweep of old editions leaves what the baseline needs", async () => {
  await using folder = temporaryFolder("memory");
  await using living = startLivingOrigin();
  await using protecting = await protect(folder.path, living, { keepEditions: 2 });
  await snapshot(protecting);
  const { pieces, publisher } = protecting.newsroom;
  for (let at = 0; at < 4; at += 1) {
    publishStory(pieces, `Une marche ${at}`);
    await publisher.publish();
  }
  await publisher.idle();
  const manifest = await publishedManifest(protecting, folder.path);
  const shown = new BlobStore(dataFolder(folder.path).blobs);
  const states = (manifest === undefined ? [] : blobsOf(manifest)).map(({ sha256 }) =>
    shown.get(named(sha256)),
  );
  expect((await Promise.all(states)).filter(({ state }) => state !== "whole")).toEqual([]);
  expect(states.length).toBeGreaterThan(articleCount * 2);
  expect(await approvedCopy(protecting, folder.path, article(1))).toContain("Article 1");
});
