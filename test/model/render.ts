/** Renders the whole public site of a model, as an edition without signatures. */
import { utf8 } from "../../src/base/bytes.ts";
import type { Address } from "../../src/edition/target.ts";
import type { Page, Source } from "../../src/publishing/rendering.ts";
import type { SiteConfig } from "../../src/site/moment.ts";
import { createSite } from "../../src/site/site.tsx";
import { createSources } from "../../src/site/source.ts";
import type { Model } from "./model.ts";

export const siteConfig: SiteConfig = {
  site: {
    name: "مامفاكينش",
    languages: ["ar", "fr", "en"],
    default_language: "ar",
    time_zone: "Africa/Casablanca",
  },
  "site.portal": { hosts: ["localhost"], address: "" },
  "site.blog": { hosts: ["blog.localhost"], address: "" },
};

const site = createSite();

/** With what each keeps from one moment to the next, as in a newsroom that runs. */
const sources = new WeakMap<
  Pick<Model, "database">,
  { readonly config: SiteConfig; readonly read: () => Source }
>();

/** The model's present moment. */
export function sourceOf(model: Pick<Model, "database">, config = siteConfig): Source {
  const known = sources.get(model);
  if (known?.config === config) return known.read();
  const read = createSources(model.database, config, utf8);
  sources.set(model, { config, read });
  return read();
}

export function addressText({ site: name, path, query }: Address): string {
  return query === undefined ? `${name}${path}` : `${name}${path}?${query}`;
}

/** By `site/path?query`. */
export function renderAll(source: Source): Map<string, Page> {
  const pages = new Map<string, Page>();
  for (const address of site.addresses(source)) {
    pages.set(
      addressText(address),
      site.render(address, (key) => source.value(key)),
    );
  }
  return pages;
}

/** Links and pictures inside the sites that lead nowhere: `portal/ar/ → /ar/nowhere`. */
export function brokenLinks(pages: ReadonlyMap<string, Page>): string[] {
  const broken = new Set<string>();
  for (const [name, { type, body }] of pages) {
    if (!type.startsWith("text/html")) continue;
    const origin = name.slice(0, name.indexOf("/"));
    for (const [, kind, value = ""] of new TextDecoder()
      .decode(body)
      .matchAll(/(href|src|srcset)="(\/[^"]*)"/g)) {
      const addresses =
        kind === "srcset" ? value.split(", ").map((each) => each.split(" ")[0] ?? "") : [value];
      for (const address of addresses) if (!pages.has(origin + address)) broken.add(`${name} → ${address}`);
    }
  }
  return [...broken];
}
