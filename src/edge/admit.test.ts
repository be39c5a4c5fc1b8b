// Rules, the ladder and holding back, over real sockets: who is refused how, who never is, and what a held answer may cost.
import { describe, expect, spyOn, test } from "bun:test";
import { connect } from "node:net";
import type { Overrides } from "../../test/edge/config.ts";
import { startTestEdge, type TestEdge } from "../../test/edge/in-process.ts";
import { rawRequest } from "../../test/edge/raw-http.ts";
import { plainAnswer, startRawOrigin } from "../../test/edge/raw-origin.ts";
import { until } from "../../test/edge/whole-edge.ts";
import { testRule } from "../../test/rule.ts";
import type { ActiveBan } from "../decision/bans.ts";
import { CompiledRules } from "../decision/requests/compiled-rules.ts";
import type { Term } from "../decision/requests/trait.ts";
import type { Rule } from "../decision/signatures/rule.ts";

const tool: Term = { trait: "program", value: "tool" };
const bot = { "user-agent": "curl/8.14.1" };
const reader = { "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0" };
const minuteMs = 60_000;

function startEdge(config: Overrides = {}): TestEdge {
  const edge = startTestEdge({ config });
  edge.publish([
    { path: "/", body: "front" },
    { path: "/fr/", body: "une" },
  ]);
  return edge;
}

function enforce(edge: TestEdge, fields: Partial<Rule> = {}): void {
  const nowMs = edge.clock.nowMs();
  const rule = testRule({ terms: [tool], expiresAtMs: nowMs + minuteMs, ...fields });
  edge.state.rules = new CompiledRules([rule], edge.state.known.key);
}

const get = (edge: TestEdge, headers: Record<string, string>, path = "/"): Promise<Response> =>
  fetch(edge.url + path, { headers, redirect: "manual" });
const statusOf = async (edge: TestEdge, headers: Record<string, string>): Promise<number> =>
  (await get(edge, headers)).status;
const isHeld = (edge: TestEdge, count = 1): Promise<void> =>
  until(async () => edge.state.holds.held === count);

/** Up the ladder until answers are held back, the last of them released. */
async function climb(edge: TestEdge): Promise<Response> {
  for (let sent = 0; sent < 3; sent += 1) expect(await statusOf(edge, bot)).toBe(403);
  const held = get(edge, bot);
  await isHeld(edge);
  edge.state.holds[Symbol.dispose]();
  return await held;
}

describe("a request that a rule matches", () => {
  test("is refused with the rule, why, until when, in the reader's language; others are served", async () => {
    await using edge = startEdge();
    enforce(edge);
    const answer = await get(edge, bot, "/fr/");
    expect(answer.status).toBe(403);
    expect(answer.headers.get("kasbah-rule")).toBe("rule:R1");
    expect(answer.headers.get("kasbah-reason")).toBe("program");
    expect(answer.headers.get("kasbah-until")).toBe("2011-07-31T14:01:00.000Z");
    expect(answer.headers.get("retry-after")).toBe("60");
    expect(await answer.text()).toContain("Si vous venez pour lire");
    expect(await statusOf(edge, reader)).toBe(200);
    edge.state.rules = new CompiledRules([], edge.state.known.key);
    expect(await statusOf(edge, bot)).toBe(200);
  });

  test("has the pace of pages, not of their parts, also where a server behind the edge has both", async () => {
    await using origin = await startRawOrigin((socket) => socket.write(plainAnswer("x")));
    await using edge = startEdge({ origin: { url: `http://127.0.0.1:${origin.port}` } });
    enforce(edge, { terms: [tool, { trait: "pace", value: "2" }] });
    const page = ["/", ...Array.from({ length: 12 }, (_, at) => `/wp-content/${at}.css`)];
    for (const path of page) expect((await get(edge, bot, path)).status).toBe(200);
    const pages = [];
    for (let sent = 0; sent < 4; sent += 1) pages.push((await get(edge, bot, `/?p=${sent}`)).status);
    expect(pages).toEqual([200, 200, 429, 429]);
  });

  test("is told to slow down where pace is what it has in common", async () => {
    await using edge = startEdge();
    enforce(edge, { terms: [tool, { trait: "pace", value: "2" }] });
    const statuses = [];
    for (let sent = 0; sent < 4; sent += 1) statuses.push(await get(edge, bot));
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(statuses[3]?.headers.get("retry-after")).toBe("10");
  });

  test("is refused also where it would have ended as an error", async () => {
    await using edge = startEdge();
    enforce(edge, { terms: [{ trait: "host", value: "unknown" }, tool] });
    const ask = async (agent: string): Promise<number> =>
      (await rawRequest(edge.port, `GET / HTTP/1.1\r\nHost: evil.example\r\nUser-Agent: ${agent}\r\n\r\n`))
        .status;
    expect([await ask("curl/8"), await ask("Mozilla/5.0 Firefox/144.0")]).toEqual([403, 421]);
  });

  test.each(["shadow", "off"] as const)("is only noted with decision.mode %p", async (mode) => {
    await using edge = startEdge({ decision: { mode } });
    enforce(edge);
    for (let sent = 0; sent < 8; sent += 1) expect(await statusOf(edge, bot)).toBe(200);
    expect(edge.state.notes.take().rules.get("R1")).toMatchObject({ matched: 8, refused: 0 });
  });

  test("is only noted while the rule is tried", async () => {
    await using edge = startEdge();
    enforce(edge, { state: "shadow" });
    expect(await statusOf(edge, bot)).toBe(200);
    expect(edge.state.notes.take().rules.get("R1")).toMatchObject({ matched: 1, refused: 0 });
  });
});

