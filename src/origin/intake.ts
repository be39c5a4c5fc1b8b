/** What becomes of one answer of the origin's while a snapshot is made: stored, read into facts, its references followed, and learned once there are enough loads. */
import type { Database } from "bun:sqlite";
import { fromUtf8, sha256 } from "../base/bytes.ts";
import { rfc3339 } from "../base/clock.ts";
import type { Facts } from "../guard/facts.ts";
import type { BlobStore } from "../store/blobs.ts";
import type { Answer } from "./client.ts";
import type { Entries } from "./entries.ts";
import type { Discovery, FoundAddress, FoundAddresses, Part } from "./found-addresses.ts";
import { firstWanted } from "./found-addresses.ts";
import { learn } from "./learning.ts";
import type { Loads, TakenLoad } from "./loads.ts";
import type { OriginReader } from "./origin-reader.ts";
import { addressAt, type OriginAddress, type ProtectedSite } from "./protected-site.ts";
import { replayedHeaders } from "./replayed-headers.ts";
import { styleReferences } from "./style-references.ts";

export interface IntakeParts {
  readonly database: Database;
  readonly site: ProtectedSite;
  /** The newsroom's own, from which nothing is shown. */
  readonly blobs: BlobStore;
  readonly found: FoundAddresses;
  readonly loads: Loads;
  readonly learned: Entries;
  readonly reader: OriginReader;
  readonly nowMs: () => number;
  /** Between two loads of one address, so that what changes by itself has time to. */
  readonly spacingMs: number;
  /** Where the site is asked for what can't exist, to know its error page. */
  readonly errorPage: OriginAddress;
  /** Of all copies together. */
  readonly bytesMax: number;
  /** Why an address is not to be loaded; undefined: it may be. */
  readonly objectionTo: (address: OriginAddress) => string | undefined;
}

export class Intake {
  readonly #parts: IntakeParts;
  #bytes: number;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
    this.#bytes = parts.learned.summary().bytes;
  }

  /** Rejects where the disk does. */
  async take(next: FoundAddress, answer: Answer): Promise<void> {
    const { database, found, loads, blobs, nowMs, spacingMs, errorPage } = this.#parts;
    const { address } = next;
    if (answer.status >= 400 && address !== errorPage)
      return found.end(address, "left out", `answers ${answer.status}`);
    if (next.loads === 0) this.#bytes += answer.body.length;
    if (next.loads === 0 && this.#bytes > this.#parts.bytesMax)
      return found.end(address, "left out", "there are too many bytes already");
    const load = this.#read(address, answer);
    await blobs.put(new Map([[load.copy, answer.body]]));
    database.transaction(() => {
      loads.add(address, load);
      found.loaded(address, nowMs() + spacingMs);
      found.add(this.#discoveries(next, load, answer));
      const wanted = Math.max(next.wanted, firstWanted[load.facts === null ? "asset" : "page"]);
      if (wanted > next.wanted) found.want(address, wanted);
      if (next.loads + 1 >= wanted) this.#learn(address);
    })();
  }

  #read(address: OriginAddress, answer: Answer): TakenLoad {
    const { site, reader, nowMs } = this.#parts;
    const { kind, facts } = reader.read(address, answer);
    return {
      kind,
      status: answer.status,
      type: answer.headers.find(([name]) => name === "content-type")?.[1] ?? "application/octet-stream",
      headers: replayedHeaders(answer, site),
      copy: sha256(answer.body),
      length: answer.body.length,
      facts,
      takenAt: rfc3339(nowMs()),
    };
  }

  #learn(address: OriginAddress): void {
    const { found, loads, learned } = this.#parts;
    const lesson = learn(address, loads.of(address));
    switch (lesson.kind) {
      case "more loads":
        return found.want(address, lesson.wanted);
      case "learned":
        learned.put(lesson.entry);
        break;
      case "restless":
        break;
    }
    loads.forget(address);
    if (lesson.kind === "learned") found.end(address, "learned", null);
    else found.end(address, "left out", "is something else each time");
  }

  #discoveries({ address, hops }: FoundAddress, { kind, facts }: TakenLoad, answer: Answer): Discovery[] {
    const { site, objectionTo, errorPage } = this.#parts;
    if (address === errorPage) return [];
    const styles = kind === "style" ? styleReferences(textOf(answer.body)) : [];
    const references = [
      ...styles.map((reference) => ({ reference, part: "asset" as const })),
      ...(facts === null ? [] : referencesIn(facts)),
    ];
    return references.flatMap(({ reference, part }): Discovery[] => {
      const found = addressAt(reference, site, address);
      if (found === undefined || objectionTo(found) !== undefined) return [];
      return [{ address: found, part, hops: hops + 1, isNamed: false }];
    });
  }
}

const assetSets = ["scripts", "styles", "preloads", "images", "manifests", "service-workers"] as const;
const pageSets = ["links", "frames"] as const;

function referencesIn(facts: Facts): { reference: string; part: Part }[] {
  const assets = assetSets.flatMap((name) => facts.sets[name]);
  const pages = [...pageSets.flatMap((name) => facts.sets[name]), facts.location];
  return [
    ...assets.map((reference) => ({ reference, part: "asset" as const })),
    ...pages
      .filter((reference) => reference !== "")
      .map((reference) => ({ reference, part: "page" as const })),
  ];
}

function textOf(body: Uint8Array): string {
  try {
    return fromUtf8(body);
  } catch {
    return Buffer.from(body).toString("latin1");
  }
}
