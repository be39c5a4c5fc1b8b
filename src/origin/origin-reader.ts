/** Answers of the origin read into facts, as the edges read them. */
import type { DocumentKind, Facts } from "../guard/facts.ts";
import { kindOf, read, type ReadingLimits } from "../guard/reading/read.ts";
import type { Answer } from "./client.ts";
import type { OriginAddress, ProtectedSite } from "./protected-site.ts";

/** As many bytes as browsers look at (WHATWG MIME Sniffing, section 5.2). */
const sniffedBytes = 1_445;
const documentKinds: readonly DocumentKind[] = ["html", "xml", "text"];

export interface ReadAnswer {
  readonly kind: DocumentKind;
  /** Null for what pages are made of: it is held to its hash. */
  readonly facts: Facts | null;
}

export class OriginReader {
  readonly #site: ProtectedSite;
  readonly #limits: ReadingLimits;

  constructor(site: ProtectedSite, limits: ReadingLimits) {
    this.#site = site;
    this.#limits = limits;
  }

  /** Redirects and errors are documents, whatever they carry. */
  read(address: OriginAddress, { status, headers, body }: Answer): ReadAnswer {
    const kind = kindOf({ status, headers }, body.subarray(0, sniffedBytes));
    if (status < 300 && !documentKinds.includes(kind)) return { kind, facts: null };
    const { publicOrigin, ownHosts } = this.#site;
    return {
      kind,
      facts: read({ status, headers, body, url: `${publicOrigin}${address}`, ownHosts }, this.#limits),
    };
  }
}
