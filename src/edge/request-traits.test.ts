// What a real request's traits are, as the worker's sample tells them: read from the socket to the vector, served or refused.
import { expect, test } from "bun:test";
import { startTestEdge, type TestEdge } from "../../test/edge/in-process.ts";
import { rawRequest } from "../../test/edge/raw-http.ts";
import { testRule } from "../../test/rule.ts";
import { CompiledRules } from "../decision/requests/compiled-rules.ts";
import { Names } from "../decision/requests/names.ts";
import { ends, sampleWidth } from "../decision/requests/sample.ts";
import { ordinal, type Trait, traits } from "../decision/requests/trait.ts";

/** Those that are different with the next request of the same source. */
const ofSource: ReadonlySet<Trait> = new Set(["pace", "queries", "misses", "parts", "shared"]);

type Told = Readonly<Record<Trait, string>> & { readonly end: number };

/** Each edge tells a text once. */
const namesOf = new WeakMap<TestEdge, Names>();

/** What was sampled since the last time, as texts. */
function sampled(edge: TestEdge): Told[] {
  const { vectors, count, names } = edge.state.sampler.take();
  const texts = namesOf.get(edge) ?? new Names(1);
  namesOf.set(edge, texts);
  texts.learn(names);
  return Array.from({ length: count }, (_, number) => {
    const words = vectors.subarray(number * sampleWidth, (number + 1) * sampleWidth);
    const told = traits.map((trait, at) => {
      const word = words[at] ?? 0;
      return [trait, ordinal(trait) ? `${word}` : texts.textOf(word)];
    });
    return { ...Object.fromEntries(told), end: words.at(-1) } as Told;
  });
}

async function toldOf(edge: TestEdge, target: string, ...lines: readonly string[]): Promise<Told> {
  await rawRequest(edge.port, [`${target} HTTP/1.1`, ...lines, "", ""].join("\r\n"));
  const [told, ...others] = sampled(edge);
  if (told === undefined || others.length > 0) throw new Error("not just one request was sampled");
  return told;
}

const pages = [
  { path: "/ar/", body: "<p>front</p>" },
  { path: "/ar/2011/07/march", body: "<p>story</p>" },
  { path: "/ar/section/news", body: "<p>list</p>" },
  { path: "/feed.xml", body: "<rss/>", type: "application/rss+xml" },
  { path: "/style.css", body: "p {}", type: "text/css" },
  { path: "/_kasbah/assets/site.css", body: "p {}", type: "text/css" },
  { path: "/film", body: new Uint8Array(3_000_000), type: "video/mp4" },
];

test("a request's traits are what its lines say", async () => {
  await using edge = startTestEdge();
  edge.publish(pages);
  const told = await toldOf(
    edge,
    "GET /ar/2011/07/march?z=17",
    "Host: localhost",
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
    "Accept: text/html,*/*;q=0.8",
    "Accept-Language: ar-MA,ar;q=0.9",
    "Accept-Encoding: identity",
    "Cookie: a=1",
    "Referer: https://l.facebook.com/",
    'If-None-Match: "x"',
    "X-Forwarded-For: 192.0.2.7",
  );
  expect(told).toMatchObject({
    method: "GET",
    host: "portal",
    place: "page",
    path: "/ar/2011/07/march",
    query: "?z",
    cost: "memory",
    program: "firefox",
    client: "desktop",
    language: "ar-MA",
    accept: "page",
    encoding: "identity",
    headers: "accept,accept-encoding,accept-language,user-agent",
    referrer: "l.facebook.com",
    cookies: "yes",
    conditional: "yes",
    claim: "none",
    pass: "none",
    country: "ZZ",
    network: "0",
    block: "127.0.0.0/16",
    prefix: "127.0.0.0/24",
    end: ends.served,
  });
});

test("what is asked for, and what it costs, is known before it is answered", async () => {
  await using edge = startTestEdge();
  edge.publish(pages);
  const at = async (target: string): Promise<readonly string[]> => {
    const { place, cost } = await toldOf(edge, target, "Host: localhost", "Connection: close");
    return [place, cost];
  };
  expect(await at("GET /ar/")).toEqual(["front", "memory"]);
  expect(await at("GET /ar")).toEqual(["moved", "memory"]);
  expect(await at("HEAD /ar/section/news")).toEqual(["list", "memory"]);
  expect(await at("GET /feed.xml")).toEqual(["feed", "memory"]);
  expect(await at("GET /style.css")).toEqual(["part", "memory"]);
  expect(await at("GET /film")).toEqual(["page", "disk"]);
  expect(await at("POST /ar/")).toEqual(["front", "error"]);
  expect(await at("GET /wp-login.php")).toEqual(["missing", "error"]);
  expect(await at("GET /_kasbah/health")).toEqual(["reserved", "memory"]);
  expect(await at("GET /_kasbah/assets/site.css")).toEqual(["part", "memory"]);
});

