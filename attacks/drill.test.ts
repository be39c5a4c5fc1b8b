// A drill against a small site of the test's own: who came, what readers saw, and that it ends.
import { afterEach, describe, expect, test } from "bun:test";
import { certificate, openssl } from "../test/certificate.ts";
import { drill, type DrillReport } from "./drill.ts";
import { feedOf, linksOf, partsOf } from "./pages.ts";
import { drawPlan, type Plan } from "./plan.ts";
import { handshakeFlood } from "./profiles/handshake-flood.ts";
import { ipv6Hopping } from "./profiles/ipv6-hopping.ts";
import { mamfakinch2011 } from "./profiles/mamfakinch-2011.ts";
import { slowReader } from "./profiles/slow-reader.ts";
import type { Target } from "./target.ts";

const plan: Plan = {
  ...drawPlan(mamfakinch2011, { seed: 5, sources: 150, seconds: 2, rate: 600, known: [] }),
  thinkMs: 100,
};
const calmMs = 1_000;
const front =
  '<link rel="stylesheet" href="/s.css"><a href="/ar/one">1</a><a href="/fr/two?x=1">2</a><a href="https://example.org/">3</a><img src="/i.png">';

let stop = (): void => {};
afterEach(() => stop());

describe("a drill", () => {
  test("floods from every planned address at the planned rate, while people read what is there", async () => {
    const site = startSite();
    const report = await run(site.port);
    expect(site.sources(isFlood)).toEqual(new Set(plan.flood.bots.map(({ address }) => address)));
    expect(site.sources(isReader)).toEqual(
      new Set([...plan.readers, plan.scout].map(({ address }) => address)),
    );
    expect(report.flood.sent).toBeGreaterThan(plan.flood.rate * plan.flood.seconds * 0.5);
    expect(report.flood.sent).toBeLessThanOrEqual(plan.flood.rate * plan.flood.seconds * 1.05);
    expect(report.flood.statuses).toEqual({ "200": report.flood.answered });
    expect(report.flood).toMatchObject({ sources: 150, served: report.flood.answered, refused: 0 });
    expect(report.flood.quiet_ms).toEqual({ answered: null, served: null });
    expect(report.flood.failed).toEqual({ connect: 0, cut: 0, malformed: 0, timeout: 0 });
    expect(report.pages).toBe(2);
    expect(report.readers.flood.reads).toBeGreaterThan(100);
    expect(report.readers.flood.right).toBe(report.readers.flood.reads);
    expect(report.readers.flood.refused).toBe(0);
    expect(report.readers.worst).toBeNull();
    expect(report.readers.onset).toEqual(report.readers.flood);
    expect(report.readers.among_flood.reads).toBeGreaterThan(0);
    expect(report.readers.late.reads).toBeGreaterThan(0);
    expect(report.readers.calm.reads).toBeGreaterThan(0);
    expect(site.asked("/s.css")).toBe(true);
  }, 20_000);

  test("comes through a proxy from addresses that this machine does not have", async () => {
    const site = startSite();
    const wishes = { seed: 6, sources: 20, seconds: 1, rate: 200, known: [], proxy: "127.0.0.1" };
    const report = await run(site.port, { ...drawPlan(ipv6Hopping, wishes), thinkMs: 100 });
    expect(report.flood.sources).toBeGreaterThan(100);
    expect(site.sources(() => true)).toEqual(new Set(["127.0.0.1"]));
    const said = site.forwarded();
    expect(said.filter((address) => address.startsWith("2001:db8:")).length).toBeGreaterThan(100);
    expect(report.readers.flood.right).toBe(report.readers.flood.reads);
  }, 20_000);

  test.skipIf(openssl === null)(
    "goes to a site behind TLS",
    async () => {
      using files = certificate();
      const site = startSite({
        tls: { cert: Bun.file(files.tls_certificate), key: Bun.file(files.tls_key) },
      });
      const report = await run(site.port, { ...plan, flood: { ...plan.flood, seconds: 1 } }, true);
      expect(report.flood.statuses).toEqual({ "200": report.flood.answered });
      expect(report.flood.answered).toBeGreaterThan(100);
      expect(report.readers.flood.right).toBe(report.readers.flood.reads);
      expect(site.sources(isReader).size).toBeGreaterThan(30);
    },
    20_000,
  );

  test("holds what it asked for where its story says so, until it is cut", async () => {
    const site = startSite({ page: "The march went on. ".repeat(20_000) });
    const slow = drawPlan(slowReader, { seed: 7, sources: 20, seconds: 1, rate: 100, known: [] });
    const report = await run(site.port, { ...slow, thinkMs: 100 });
    const { connections, sent } = report.flood;
    expect(report.flood).toMatchObject({ held: 20, answered: 0 });
    // Whoever is cut comes again.
    expect(connections).toBeWithin(20, 23);
    expect(sent).toBe(connections * 300);
    expect(report.flood.bytes).toBeLessThan(20 * 1024 * 1024);
    expect(report.readers.flood.right).toBe(report.readers.flood.reads);
  }, 20_000);

  test.skipIf(openssl === null)(
    "has handshakes begun and asks for nothing where its story says so, in clear as well",
    async () => {
      using files = certificate();
      const [cert, key] = [Bun.file(files.tls_certificate), Bun.file(files.tls_key)];
      const silent = drawPlan(handshakeFlood, { seed: 7, sources: 20, seconds: 1, rate: 200, known: [] });
      for (const tls of [{ cert, key }, undefined]) {
        const site = startSite(tls === undefined ? {} : { tls });
        const { flood, readers } = await run(site.port, { ...silent, thinkMs: 100 }, tls !== undefined);
        expect([flood.sent, flood.answered]).toEqual([0, 0]);
        expect(flood.greeted).toBeGreaterThan(100);
        expect(flood.bytes > 0).toBe(tls !== undefined);
        expect(readers.flood.right).toBe(readers.flood.reads);
      }
    },
    20_000,
  );

  test("pauses where its story says so", async () => {
    const site = startSite();
    const flood = { ...plan.flood, seconds: 1, pulse: { onS: 0.3, offS: 10 } };
    const report = await run(site.port, { ...plan, flood });
    expect(report.flood.sent).toBeGreaterThan(50);
    expect(report.flood.sent).toBeLessThan(plan.flood.rate * 0.5);
  }, 20_000);

  test("tells a wrong page and a refusal from the right page", async () => {
    const site = startSite({ spoilt: true });
    const { readers } = await run(site.port);
    expect(readers.calm.right).toBe(readers.calm.reads);
    expect(readers.flood.right).toBeLessThan(readers.flood.reads);
    expect(Object.keys(readers.flood.wrong).sort()).toEqual(["503", "another page"]);
  }, 20_000);

  test("says plainly that there is nothing to read", async () => {
    const site = startSite({ empty: true });
    expect(run(site.port)).rejects.toThrow("there is nothing to drill: the front page answers 503");
  });

  test("says plainly that nobody is there", async () => {
    expect(run(1)).rejects.toThrow(
      "there is nothing to drill: the front page answers nothing (ECONNREFUSED)",
    );
  });

  test("ends at once when it is told to", async () => {
    const site = startSite();
    const stopping = new AbortController();
    const lines: string[] = [];
    const outcome = drill({
      plan,
      target: targetAt(site.port),
      signal: stopping.signal,
      progress: (line) => {
        lines.push(line);
        stopping.abort(new Error("stopped"));
      },
    });
    expect(await outcome.catch((thrown: unknown) => String(thrown))).toMatch(/abort|stopped/i);
    expect(lines).toHaveLength(1);
  });
});

