// A request as its traits: each as docs of trait.ts say, made at most once and only when asked for, whatever a client sends.
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import {
  browserHeaders,
  knownValues,
  requestFacts,
  requestView,
  testKey,
} from "../../../test/request-facts.ts";
import { parseAddress, words } from "../address.ts";
import type { Source } from "../source.ts";
import { KnownValues, type RequestFacts, RequestView } from "./request-traits.ts";
import { ordinal, traits } from "./trait.ts";
import { valueHash } from "./value-hash.ts";

function texts(view: RequestView): Record<string, string> {
  return Object.fromEntries(traits.map((trait) => [trait, view.text(trait)]));
}

test("a browser's request", () => {
  const known = new KnownValues(testKey, () => ({ country: "SA", asn: 64_500, name: "Example" }));
  const view = new RequestView(requestFacts({ pace: 2, queries: 4, parts: true }), known);
  expect(texts(view)).toEqual({
    method: "GET",
    host: "portal",
    place: "front",
    path: "/",
    query: "none",
    agent: browserHeaders["user-agent"] ?? "",
    program: "firefox",
    client: "desktop",
    language: "ar-MA",
    headers: "accept,accept-encoding,accept-language,user-agent",
    accept: "page",
    encoding: "modern",
    referrer: "none",
    cookies: "no",
    conditional: "no",
    parts: "yes",
    pace: "2",
    queries: "4",
    shared: "one",
    misses: "0",
    claim: "none",
    cost: "memory",
    pass: "none",
    country: "SA",
    network: "64500",
    block: "127.10.0.0/16",
    prefix: "127.10.3.0/24",
  });
});

test("a request with nothing but a Host says none", () => {
  const view = requestView({ headers: { host: "localhost" } });
  for (const trait of [
    "agent",
    "program",
    "client",
    "language",
    "headers",
    "accept",
    "encoding",
    "referrer",
  ] as const) {
    expect(view.text(trait)).toBe("none");
  }
});

test("what is carried: cookies, conditions, where it came from", () => {
  const headers = {
    ...browserHeaders,
    cookie: "a=1",
    "if-none-match": '"x"',
    referer: "http://localhost:8080/ar/",
  };
  const view = requestView({ headers });
  expect(view.text("cookies")).toBe("yes");
  expect(view.text("conditional")).toBe("yes");
  expect(view.text("referrer")).toBe("self");
  const dated = requestView({
    headers: { ...browserHeaders, "if-modified-since": "Sun, 31 Jul 2011 14:00:00 GMT" },
  });
  expect(dated.text("conditional")).toBe("yes");
});

test("hashes are those of the texts under the boot's key, ordinals are their numbers", () => {
  const view = requestView({ pace: 16, path: "/ar/2011/07/march" });
  for (const trait of traits) {
    expect(view.hash(trait)).toBe(
      ordinal(trait) ? Number(view.text(trait)) : valueHash(view.text(trait), testKey),
    );
  }
  expect(view.number("pace")).toBe(16);
  expect(requestView({}, knownValues({ first: 5, second: 6 })).hash("program")).not.toBe(
    view.hash("program"),
  );
});

test("a trait is read when it is asked for, and once", () => {
  const asked: string[] = [];
  const facts = new Proxy(requestFacts(), {
    get: (target, name: keyof RequestFacts) => {
      asked.push(name);
      return target[name];
    },
  });
  const view = new RequestView(facts, knownValues());
  expect(asked).toEqual([]);
  for (let time = 0; time < 3; time += 1) view.hash("method");
  expect(asked).toEqual(["method"]);
});

test("what its source did is kept as it was when the request was judged", () => {
  const lately = { pace: 8, shared: "many" as RequestFacts["shared"] };
  const facts = {
    ...requestFacts(),
    get pace() {
      return lately.pace;
    },
    get shared() {
      return lately.shared;
    },
  };
  const [kept, read] = [new RequestView(facts, knownValues()), new RequestView(facts, knownValues())];
  kept.keepSource();
  Object.assign(lately, { pace: 0, shared: "one" });
  expect([kept.number("pace"), kept.text("shared")]).toEqual([8, "many"]);
  expect([read.number("pace"), read.text("shared")]).toEqual([0, "one"]);
});

