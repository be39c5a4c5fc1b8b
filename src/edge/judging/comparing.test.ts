// An answer that our own reading stumbles over is vouched for by nobody.
import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readingLimits, SomebodyElsesSite, themedPage } from "../../../test/edge/somebody-elses-site.ts";
import { silentLog } from "../../base/log.ts";
import { BlobStore } from "../../store/blobs.ts";
import type { AnswerHead } from "../lane/answer-head.ts";
import { BaselineMemory } from "./baseline-memory.ts";
import { Comparing } from "./comparing.ts";
import { KnownSite } from "./known-site.ts";
import type { Asked } from "./ready.ts";

test("a mistake of ours in reading a page counts against the page, and throws at nobody", async () => {
  using site = new SomebodyElsesSite({ "/": { body: themedPage("Accueil", "Bienvenue.") } });
  const { published, blobs } = await site.baseline();
  const folder = mkdtempSync(join(tmpdir(), "kasbah-comparing-"));
  const store = new BlobStore(folder);
  await store.put(blobs);
  const monotonicMs = (): number => {
    throw new Error("a mistake of ours");
  };
  const compare = new Comparing({
    limits: { ...readingLimits, monotonicMs },
    memory: new BaselineMemory({ blobs: store, bytesMax: 1_000_000, reportFault() {} }),
    ownHosts: new Set(["localhost"]),
    log: silentLog,
  });
  const request = new Request("http://localhost/");
  const asked: Asked = {
    method: "GET",
    path: "/",
    query: undefined,
    isStaff: false,
    exchange: { request, scheme: "http" },
  };
  const head: AnswerHead = {
    status: 200,
    fields: [["content-type", "text/html"]],
    framing: { kind: "length", bytes: 4 },
    persistent: true,
  };
  const known = { address: "/", entry: published.entries[0] };
  const by = { site: KnownSite.of(published), known, isWorking: false };
  expect(await compare.compare(asked, by, { head, body: Buffer.from("<p>x") })).toBe("unforeseen");
  rmSync(folder, { recursive: true });
});