test("links and parts are those of this site", () => {
  expect(linksOf(front)).toEqual(["/ar/one"]);
  expect(
    linksOf(
      '<a class="x" href="/a">a</a><a href="//evil.example/b">b</a><a href="/_kasbah/health">c</a><a href="/a">d</a>',
    ),
  ).toEqual(["/a"]);
  expect(partsOf(front)).toEqual(["/s.css", "/i.png"]);
  expect(feedOf(front)).toBeUndefined();
  expect(feedOf('<link rel="alternate" type="application/atom+xml" href="/ar/feed.xml">')).toBe(
    "/ar/feed.xml",
  );
});

function run(port: number, planned = plan, tls = false): Promise<DrillReport> {
  const signal = new AbortController().signal;
  return drill({ plan: planned, target: targetAt(port, tls), signal, calmMs, progress: () => {} });
}

function targetAt(port: number, tls = false): Target {
  return { address: "127.0.0.1", port, tls, host: "localhost" };
}

interface Seen {
  readonly source: string;
  readonly path: string;
  readonly agent: string;
  readonly forwarded: string;
}

const floodAgents = new Set(
  plan.flood.headers.flat().flatMap((line) => /^User-Agent: (.*)/.exec(line)?.[1] ?? []),
);
const isFlood = ({ agent }: Seen): boolean => agent === "" || floodAgents.has(agent);
const isReader = (seen: Seen): boolean => !isFlood(seen);

interface SiteOptions {
  /** When the flood has begun, every third page is another and every fifth is refused. */
  readonly spoilt?: boolean;
  readonly empty?: boolean;
  readonly tls?: Bun.TLSOptions;
  /** What every page but the front one is. */
  readonly page?: string;
}

function startSite({ spoilt = false, empty = false, page, tls }: SiteOptions = {}) {
  const seen: Seen[] = [];
  const started = performance.now();
  let count = 0;
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    ...(tls !== undefined && { tls }),
    fetch(request, self) {
      const { pathname } = new URL(request.url);
      seen.push({
        source: self.requestIP(request)?.address ?? "",
        path: pathname,
        agent: request.headers.get("user-agent") ?? "",
        forwarded: request.headers.get("x-forwarded-for") ?? "",
      });
      count += 1;
      const late = performance.now() - started > calmMs + 500;
      if (empty || (spoilt && late && count % 5 === 0)) return new Response("busy", { status: 503 });
      const body = pathname === "/" ? front : (page ?? `<p>${pathname}</p>`);
      return new Response(spoilt && late && count % 3 === 0 ? "defaced" : body, {
        headers: { "content-type": "text/html" },
      });
    },
  });
  stop = () => void server.stop(true);
  return {
    port: server.port ?? 0,
    /** A connection that was closed meanwhile has no source any more. */
    sources: (which: (seen: Seen) => boolean) =>
      new Set(seen.filter((each) => which(each) && each.source !== "").map(({ source }) => source)),
    forwarded: () => seen.map(({ forwarded }) => forwarded),
    asked: (path: string) => seen.some((each) => each.path === path),
  };
}
