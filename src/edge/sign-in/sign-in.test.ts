// The studio's lane under a flood, over real sockets: staff go first, everybody else waits their turn, and what a flood gets without the gate.
import { describe, expect, test } from "bun:test";
import { connect } from "node:net";
import { Person } from "../../../test/edge/gated-site.ts";
import { startTestEdge, type TestEdge } from "../../../test/edge/in-process.ts";
import { sessionHeader, signedIn, signedOut } from "../../bus/session-header.ts";
import { fields, gateHeader } from "../gate-pages/names.ts";
import { noSolver, shareGates, type SharedGates } from "../gates/shared-gates.ts";

const host = "studio.example.org";
const session = "s".repeat(43);
const address = "198.51.100.7";
const comesBackMs = 3_000;
const placesMax = 16;
/** Wait at a time, besides those who have a place: placesMax times four. */
const queueMax = 64;

/** A studio with one session; whoever has none waits as long as `isHeld` says. */
class Studio implements Disposable {
  isSignedIn = true;
  readonly asked: string[] = [];
  readonly cookies: (string | null)[] = [];
  #held: (() => void)[] = [];
  #isHolding = false;
  readonly #server = Bun.serve({ port: 0, idleTimeout: 60, fetch: (request) => this.#answer(request) });

  get port(): number {
    return this.#server.port ?? 0;
  }

  hold(): void {
    this.#isHolding = true;
  }

  release(): void {
    this.#isHolding = false;
    for (const go of this.#held.splice(0)) go();
  }

  [Symbol.dispose](): void {
    this.release();
    void this.#server.stop(true);
  }

  async #answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    const cookie = request.headers.get("cookie");
    const isStaff = this.isSignedIn && cookie?.includes(`kasbah=${session}`) === true;
    this.asked.push(`${request.method} ${pathname}`);
    this.cookies.push(cookie);
    const body = await request.text();
    if (this.#isHolding && !isStaff) await new Promise<void>((go) => this.#held.push(go));
    const headers = new Headers({ [sessionHeader]: isStaff ? signedIn : signedOut });
    if (pathname === "/come-in") {
      headers.set(sessionHeader, signedIn);
      headers.append("set-cookie", `kasbah=${session}; Path=/; HttpOnly`);
    }
    return new Response(`${request.method} ${body}`, { headers });
  }
}

interface House extends AsyncDisposable {
  readonly edge: TestEdge;
  readonly studio: Studio;
  readonly pass: (ms: number) => void;
}

function startHouse({
  mode = "auto",
  gates,
}: { readonly mode?: "auto" | "off"; readonly gates?: SharedGates } = {}): House {
  const studio = new Studio();
  const edge = startTestEdge({
    config: {
      edge: { trusted_proxies: ["127.0.0.0/8", "::1/128"] },
      studio: { listen: `127.0.0.1:${studio.port}`, hostname: host, connections_max: placesMax },
      gates: { mode },
    },
    ...(gates === undefined ? {} : { gates }),
  });
  return {
    edge,
    studio,
    pass(ms) {
      edge.clock.advance(ms);
      edge.monotonic.nowMs += ms;
    },
    async [Symbol.asyncDispose]() {
      studio[Symbol.dispose]();
      await edge[Symbol.asyncDispose]();
    },
  };
}

function ask(house: House, who: Person, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { host, accept: "text/html", ...(init.headers as Record<string, string> | undefined) };
  return who.ask(house, path, { ...init, headers });
}

const forScript = {
  accept: "application/json",
  "accept-language": "en",
  "content-type": "application/json",
};

function post(house: House, who: Person, path = "/sign-in"): Promise<Response> {
  return ask(house, who, path, { method: "POST", body: "{}", headers: forScript });
}

/** Somebody to whom the studio has said that their session is good. */
async function staffMember(house: House, others: Readonly<Record<string, string>> = {}): Promise<Person> {
  const amina = new Person(address);
  for (const [name, value] of Object.entries({ kasbah: session, ...others })) amina.cookies.set(name, value);
  expect((await ask(house, amina, "/")).status).toBe(200);
  expect(amina.cookies.get("kasbah-staff")).toMatch(/^[\w-]{32}$/);
  return amina;
}

/** From a network of its own, each with a session and a token that it made up. */
function bot(at: number): Person {
  const one = new Person(`203.${at >> 8}.${at & 255}.1`);
  const letter = String.fromCodePoint(97 + (at % 26));
  one.cookies.set("kasbah", letter.repeat(43));
  one.cookies.set("kasbah-staff", letter.repeat(32));
  return one;
}

/** Thousands ask, of whom as many stay as there are places and room to wait. Resolves once all others were told so. */
async function flood(house: House, sources = 2_000): Promise<Promise<unknown>[]> {
  house.studio.hold();
  const { lanes, signIn } = house.edge.state;
  const staying = (): number => (lanes.get("studio")?.running ?? 0) + (signIn?.gate.waiting ?? 0);
  const asks: Promise<unknown>[] = [];
  let open = 0;
  for (let at = 0; at < sources; at += 1) {
    open += 1;
    const one = post(house, bot(at)).finally(() => (open -= 1));
    asks.push(one);
    while (open > staying() + 32) await Bun.sleep(0);
  }
  while (open > staying()) await Bun.sleep(0);
  return asks;
}

function press({ edge, pass }: House): void {
  for (let tenth = 0; tenth < 12; tenth += 1) {
    edge.state.signIn?.gate.tend();
    pass(100);
  }
}

describe("thousands of sources with invented sessions and tokens", () => {
  test("never keep staff waiting, from whatever address", async () => {
    await using house = startHouse();
    const amina = await staffMember(house);
    const asks = await flood(house);
    const before = house.studio.asked.length;
    expect(house.edge.state.signIn?.gate.waiting).toBe(queueMax);
    const moved = new Person("2001:db8::7");
    for (const [name, value] of amina.cookies) moved.cookies.set(name, value);
    for (let at = 0; at < 20; at += 1) {
      const answer = await ask(house, at % 2 === 0 ? amina : moved, `/texts/${at}`, {
        method: "POST",
        body: new URLSearchParams({ words: "كلمات" }),
      });
      expect([answer.status, answer.headers.get(gateHeader)]).toEqual([200, null]);
    }
    // Nobody else had a turn meanwhile, and nobody who waited lost their place.
    expect(house.studio.asked.slice(before)).toHaveLength(20);
    expect(house.edge.state.signIn?.gate.waiting).toBe(queueMax);
    await drain(house, asks);
  }, 30_000);

  test("without the gate they turn staff away", async () => {
    await using house = startHouse({ mode: "off" });
    const amina = new Person(address);
    amina.cookies.set("kasbah", session);
    expect((await ask(house, amina, "/")).status).toBe(200);
    const asks = await flood(house, 200);
    expect((await ask(house, amina, "/texts")).status).toBe(503);
    house.studio.release();
    await Promise.all(asks);
  }, 30_000);
});

/** What a browser sends when somebody presses the button on a waiting page. */
function fieldsOf(page: string): Record<string, string> {
  return Object.fromEntries(
    [...page.matchAll(/<input type="hidden" name="([\w-]+)" value="([^"]*)">/g)].map(
      ([, name = "", value = ""]) => [name, value],
    ),
  );
}