describe("a source that goes on", () => {
  test("isn't blamed for the refusals: they are no misses of its own", async () => {
    await using edge = startEdge();
    const { sources } = edge.state;
    const misses = (): number =>
      sources.missesOf(sources.place({ v6: false, high: 0, low: 0x7f00_0001 }, edge.clock.nowMs()));
    enforce(edge);
    for (let sent = 0; sent < 3; sent += 1) await statusOf(edge, bot);
    expect(misses()).toBe(0);
    for (let sent = 0; sent < 3; sent += 1) await get(edge, reader, "/nowhere");
    expect(misses()).toBe(2);
  });

  test("is held back, then refused and cut off", async () => {
    await using edge = startEdge();
    enforce(edge);
    const answer = await climb(edge);
    expect([answer.status, answer.headers.get("connection")]).toEqual([403, "close"]);
  });

  test("has its like refused unread then, and what is unlike still served", async () => {
    await using edge = startEdge();
    enforce(edge);
    await climb(edge);
    const held = Array.from({ length: 8 }, () => get(edge, bot));
    await isHeld(edge, 8);
    expect(await statusOf(edge, reader)).toBe(200);
    edge.state.holds[Symbol.dispose]();
    const rules = (await Promise.all(held)).map(({ headers }) => headers.get("kasbah-rule"));
    expect(new Set(rules)).toEqual(new Set(["rule:R1", "source"]));
  });

  test("is refused at once where as many are held as may be, and its place is free when it leaves", async () => {
    await using edge = startEdge({ decision: { holds_max: 1 } });
    enforce(edge);
    await climb(edge);
    const gone = connect(edge.port, "127.0.0.1");
    gone.write(`GET / HTTP/1.1\r\nHost: localhost\r\nUser-Agent: ${bot["user-agent"]}\r\n\r\n`);
    await isHeld(edge);
    expect([403, 429]).toContain(await statusOf(edge, bot));
    gone.destroy();
    await isHeld(edge, 0);
  });

  test("is named to the kernel with its second request, where no reader does the like", async () => {
    await using edge = startEdge();
    enforce(edge, { action: "drop" });
    const answers = [await get(edge, bot), await get(edge, bot)];
    expect(answers.map(({ status }) => status)).toEqual([403, 403]);
    expect(answers[1]?.headers.get("connection")).toBe("close");
    expect(edge.state.notes.take().forKernel.ban).toEqual(["127.0.0.1"]);
  });

  test("is never named from a header, nor is the proxy that forwards it", async () => {
    await using edge = startEdge({ edge: { trusted_proxies: ["127.0.0.0/8"] } });
    enforce(edge, { action: "drop" });
    const forwarded = { ...bot, "x-forwarded-for": "198.51.100.7" };
    expect(await statusOf(edge, forwarded)).toBe(403);
    const held = get(edge, forwarded);
    await isHeld(edge);
    edge.state.holds[Symbol.dispose]();
    expect((await held).status).toBe(403);
    expect(edge.state.notes.take().forKernel.ban).toEqual([]);
  });
});

