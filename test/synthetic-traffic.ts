/** Samples of requests as workers would hand them on, made from what tests say of each; texts are told with them. */
import { type Sample, sampleExtras, sampleWidth } from "../src/decision/requests/sample.ts";
import { ordinal, type Trait, traits } from "../src/decision/requests/trait.ts";
import { valueHash } from "../src/decision/requests/value-hash.ts";
import { testKey } from "./request-facts.ts";

export const key = testKey;

/** By trait; `source` is any number that is the same for the same source. */
export type Request = Partial<Record<Trait, string>> & { readonly source?: number };

const browserSet = "accept,accept-encoding,accept-language,user-agent";

/** As `../shared/tools/readers.mjs` sends them: no parts, no cookies, no referrer, `identity`, the front page. */
export const reader: Request = {
  method: "GET",
  host: "portal",
  place: "front",
  path: "/",
  query: "none",
  agent: "Mozilla/5.0 (Linux; Android 15; Pixel 8) Chrome/141.0.0.0 Mobile Safari/537.36",
  program: "chrome",
  client: "phone",
  language: "ar-MA",
  headers: browserSet,
  accept: "page",
  encoding: "identity",
  referrer: "none",
  cookies: "no",
  conditional: "no",
  parts: "no",
  pace: "1",
  queries: "0",
  shared: "one",
  misses: "0",
  claim: "none",
  cost: "memory",
  pass: "none",
  country: "MA",
  network: "0",
  block: "127.20.0.0/16",
  prefix: "127.20.0.0/24",
};

export const desktop: Request = {
  ...reader,
  agent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0",
  program: "firefox",
  client: "desktop",
  language: "fr-FR",
  country: "FR",
};

/** Nothing but Host, as fast as it can. */
export const bare: Request = {
  ...reader,
  agent: "none",
  program: "none",
  client: "none",
  language: "none",
  headers: "none",
  accept: "none",
  encoding: "none",
  pace: "8",
  country: "SA",
  block: "127.10.0.0/16",
  prefix: "127.10.1.0/24",
};

export function sampleOf(requests: readonly Request[], weight = 1): Sample {
  const vectors = new Uint32Array(requests.length * sampleWidth);
  const names = new Map<number, string>();
  requests.forEach((request, row) => {
    const whole = { ...reader, ...request };
    traits.forEach((trait, at) => {
      const text = whole[trait] ?? "none";
      const word = ordinal(trait) ? Number(text) : valueHash(text, key);
      if (!ordinal(trait)) names.set(word, text);
      vectors[row * sampleWidth + at] = word;
    });
    const source = valueHash(`source ${request.source ?? row}`, key);
    vectors[row * sampleWidth + traits.length + sampleExtras.indexOf("source")] = source;
  });
  return { vectors, count: requests.length, weight, names: [...names] };
}

/** `count` requests, each as `make` says. */
export function many(count: number, make: (at: number) => Request): Request[] {
  return Array.from({ length: count }, (_, at) => make(at));
}
