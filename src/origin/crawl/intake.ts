/** What becomes of one answer of the origin's while a snapshot is made: stored, read into facts, its references followed, and learned once there are enough loads. */
import type { Database } from "bun:sqlite";
import type { BlobStore } from "../../store/blobs.ts";
import type { Facts } from "../../guard/facts.ts";
import type { Answer } from "../client/client.ts";
import type { Entries } from "../baseline/entries.ts";
import type { Discovery, FoundAddress, FoundAddresses } from "./found-addresses.ts";
import { firstWanted } from "./found-addresses.ts";
import { learn } from "../baseline/learning.ts";
import type { Loads, TakenLoad } from "./loads.ts";
import type { OriginReader } from "../client/origin-reader.ts";
import { addressAt, type OriginAddress, type ProtectedSite, root } from "../client/protected-site.ts";
import { referencesIn } from "./references.ts";

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
  /** What the front says when it is first loaded. */
  readonly seesFront: (facts: Facts) => void;
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
    const { database, site, found, loads, blobs, reader, nowMs, spacingMs, errorPage, bytesMax } =
      this.#parts;
    const { address } = next;
    // That a site has a front for each language is only a guess, to which some answer with a guess of their own.
    const isGuess = address !== root && site.fronts.has(address);
    if (answer.status >= (isGuess ? 300 : 400) && address !== errorPage)
      return found.end(address, "left out", `answers ${answer.status}`);
    if (next.loads === 0) this.#bytes += answer.body.length;
    if (next.loads === 0 && this.#bytes > bytesMax)
      return found.end(address, "left out", "there are too many bytes already");
    const load = reader.take(address, answer, nowMs());
    if (next.loads === 0 && address === root && load.facts !== null) this.#parts.seesFront(load.facts);
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

  #discoveries({ address, hops }: FoundAddress, load: TakenLoad, answer: Answer): Discovery[] {
    const { site, objectionTo, errorPage } = this.#parts;
    if (address === errorPage) return [];
    return referencesIn(load, answer).flatMap(({ reference, part }): Discovery[] => {
      const found = addressAt(reference, site, address);
      if (found === undefined || objectionTo(found) !== undefined) return [];
      return [{ address: found, part, hops: hops + 1, isNamed: false }];
    });
  }
}