describe("behind an address that was named to the kernel", () => {
  const hasty: Term = { trait: "pace", value: "2" };
  const named = async (terms: readonly Term[] = [tool]): Promise<TestEdge> => {
    const edge = startEdge();
    enforce(edge, { action: "drop", terms });
    spyOn(edge.state.holds, "hold").mockImplementation(async () => "over" as const);
    while (edge.state.notes.take().forKernel.ban.length === 0) await statusOf(edge, bot);
    edge.clock.advance(10_000);
    return edge;
  };
  const letIn = (edge: TestEdge): readonly string[] => edge.state.notes.take().forKernel.unban;

  test("a reader is served, and lets it in again", async () => {
    await using edge = await named();
    expect(await statusOf(edge, reader)).toBe(200);
    expect(letIn(edge)).toEqual(["127.0.0.1"]);
  });

  test("so is one whom only haste would tell from the flood, by what they read with", async () => {
    await using edge = await named([{ trait: "method", value: "GET" }, hasty]);
    expect(await statusOf(edge, reader)).toBe(200);
    expect(letIn(edge)).toEqual(["127.0.0.1"]);
  });

  test("the flood does not, though it is no longer hasty, nor while no rule holds", async () => {
    await using edge = await named([tool, hasty]);
    await statusOf(edge, bot);
    edge.state.rules = new CompiledRules([], edge.state.known.key);
    await statusOf(edge, bot);
    expect(letIn(edge)).toEqual([]);
  });

  test("what goes on is refused and held back from then on, and not named again", async () => {
    await using edge = await named();
    await statusOf(edge, reader);
    edge.clock.advance(2 * minuteMs);
    for (let sent = 0; sent < 12; sent += 1) expect([403, 429]).toContain(await statusOf(edge, bot));
    const { ban, banBriefly } = edge.state.notes.take().forKernel;
    expect([ban, banBriefly]).toEqual([[], []]);
  });
});

test("who says to be a search engine is not named to the kernel until it is known to be none", async () => {
  await using edge = startEdge();
  enforce(edge, { action: "drop" });
  const claimOf = spyOn(edge.state.crawlers, "claimOf").mockReturnValue("unknown");
  expect(await statusOf(edge, bot)).toBe(403);
  const held = get(edge, bot);
  await isHeld(edge);
  edge.state.holds[Symbol.dispose]();
  await held;
  expect(edge.state.notes.take().forKernel.ban).toEqual([]);
  claimOf.mockReturnValue("false");
  edge.clock.advance(minuteMs);
  enforce(edge, { action: "drop" });
  for (let sent = 0; sent < 2; sent += 1) await get(edge, bot);
  expect(edge.state.notes.take().forKernel.ban).toEqual(["127.0.0.1"]);
});

test("what was slowed gets the page of the edition that is served when its time is over", async () => {
  await using edge = startEdge();
  enforce(edge, { action: "slow" });
  const slowed = get(edge, bot);
  await isHeld(edge);
  edge.publish([{ path: "/", body: "a newer front" }]);
  edge.state.holds[Symbol.dispose]();
  expect(await (await slowed).text()).toBe("a newer front");
});

describe("never refused by a rule", () => {
  test("the allow-list", async () => {
    await using edge = startEdge({ decision: { allow: ["127.0.0.1/32"] } });
    enforce(edge);
    expect(await statusOf(edge, bot)).toBe(200);
  });

  test("who reads in good standing, as long as they are no faster than readers", async () => {
    await using edge = startEdge();
    expect(await statusOf(edge, bot)).toBe(200);
    edge.clock.advance(2 * minuteMs);
    edge.state.sources.tellCalm(false, edge.clock.nowMs());
    enforce(edge);
    const statuses = [];
    for (let sent = 0; sent < 10; sent += 1) statuses.push(await statusOf(edge, bot));
    expect(statuses.slice(0, 7)).toEqual(Array.from({ length: 7 }, () => 200));
    expect(statuses.at(-1)).toBe(403);
    expect(edge.state.notes.take().knownRequests).toBe(7);
  });

  test("a search engine that is who it says", async () => {
    await using edge = startEdge();
    enforce(edge);
    spyOn(edge.state.crawlers, "claimOf").mockReturnValue("verified");
    for (let sent = 0; sent < 8; sent += 1) expect(await statusOf(edge, bot)).toBe(200);
    expect(edge.state.notes.take().forKernel.spare).toEqual(["127.0.0.1"]);
  });
});

describe("the bucket of a prefix", () => {
  test("loses nothing to what rules refuse: who reads behind the flood's address has it all", async () => {
    await using edge = startEdge({ decision: { prefix_rate: 1, prefix_burst: 5 } });
    enforce(edge);
    spyOn(edge.state.holds, "hold").mockImplementation(async () => "over" as const);
    for (let sent = 0; sent < 12; sent += 1) expect(await statusOf(edge, bot)).toBeOneOf([403, 429]);
    for (let sent = 0; sent < 5; sent += 1) expect(await statusOf(edge, reader)).toBe(200);
    expect(await statusOf(edge, reader)).toBe(429);
  });
});

