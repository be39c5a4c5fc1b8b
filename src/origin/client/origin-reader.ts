/** Answers of the origin as they are taken in: read into facts as the edges read them, named by their hash, cleaned of what was one visit's. */
import { sha256 } from "../../base/bytes.ts";
import { rfc3339 } from "../../base/clock.ts";
import type { DocumentKind, Facts } from "../../guard/facts.ts";
import { kindOf, read, type ReadingLimits } from "../../guard/reading/read.ts";
import type { Answer } from "./client.ts";
import type { TakenLoad } from "../crawl/loads.ts";
import type { OriginAddress, ProtectedSite } from "./protected-site.ts";
import { replayedHeaders } from "../baseline/replayed-headers.ts";

/** As many bytes as browsers look at (WHATWG MIME Sniffing, section 5.2). */
const sniffedBytes = 1_445;
const documentKinds: readonly DocumentKind[] = ["html", "xml", "text"];

export class OriginReader {
  readonly #site: ProtectedSite;
  readonly #limits: ReadingLimits;

  constructor(site: ProtectedSite, limits: ReadingLimits) {
    this.#site = site;
    this.#limits = limits;
  }

  /** Redirects and errors are documents, whatever they carry; what pages are made of has no facts but its hash. */
  take(address: OriginAddress, answer: Answer, atMs: number): TakenLoad {
    const { status, headers, body } = answer;
    const kind = kindOf(answer, body.subarray(0, sniffedBytes));
    const isDocument = status >= 300 || documentKinds.includes(kind);
    return {
      kind,
      status,
      type: headers.find(([name]) => name === "content-type")?.[1] ?? "application/octet-stream",
      headers: replayedHeaders(answer, this.#site),
      copy: sha256(body),
      length: body.length,
      facts: isDocument ? this.facts(address, answer) : null,
      takenAt: rfc3339(atMs),
    };
  }

  facts(address: OriginAddress, { status, headers, body }: Answer): Facts {
    const { publicOrigin, ownHosts } = this.#site;
    return read({ status, headers, body, url: `${publicOrigin}${address}`, ownHosts }, this.#limits);
  }
}