/** The house's clocks, ten times as fast as others. */
class RunningTime implements Disposable {
  readonly #edge: TestEdge;
  readonly #startMs: number;
  readonly #timer: Timer;

  constructor({ edge, pass }: House) {
    this.#edge = edge;
    this.#startMs = edge.monotonic.nowMs;
    this.#timer = setInterval(() => {
      const second = Math.floor(edge.monotonic.nowMs / 1_000);
      pass(100);
      if (Math.floor(edge.monotonic.nowMs / 1_000) > second) edge.state.signIn?.gate.tend();
    }, 10);
  }

  get passedMs(): number {
    return this.#edge.monotonic.nowMs - this.#startMs;
  }

  async passes(ms: number): Promise<void> {
    const untilMs = this.passedMs + ms;
    while (this.passedMs < untilMs) await new Promise(setImmediate);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}

/** The studio answers again, and all who wait have their turns. */
async function drain(house: House, asks: readonly Promise<unknown>[]): Promise<void> {
  house.studio.release();
  for (; (house.edge.state.signIn?.gate.waiting ?? 0) > 0; await Bun.sleep(10)) house.pass(100);
  await Promise.all(asks);
}

/** A house under pressure, whose studio answers again. */
async function pressed(gates?: SharedGates): Promise<House> {
  const house = startHouse(gates === undefined ? {} : { gates });
  const asks = await flood(house, 200);
  press(house);
  expect(house.edge.state.signIn?.gate.pressure.isOn).toBe(true);
  await drain(house, asks);
  return house;
}

