/** The baseline among what an edition is made of: one more page for the renderer, one more key in the source. */
import type { Address } from "../../edition/target.ts";
import { baselineAddress } from "../../guard/manifest.ts";
import type { Page, Renderer, Source } from "../../publishing/rendering.ts";
import type { Baseline } from "./baseline.ts";

const key = "origin:baseline";

/** The site's renderer, which also renders the baseline where there is one. */
export function withBaseline(site: Renderer): Renderer {
  return {
    version: site.version,
    *addresses(source) {
      yield* site.addresses(source);
      if (source.version(key) !== "") yield baselineAddress;
    },
    render: (address, read) => (isBaseline(address) ? baselinePage(read(key)) : site.render(address, read)),
    withdrawalKeys: (address, source) => (isBaseline(address) ? [] : site.withdrawalKeys(address, source)),
  };
}

/** The site's source, in which the baseline of the same moment can be read. */
export function withBaselineAt(
  sources: () => Source,
  baseline: Pick<Baseline, "version" | "manifest">,
): () => Source {
  let known: { readonly version: string; readonly manifest: Uint8Array | undefined } | undefined;
  return () => {
    const version = baseline.version();
    if (known?.version !== version) known = { version, manifest: baseline.manifest() };
    const { manifest } = known;
    const site = sources();
    return {
      version: (asked) => (asked === key ? version : site.version(asked)),
      value: (asked) => (asked === key ? manifest : site.value(asked)),
    };
  };
}

function isBaseline({ site, path }: Address): boolean {
  return site === baselineAddress.site && path === baselineAddress.path;
}

function baselinePage(manifest: unknown): Page {
  if (!(manifest instanceof Uint8Array)) throw new Error("there is no baseline");
  return { area: "origin", status: 200, type: "application/json", headers: {}, body: manifest };
}
