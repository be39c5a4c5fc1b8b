/** Evidence of what was found: files whose hashes a manifest names, the manifest's hash in the next edition, lines for the watch. */
import { describe, expect, test } from "bun:test";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { html } from "../../../test/living-origin.ts";
import { protectedSite } from "../../../test/origin-newsroom.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { fromUtf8, isSha256, sha256, utf8 } from "../../base/bytes.ts";
import { systemClock } from "../../base/clock.ts";
import type { Event } from "../../bus/bus.ts";
import { parseCanonical } from "../../edition/canonical.ts";
import { targetName } from "../../edition/target.ts";
import { openDatabase } from "../../store/database.ts";
import { BlobStore } from "../../store/blobs.ts";
import { feature } from "../feature.ts";
import { evidenceAddress } from "./evidence-page.ts";
import { EvidenceStore } from "./evidence-store.ts";
import { findChromium } from "./render.ts";

const gathers = { evidence_bytes_max: 64 * 1024 * 1024 };
const title = { what: "title", value: "Hacked by X", weight: "contradicts" } as const;
const falsePage =
  "<html><head><title>Hacked by X</title></head><body bgcolor=black><h1>HACKED</h1></body></html>";

type Site = Awaited<ReturnType<typeof protectedSite>>;

/** What the watch hears of it, and what lies on the disk. */
async function alarmed(site: Site, id: string, sample: string) {
  const heard: Event<"origin.evidence">[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  site.edge.subscribe("origin.evidence", (evidence) => {
    heard.push(evidence);
    resolve();
  });
  const body = utf8(sample);
  const pieces = [body.subarray(0, 20), body.subarray(20)];
  site.edge.respond("edge.origin.sample", ({ offset }) => ({
    sample: {
      status: 200,
      headers: [["content-type", "text/html"]],
      length: body.length,
      piece: Buffer.from(pieces[offset === 0 ? 0 : 1] ?? "").toString("base64"),
    },
  }));
  await site.edge.flush();
  await site.finds({ id, verdict: "alarm", facts: [title] });
  await site.watching.looking.gathering.idle();
  await promise;
  return { heard, folder: join(site.data.evidence, id) };
}

describe("an alarm", () => {
  test("what the edge met and what the newsroom gets lie on the disk, hashed into the next edition", async () => {
    await using site = await protectedSite({ settings: gathers });
    const { heard, folder } = await alarmed(site, "f-front", falsePage);
    const names = (await readdir(folder)).toSorted();
    expect(names).toEqual(
      ["browser", "edge", "googlebot", "searcher"]
        .flatMap((name) => [`${name}.body`, `${name}.head.json`])
        .concat("manifest.json")
        .toSorted(),
    );
    expect(await Bun.file(join(folder, "edge.body")).text()).toBe(falsePage);
    expect((await stat(join(folder, "edge.body"))).mode & 0o777).toBe(0o600);
    const manifest = await Bun.file(join(folder, "manifest.json")).bytes();
    const { files } = parseCanonical(manifest) as { files: { name: string; sha256: string }[] };
    for (const { name, sha256: hash } of files)
      expect(sha256(await Bun.file(join(folder, name)).bytes()) as string).toBe(hash);
    const target = site.protecting.newsroom.publisher.current?.edition.targets.get(
      targetName("origin", evidenceAddress),
    );
    const hash = target?.sha256 ?? "";
    if (!isSha256(hash)) throw new Error("the edition has no evidence");
    const blob = await new BlobStore(site.data.blobs).get(hash);
    expect(blob.state === "whole" && fromUtf8(blob.data)).toContain(sha256(manifest));
    expect(heard[0]?.evidence.at(-1)?.data).toMatchObject({ sha256: sha256(manifest) });
  });

  test("the same finding again, and whatever is only uncertain, gathers nothing", async () => {
    await using site = await protectedSite({ settings: gathers });
    const { heard } = await alarmed(site, "f-front", falsePage);
    await site.finds({ id: "f-front", verdict: "alarm", facts: [title] });
    await site.finds({ id: "f-other", verdict: "uncertain", facts: [title], address: "/a-propos/" });
    await site.watching.looking.gathering.idle();
    expect(heard.length).toBe(1);
    expect(await readdir(site.data.evidence)).toEqual(["f-front"]);
  });

  test("a finding's name leads nowhere else, and what it says is harmless to read", async () => {
    await using site = await protectedSite({ settings: gathers });
    await alarmed(site, "../../run/x", "<title>\u001b[2J</title>");
    const [folder = "", ...others] = await readdir(site.data.evidence);
    expect(others).toEqual([]);
    expect(isSha256(folder)).toBe(true);
  });

  test.skipIf(findChromium() === undefined)(
    "its appearance lies beside the approved copy's",
    async () => {
      await using site = await protectedSite({ settings: { ...gathers, chromium: "auto" } });
      site.living.answers.set("/theme/menu.js", () => new Response("document.title = 'seen'"));
      const page = await html({
        title: "Hacked by X",
        body: "<p style='position:fixed;inset:0;background:#000'>owned</p>",
      }).text();
      const { heard, folder } = await alarmed(site, "f-front", page);
      expect(await readdir(folder)).toEqual(
        expect.arrayContaining(["appearance.png", "approved.png", "appearance.html"]),
      );
      expect(await Bun.file(join(folder, "appearance.html")).text()).toContain("<title>seen</title>");
      const said = heard[0]?.evidence.find(({ what }) => what.startsWith("how the two look"));
      expect(said?.data).toMatchObject({ alike: false });
      expect(JSON.stringify(said?.data)).toContain("Hacked by X");
    },
    60_000,
  );
});

test("the oldest evidence makes room, that of open questions last", async () => {
  await using temporary = temporaryFolder("memory");
  using database = openDatabase(":memory:", feature.migrations ?? []);
  const folder = join(temporary.path, "evidence");
  const store = new EvidenceStore({ database, folder, bytesMax: 3_000 });
  database.run(
    "INSERT INTO origin_question VALUES ('q', 's', 0, 'open', '[]', '2021-11-22T10:00:00Z', NULL)",
  );
  database.run("INSERT INTO origin_finding (id, question, address) VALUES ('asked', 'q', '/')");
  const atMs = systemClock.nowMs();
  for (const [at, finding] of ["asked", "old", "new"].entries())
    await store.keep({
      finding,
      address: "/",
      atMs: atMs + at,
      files: new Map([["a", new Uint8Array(1_000)]]),
    });
  expect((await readdir(folder)).toSorted()).toEqual(["asked", "new"]);
  expect(fromUtf8(store.page() ?? new Uint8Array())).toContain('"finding":"old"');
});