describe("somebody without a session", () => {
  test("meets no page and gets no cookie in calm", async () => {
    await using house = startHouse();
    const answer = await ask(house, new Person(address), "/sign-in");
    expect([answer.status, answer.headers.getSetCookie(), answer.headers.get(sessionHeader)]).toEqual([
      200,
      [],
      null,
    ]);
  });

  test("comes in within seconds while a flood that keeps its tickets goes on: a page, the script's two questions, and in", async () => {
    await using house = await pressed();
    using time = new RunningTime(house);
    const bots = Array.from({ length: 40 }, (_, at) => bot(at));
    const asks: Promise<Response>[] = [];
    const sara = new Person(address);
    /** Does as it is told, among others who do so, too. */
    const patiently = async (send: () => Promise<Response>): Promise<Response> => {
      for (;;) {
        asks.push(...bots.map((one) => post(house, one)));
        const answer = await send();
        if (answer.status === 200) return answer;
        expect([answer.status, answer.headers.get(gateHeader)]).toEqual([503, "ticket"]);
        await time.passes(Number(answer.headers.get("retry-after")) * 1_000);
      }
    };
    await patiently(() => ask(house, sara, "/sign-in"));
    await patiently(() => post(house, sara, "/sign-in/challenge"));
    await patiently(() => post(house, sara, "/come-in"));
    expect(time.passedMs).toBeLessThanOrEqual(15_000);
    expect(sara.cookies.get("kasbah-staff")).toBeDefined();
    const before = time.passedMs;
    expect((await ask(house, sara, "/texts")).status).toBe(200);
    expect(time.passedMs - before).toBeLessThan(1_000);
    await Promise.all(asks);
  });

  test("whose page was open before is told in words by its script, and comes through when it asks again", async () => {
    await using house = await pressed();
    const sara = new Person(address);
    const first = await post(house, sara);
    expect([first.status, first.headers.get("retry-after"), first.headers.get("content-type")]).toEqual([
      503,
      "3",
      "application/json",
    ]);
    expect(await first.json()).toEqual({ error: expect.stringContaining("You have done nothing wrong") });
    house.pass(comesBackMs);
    expect((await post(house, sara)).status).toBe(200);
    expect(sara.cookies.get("kasbah-pass")).toBeDefined();
  });

  test("but with one that the edge doesn't know yet loses no form: it waits in the page", async () => {
    await using house = await pressed();
    const amina = new Person(address);
    amina.cookies.set("kasbah", session);
    const words = new URLSearchParams({ words: "« كلمات » & <b>more</b>" });
    const page = await ask(house, amina, "/texts/1", { method: "POST", body: words });
    expect(page.status).toBe(503);
    const kept = fieldsOf(await page.text());
    expect(kept[fields.sealed]).toBeDefined();
    house.pass(comesBackMs);
    const through = await ask(house, amina, "/texts/1", {
      method: "POST",
      body: new URLSearchParams(kept),
    });
    expect(await through.text()).toBe(`POST ${words.toString()}`);
    expect(amina.cookies.get("kasbah-staff")).toBeDefined();
  });

  test("finds the waiting pages' script at the studio's name, too", async () => {
    const solver = { path: "/_kasbah/gate/0123.js", body: new Uint8Array([49]) };
    await using house = startHouse({ gates: shareGates(new Uint8Array(32), solver) });
    const script = await ask(house, new Person(address), solver.path);
    expect([script.status, await script.text()]).toEqual([200, "1"]);
    expect(house.studio.asked).toEqual([]);
  });
});

