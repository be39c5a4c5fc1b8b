/** Crawlers against a name server of the test's own: true ones, liars, and name servers that hang, fail, or say far too much. */
import { afterEach, describe, expect, test } from "bun:test";
import { Resolver } from "node:dns/promises";
import { type DnsServer, startDnsServer, type Zone } from "../../../test/dns-server.ts";
import { hourMs, ManualClock } from "../../base/clock.ts";
import { type Claim, crawlerLimits, Crawlers, type CrawlersOptions } from "./crawlers.ts";
import { claimedEngine, isOf } from "./engines.ts";

const googlebot = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
const bingbot = "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)";
const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const servers: DnsServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server[Symbol.asyncDispose]();
});

interface Setup {
  readonly crawlers: Crawlers;
  readonly clock: ManualClock;
  readonly asked: readonly string[];
  /** Once DNS has been asked. */
  readonly claim: (address: string, agent?: string) => Promise<Claim>;
}

async function setUp(zone: Zone, options: Partial<CrawlersOptions> = {}): Promise<Setup> {
  const server = await startDnsServer(zone);
  servers.push(server);
  const names = new Resolver({ timeout: 300, tries: 1 });
  names.setServers([server.address]);
  const clock = new ManualClock(Date.UTC(2026, 0, 1));
  const crawlers = new Crawlers({ verify: true, clock, names, limits: { timeoutMs: 400 }, ...options });
  const claim = async (address: string, agent = googlebot): Promise<Claim> => {
    crawlers.claimOf(address, agent);
    await crawlers.idle();
    return crawlers.claimOf(address, agent);
  };
  return { crawlers, clock, asked: server.asked, claim };
}

const trueGooglebot = {
  names: {
    "66.249.66.1": ["crawl-66-249-66-1.googlebot.com"],
    "2001:4860:4801:10::1": ["crawl-six.googlebot.com"],
  },
  addresses: {
    "crawl-66-249-66-1.googlebot.com": ["66.249.66.1"],
    "crawl-six.googlebot.com": ["2001:4860:4801:10::1"],
  },
} as const;

describe("a crawler", () => {
  test("is verified by its name and that name's address, over IPv4 and IPv6; unknown until DNS has answered", async () => {
    const { crawlers, claim } = await setUp(trueGooglebot);
    expect(crawlers.claimOf("66.249.66.1", googlebot)).toBe("unknown");
    expect(await claim("66.249.66.1")).toBe("verified");
    expect(await claim("::ffff:66.249.66.1")).toBe("verified");
    expect(await claim("2001:4860:4801:10::1")).toBe("verified");
  });

  test("is false where the address has no name, another's, or one that only contains the domain", async () => {
    const { claim } = await setUp({
      names: {
        "198.41.0.4": ["a.root-servers.net"],
        "198.41.0.5": ["googlebot.com.example.net", "notgooglebot.com"],
      },
      addresses: { "googlebot.com.example.net": ["198.41.0.5"], "notgooglebot.com": ["198.41.0.5"] },
    });
    expect(await claim("198.41.0.3")).toBe("false");
    expect(await claim("198.41.0.4")).toBe("false");
    expect(await claim("198.41.0.5")).toBe("false");
  });

  test("is false where its name leads elsewhere: anybody can write Google's name into their own reverse zone", async () => {
    const { claim } = await setUp({
      names: { "198.41.0.4": ["crawl-66-249-66-1.googlebot.com"], "198.41.0.5": ["nowhere.googlebot.com"] },
      addresses: trueGooglebot.addresses,
    });
    expect(await claim("198.41.0.4")).toBe("false");
    expect(await claim("198.41.0.5")).toBe("false");
  });

  test("of one engine is no crawler of another", async () => {
    const { claim } = await setUp(trueGooglebot);
    expect(await claim("66.249.66.1", bingbot)).toBe("false");
  });
});