test("where it came from is looked up only for who asks, and once for a prefix", () => {
  const looked: string[] = [];
  const known = new KnownValues(testKey, (prefix) => {
    looked.push(prefix);
    return { country: "MA", asn: 36_903, name: "" };
  });
  const from = (low: number): RequestView =>
    new RequestView(requestFacts({ source: { v6: false, high: 0, low } }), known);
  from(0x2986_0101).hash("prefix");
  expect(looked).toEqual([]);
  for (let host = 1; host < 5; host += 1) expect(from(0x2986_0100 + host).text("country")).toBe("MA");
  expect(looked).toEqual(["41.134.1.0/24"]);
});

function source(address: string): Source {
  const parsed = parseAddress(address);
  if (parsed === undefined) throw new Error(`${address} is no address`);
  const [first, second] = words(parsed);
  return parsed.bytes.length === 4
    ? { v6: false, high: 0, low: first }
    : { v6: true, high: first, low: second };
}

test("an IPv4 address mapped into IPv6 lies where it itself does; an IPv6 one in its /48 and /32", () => {
  const at = (address: string): RequestView => requestView({ source: source(address) });
  expect(at("::ffff:192.0.2.7").text("prefix")).toBe("192.0.2.0/24");
  expect(at("::ffff:192.0.2.7").source).toBe(at("192.0.2.7").source);
  expect(at("2001:db8:1:2::9").text("prefix")).toBe("2001:db8:1::/48");
  expect(at("2001:db8:1:2::9").text("block")).toBe("2001:db8::/32");
  expect(at("2001:db8:1:2::9").source).toBe(at("2001:db8:1:2:ffff::1").source);
  expect(at("2001:db8:1:3::9").source).not.toBe(at("2001:db8:1:2::9").source);
});

test("full queries are told apart, but for what was added to an address that was shared", () => {
  const query = (text: string | undefined): number => requestView({ query: text }).query;
  expect([query(undefined), query("fbclid=abc"), query("utm_source=a&fbclid=b")]).toEqual([0, 0, 0]);
  expect(query("p=123&fbclid=abc")).toBe(query("p=123&fbclid=def"));
  expect(query("z=1")).not.toBe(query("z=2"));
  expect(query("z=1")).toBe(query("z=1"));
});

test("programs behind one address are told apart by what they call themselves, by language, by headers", () => {
  const fingerprint = (more: Readonly<Record<string, string>>): number =>
    requestView({ headers: { ...browserHeaders, ...more } }).fingerprint;
  const one = fingerprint({});
  expect(fingerprint({ cookie: "a=1", referer: "https://example.org/" })).toBe(one);
  expect(fingerprint({ "upgrade-insecure-requests": "1", priority: "u=0, i" })).toBe(one);
  for (const other of [{ "user-agent": "x" }, { "accept-language": "fr" }, { dnt: "1" }]) {
    expect(fingerprint(other)).not.toBe(one);
  }
});

const hostile = fc.string({ unit: "binary", maxLength: 3_000 });

test("whatever a client sends, every trait has a short text and a hash of 32 bits", () => {
  const known = knownValues();
  const header = fc.constantFrom(
    "user-agent",
    "accept",
    "accept-language",
    "accept-encoding",
    "referer",
    "cookie",
    "host",
  );
  fc.assert(
    fc.property(fc.dictionary(header, hostile), hostile, hostile, hostile, (headers, path, query, method) => {
      const view = requestView({ headers, path, query, method }, known);
      for (const trait of traits) {
        expect(view.text(trait).length).toBeLessThanOrEqual(250);
        expect(view.hash(trait)).toBeWithin(0, 2 ** 32);
      }
      expect(view.query).toBeWithin(0, 2 ** 32);
      expect(view.fingerprint).toBeWithin(0, 2 ** 32);
    }),
  );
});