describe("a staff token", () => {
  test("comes with the answer in which somebody signs in, once, and the studio never sees it", async () => {
    await using house = startHouse();
    const sara = new Person(address);
    expect((await post(house, sara, "/come-in")).headers.getSetCookie()).toHaveLength(2);
    const token = sara.cookies.get("kasbah-staff");
    expect((await ask(house, sara, "/texts")).headers.getSetCookie()).toEqual([]);
    expect(sara.cookies.get("kasbah-staff")).toBe(token ?? "");
    expect(house.studio.cookies).toEqual([null, `kasbah=${session}`]);
  });

  test("is made for the session that the studio looks at, whatever else is shown beside it", async () => {
    await using house = startHouse();
    const amina = await staffMember(house, { "__Host-kasbah": "t".repeat(43) });
    house.edge.state.admission.setBans([{ network: "203.0.113.0/24", reason: "x", expiresAtMs: null }]);
    const moved = new Person("203.0.113.9");
    for (const name of ["__Host-kasbah", "kasbah-staff"])
      moved.cookies.set(name, amina.cookies.get(name) ?? "");
    expect((await ask(house, moved, "/")).status).toBe(403);
    moved.cookies.set("kasbah", session);
    expect((await ask(house, moved, "/")).status).toBe(200);
  });

  test("is good after a restart, and with no other session", async () => {
    const gates = shareGates(
      Uint8Array.from({ length: 32 }, (_, at) => at),
      noSolver,
    );
    const amina = await (async () => {
      await using house = startHouse({ gates });
      return await staffMember(house);
    })();
    await using again = await pressed(gates);
    expect((await ask(again, amina, "/texts")).status).toBe(200);
    const thief = new Person(address);
    thief.cookies.set("kasbah", "t".repeat(43));
    thief.cookies.set("kasbah-staff", amina.cookies.get("kasbah-staff") ?? "");
    expect((await ask(again, thief, "/texts")).status).toBe(503);
  });

  test("ends with its session: the first answer that says so takes it back, and its copies are worth nothing", async () => {
    await using house = await pressed();
    const amina = new Person(address);
    amina.cookies.set("kasbah", session);
    await ask(house, amina, "/");
    house.pass(comesBackMs);
    await ask(house, amina, "/");
    const copy = new Person("203.0.113.9");
    for (const name of ["kasbah", "kasbah-staff"]) copy.cookies.set(name, amina.cookies.get(name) ?? "");
    expect((await ask(house, copy, "/")).status).toBe(200);
    house.studio.isSignedIn = false;
    const last = await ask(house, amina, "/");
    expect(last.headers.getSetCookie()).toEqual([expect.stringMatching(/^kasbah-staff=; .*Max-Age=0/)]);
    expect((await ask(house, copy, "/")).status).toBe(503);
  });

  test("goes before bans and rules, which are about addresses; the session's cookie alone doesn't", async () => {
    await using house = startHouse();
    const amina = await staffMember(house);
    const moved = new Person("203.0.113.9");
    moved.cookies.set("kasbah", session);
    house.edge.state.admission.setBans([{ network: "203.0.113.0/24", reason: "x", expiresAtMs: null }]);
    expect((await ask(house, moved, "/")).status).toBe(403);
    moved.cookies.set("kasbah-staff", amina.cookies.get("kasbah-staff") ?? "");
    expect((await ask(house, moved, "/")).status).toBe(200);
  });
});

describe("slow forms", () => {
  /** Half of them, as many as may be, from the address where Amina is. */
  function sendSlowly({ edge }: House): Disposable {
    const sockets = Array.from({ length: placesMax }, (_, at) => {
      const socket = connect(edge.port, "127.0.0.1").on("error", () => {});
      const from = at < placesMax / 2 ? address : `203.0.${at}.1`;
      const body = "Content-Type: application/json\r\nContent-Length: 9\r\n\r\nabc";
      socket.write(`POST / HTTP/1.1\r\nHost: ${host}\r\nX-Forwarded-For: ${from}\r\n${body}`);
      return socket;
    });
    return { [Symbol.dispose]: () => sockets.forEach((socket) => socket.destroy()) };
  }

  async function untilHeld({ edge }: House): Promise<void> {
    const running = (): number => edge.state.lanes.get("studio")?.running ?? 0;
    while (running() < (placesMax * 3) / 4) await Bun.sleep(0);
  }

  test("leave staff their places, also behind the same address", async () => {
    await using house = startHouse();
    const amina = await staffMember(house);
    using _ = sendSlowly(house);
    await untilHeld(house);
    const answers = Array.from({ length: placesMax / 4 }, (__, at) => ask(house, amina, `/texts/${at}`));
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  test("hold theirs for five seconds where others wait for it", async () => {
    await using house = startHouse();
    using _ = sendSlowly(house);
    await untilHeld(house);
    const asking = ask(house, new Person("192.0.2.7"), "/sign-in");
    while ((house.edge.state.signIn?.gate.waiting ?? 0) < 5) await Bun.sleep(0);
    house.pass(5_000);
    expect((await asking).status).toBe(200);
  });
});
