/** Requests as the edge tells them, for tests of what is made of them: a browser's, with whatever is to be different. */
import { KnownValues, type RequestFacts, RequestView } from "../src/decision/requests/request-traits.ts";
import type { HashKey } from "../src/decision/source.ts";
import { unknownOrigin } from "../src/decision/tally-summary.ts";

export const browserHeaders: Readonly<Record<string, string>> = {
  accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
  "accept-encoding": "gzip, deflate, br, zstd",
  "accept-language": "ar-MA,ar;q=0.9,fr;q=0.8",
  host: "localhost:8080",
  "user-agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0",
};

export interface TestRequest extends Partial<Omit<RequestFacts, "header" | "headerNames">> {
  readonly headers?: Readonly<Record<string, string>>;
}

export function requestFacts({ headers = browserHeaders, ...more }: TestRequest = {}): RequestFacts {
  return {
    method: "GET",
    host: "portal",
    path: "/",
    query: undefined,
    source: { v6: false, high: 0, low: 0x7f0a_0301 },
    place: "front",
    cost: "memory",
    claim: "none",
    pass: "none",
    pace: 1,
    queries: 0,
    misses: 0,
    shared: "one",
    parts: false,
    ...more,
    header: (name) => headers[name] ?? "",
    headerNames: () => Object.keys(headers),
  };
}

export const testKey: HashKey = { first: 0x1234_5678, second: 0x9abc_def0 };

export function knownValues(key = testKey): KnownValues {
  return new KnownValues(key, () => unknownOrigin);
}

export function requestView(request: TestRequest = {}, known = knownValues()): RequestView {
  return new RequestView(requestFacts(request), known);
}
