/** The hashes of all evidence among what an edition is made of: signed with it, and in its log from then on. No host leads to its address. */
import { sha256 } from "../../base/bytes.ts";
import type { Address } from "../../edition/target.ts";
import type { Page, Renderer, Source } from "../../publishing/rendering.ts";
import type { EvidenceStore } from "./evidence-store.ts";

export const evidenceAddress: Address = { site: "kasbah", path: "/origin/evidence.json" };
const key = "origin:evidence";

/** The renderer of everything else, which also renders this where there is some. */
export function withEvidence(others: Renderer): Renderer {
  return {
    version: others.version,
    *addresses(source) {
      yield* others.addresses(source);
      if (source.version(key) !== "") yield evidenceAddress;
    },
    render: (address, read) => (isEvidence(address) ? evidencePage(read(key)) : others.render(address, read)),
    withdrawalKeys: (address, source) => (isEvidence(address) ? [] : others.withdrawalKeys(address, source)),
  };
}

export function withEvidenceAt(sources: () => Source, store: Pick<EvidenceStore, "page">): () => Source {
  return () => {
    const others = sources();
    const page = store.page();
    const version = page === undefined ? "" : sha256(page);
    return {
      version: (asked) => (asked === key ? version : others.version(asked)),
      value: (asked) => (asked === key ? page : others.value(asked)),
    };
  };
}

function isEvidence({ site, path }: Address): boolean {
  return site === evidenceAddress.site && path === evidenceAddress.path;
}

function evidencePage(page: unknown): Page {
  if (!(page instanceof Uint8Array)) throw new Error("there is no evidence");
  return { area: "origin", status: 200, type: "application/json", headers: {}, body: page };
}