describe("a rule against haste", () => {
  const hasty: Term = { trait: "pace", value: "4" };

  /** Held back, then asking again and again as slowly as it has to; the statuses it got, and how many answers had to wait. */
  async function afterHaste(edge: TestEdge): Promise<{ statuses: number[]; waited: number }> {
    enforce(edge, { terms: [tool, hasty] });
    const held = spyOn(edge.state.holds, "hold").mockImplementation(async () => "over" as const);
    while (held.mock.calls.length === 0) await statusOf(edge, bot);
    const statuses: number[] = [];
    for (let sent = 0; sent < 40; sent += 1) {
      edge.clock.advance(400);
      statuses.push(await statusOf(edge, bot));
    }
    return { statuses, waited: held.mock.calls.length };
  }

  test("keeps hold of who is only slow because they are held back", async () => {
    await using edge = startEdge();
    const { waited } = await afterHaste(edge);
    expect(waited).toBeGreaterThan(30);
  });

  test("keeps hold of who was only slowed, and counts it as its own doing", async () => {
    await using edge = startEdge();
    enforce(edge, { terms: [tool, hasty], action: "slow" });
    const held = spyOn(edge.state.holds, "hold").mockImplementation(async () => "over" as const);
    while (held.mock.calls.length === 0) await statusOf(edge, bot);
    edge.state.notes.take();
    for (let sent = 0; sent < 10; sent += 1) {
      edge.clock.advance(1_000);
      expect(await statusOf(edge, bot)).toBe(200);
    }
    expect(held.mock.calls.length).toBe(11);
    expect(await statusOf(edge, reader)).toBe(200);
    expect(held.mock.calls.length).toBe(11);
    expect(edge.state.notes.take().rules.get("R1")).toMatchObject({ matched: 10, refused: 0 });
  });

  test("keeps hold of who came into good standing first, and floods then", async () => {
    await using edge = startEdge();
    await statusOf(edge, bot);
    edge.clock.advance(2 * minuteMs);
    const { statuses, waited } = await afterHaste(edge);
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(waited).toBeGreaterThan(30);
  });

  test("without that, who was held back once would be taken for a reader and let go", async () => {
    await using edge = startEdge();
    spyOn(CompiledRules.prototype, "almost").mockReturnValue(undefined);
    const { waited } = await afterHaste(edge);
    expect(waited).toBeLessThan(20);
  });
});

describe("an operator's own session", () => {
  const hostname = "studio.example.org";
  const ban: ActiveBan = { network: "127.0.0.0/8", reason: "by mistake", expiresAtMs: null };

  /** Whom the kernel is never to drop, after the visit. */
  let spared: readonly string[] = [];

  async function afterVisit(answer: string, site: "studio" | "origin"): Promise<readonly [number, string]> {
    await using server = await startRawOrigin((socket) => socket.write(answer));
    const behind = { url: `http://127.0.0.1:${server.port}` };
    const studio = { listen: `127.0.0.1:${server.port}`, hostname };
    await using edge = startEdge(site === "studio" ? { studio } : { origin: behind });
    const host = site === "studio" ? hostname : "localhost";
    const visit = await rawRequest(
      edge.port,
      `GET / HTTP/1.1\r\nHost: ${host}\r\nKasbah-Session: signed-in\r\n\r\n`,
    );
    edge.state.admission.setBans([ban]);
    spared = edge.state.notes.take().forKernel.spare;
    return [await statusOf(edge, reader), visit.raw];
  }

  test("survives a ban of the operator's own, because the studio says so in a header that nobody else sees", async () => {
    const [status, seen] = await afterVisit(plainAnswer("x", "Kasbah-Session: signed-in\r\n"), "studio");
    expect(status).toBe(200);
    expect(seen.toLowerCase()).not.toContain("kasbah-session");
    expect(spared).toEqual(["127.0.0.1"]);
  });

  test("is nothing that a client can claim, nor another server, nor an answer that failed", async () => {
    expect((await afterVisit(plainAnswer("x"), "studio"))[0]).toBe(403);
    expect(spared).toEqual([]);
    expect((await afterVisit(plainAnswer("x", "Kasbah-Session: signed-in\r\n"), "origin"))[0]).toBe(403);
    const failed = plainAnswer("x", "Kasbah-Session: signed-in\r\n").replace("200 OK", "404 Not Found");
    expect((await afterVisit(failed, "studio"))[0]).toBe(403);
  });
});