describe("nobody is asked", () => {
  test("about who says nothing of the kind, comes from a private network, or where it is switched off", async () => {
    const { claim, asked } = await setUp(trueGooglebot);
    expect(await claim("66.249.66.1", firefox)).toBe("none");
    expect(await claim("66.249.66.1", "")).toBe("none");
    expect(await claim("127.10.0.1")).toBe("false");
    expect(await claim("192.168.1.1")).toBe("false");
    expect(await claim("66.249.66.1", "DuckDuckBot/1.1; (+http://duckduckgo.com/duckduckbot.html)")).toBe(
      "unknown",
    );
    const off = await setUp(trueGooglebot, { verify: false });
    expect(await off.claim("66.249.66.1")).toBe("unknown");
    expect([...asked, ...off.asked]).toEqual([]);
  });

  test("twice while an answer holds; and again once it does not", async () => {
    const { claim, clock, asked } = await setUp(trueGooglebot);
    await claim("66.249.66.1");
    clock.advance(23 * hourMs);
    expect(await claim("66.249.66.1")).toBe("verified");
    expect(asked.length).toBe(2);
    clock.advance(hourMs);
    expect(await claim("66.249.66.1")).toBe("verified");
    expect(asked.length).toBe(4);
  });
});

describe("a name server", () => {
  test("that hangs or fails leaves a crawler unknown, never false", async () => {
    const { claim } = await setUp({
      ...trueGooglebot,
      silentOn: ["66.249.66.1"],
      failsOn: ["66.249.66.2"],
    });
    expect(await claim("66.249.66.1")).toBe("unknown");
    expect(await claim("66.249.66.2")).toBe("unknown");
  });

  test("that hangs on one makes others wait no longer than its time", async () => {
    const { crawlers, claim } = await setUp(
      { ...trueGooglebot, silentOn: ["198.41.0.4"] },
      { limits: { timeoutMs: 200, atATime: 1 } },
    );
    crawlers.claimOf("198.41.0.4", googlebot);
    expect(await claim("66.249.66.1")).toBe("verified");
  });

  test("that answers with thousands of names is asked about two of them", async () => {
    const many = Array.from({ length: 1_500 }, (_, at) => `crawl-${at}.googlebot.com`);
    const { claim, asked } = await setUp({ names: { "198.41.0.4": many } });
    expect(await claim("198.41.0.4")).toBe("false");
    expect(asked.filter((each) => !each.startsWith("PTR")).length).toBe(2);
  });
});

test("a flood of false crawlers costs few questions at a time and a bounded queue; the rest stay unknown", async () => {
  let underWay = 0;
  let most = 0;
  let asked = 0;
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const names = {
    async resolvePtr(): Promise<string[]> {
      asked += 1;
      underWay += 1;
      most = Math.max(most, underWay);
      await gate;
      underWay -= 1;
      return [];
    },
    resolve4: async () => [],
    resolve6: async () => [],
  };
  const crawlers = new Crawlers({ verify: true, clock: new ManualClock(0), names });
  const addresses = Array.from({ length: 20_000 }, (_, at) => `198.41.${at >> 8}.${at & 255}`);
  const claims = addresses.map((address) => crawlers.claimOf(address, googlebot));
  expect(new Set(claims)).toEqual(new Set(["unknown"]));
  open();
  await crawlers.idle();
  expect(most).toBe(crawlerLimits.atATime);
  expect(asked).toBe(crawlerLimits.atATime + crawlerLimits.waiting);
});

test("names count only below a domain, in any case, with or without the last dot", () => {
  const engine = claimedEngine(googlebot);
  if (engine === undefined) throw new Error("Googlebot is not known");
  expect(
    ["a.googlebot.com", "A.GoogleBot.Com.", "b.google.com"].filter((name) => !isOf(engine, name)),
  ).toEqual([]);
  const foreign = ["googlebot.com", "agooglebot.com", "a.googlebot.com.evil.net", "a.googlebot.com..", ""];
  expect(foreign.filter((name) => isOf(engine, name))).toEqual([]);
});