test("a rule made of a sample's own words matches the next request like it, whatever is asked for", async () => {
  await using edge = startTestEdge();
  edge.publish(pages);
  for (const target of [
    "GET /ar/",
    "GET /ar",
    "POST /ar/",
    "GET /film",
    "GET /feed.xml?z=1",
    "GET /wp-login.php",
  ]) {
    const told = await toldOf(edge, target, "Host: localhost", "Accept: */*", "Connection: close");
    const terms = traits
      .filter((trait) => !ofSource.has(trait))
      .map((trait) => ({ trait, value: told[trait] }));
    const rule = testRule({ id: target, terms, state: "shadow" });
    edge.state.rules = new CompiledRules([rule], edge.state.known.key);
    await toldOf(edge, target, "Host: localhost", "Accept: */*", "Connection: close");
    expect(edge.state.notes.take().rules.get(target)?.matched).toBe(1);
    await toldOf(edge, target, "Host: localhost", "Accept: text/html", "Connection: close");
    expect(edge.state.notes.take().rules.size).toBe(0);
  }
});

test("hosts that are ours, addresses, and others", async () => {
  await using edge = startTestEdge();
  edge.publish(pages);
  const host = async (name: string): Promise<string> =>
    (await toldOf(edge, "GET /ar/", `Host: ${name}`)).host;
  expect(await host("localhost:8080")).toBe("portal");
  expect(await host("blog.localhost")).toBe("blog");
  expect(await host(`127.0.0.1:${edge.port}`)).toBe("address");
  expect(await host("203.0.113.7")).toBe("address");
  expect(await host("elsewhere.example")).toBe("unknown");
});

test("a Host that can't be one is malformed, one that isn't ours missing", async () => {
  await using edge = startTestEdge();
  const place = async (name: string): Promise<string> => (await toldOf(edge, "GET /", `Host: ${name}`)).place;
  expect(await place("a b")).toBe("malformed");
  expect(await place("elsewhere.example")).toBe("missing");
});

test("what a source did is told as it was when its request was judged, however long the answer took", async () => {
  let whileItAnswers = (): void => {};
  using origin = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: () => {
      whileItAnswers();
      return new Response("late");
    },
  });
  await using edge = startTestEdge({ config: { origin: { url: origin.url.origin } } });
  for (let query = 0; query < 8; query += 1) await toldOf(edge, `GET /?z=${query}`, "Host: localhost");
  whileItAnswers = () => edge.clock.advance(600_000);
  const told = await toldOf(edge, "GET /?z=8", "Host: localhost");
  expect([Number(told.pace), Number(told.queries)]).toEqual([4, 8]);
});

test("what an origin would answer is passed on, parts of pages told apart by their name", async () => {
  await using edge = startTestEdge({ config: { origin: { url: "http://127.0.0.1:9" } } });
  const told = await toldOf(edge, "GET /index.php?id=7", "Host: localhost");
  expect(told).toMatchObject({ place: "passed-on", cost: "passed-on", query: "?id", end: ends.failed });
  const style = await toldOf(edge, "GET /wp-content/style.css?ver=6.8", "Host: localhost");
  expect(style).toMatchObject({ place: "part", cost: "passed-on" });
  expect((await toldOf(edge, "GET /_kasbah/health", "Host: localhost")).place).toBe("reserved");
});

test("who is refused is sampled too, with what was asked for", async () => {
  await using edge = startTestEdge({ config: { decision: { prefix_rate: 1, prefix_burst: 1 } } });
  edge.publish(pages);
  const ask = (): Promise<Told> => toldOf(edge, "GET /ar/", "Host: localhost");
  expect((await ask()).end).toBe(ends.served);
  expect(await ask()).toMatchObject({ end: ends.refused, place: "front", cost: "memory" });
});

test("overrides say where a source lies", async () => {
  const overrides = [{ network: "127.0.0.0/8", country: "SA", asn: 64_500 }];
  await using edge = startTestEdge({ config: { geo: { overrides } } });
  expect(await toldOf(edge, "GET /", "Host: localhost")).toMatchObject({ country: "SA", network: "64500" });
});

test("hostile lines are told short: long, binary, doubled, by the hundred", async () => {
  await using edge = startTestEdge();
  edge.publish(pages);
  const told = await toldOf(
    edge,
    `GET /${"x".repeat(1_500)}?${"a=1&".repeat(500)}`,
    "Host: localhost",
    `User-Agent: ${"\u00ff".repeat(2_000)}`,
    "Accept: text/html",
    "Accept: */*",
    "Accept-Language: ***",
    ...Array.from({ length: 150 }, (_, at) => `X-${at}: 1`),
  );
  for (const trait of traits) expect(told[trait].length).toBeLessThanOrEqual(250);
  expect(told).toMatchObject({ place: "missing", accept: "page", language: "none", program: "other" });
  expect(told.headers).toBe("accept,accept-language,user-agent,others");
});

test("programs behind one address are told apart by their headers, also where they call themselves the same and take turns", async () => {
  await using edge = startTestEdge();
  edge.publish(pages);
  const ask = (...lines: readonly string[]): Promise<Told> =>
    toldOf(edge, "GET /ar/", "Host: localhost", "User-Agent: Mozilla/5.0", ...lines);
  const once = await ask("Accept: */*");
  const again = await ask("Accept: */*");
  const withCookie = await ask("Accept: */*", "Cookie: a=1");
  expect([once.shared, again.shared, withCookie.shared]).toEqual(["one", "one", "one"]);
  await ask("Accept: */*", "DNT: 1", "Sec-GPC: 1");
  await ask("Accept: */*");
  expect((await ask("Accept: */*")).shared).toBe("few");
});
