/** A real newsroom behind a real edge, under a flood of attempts to sign in from thousands of networks: who works there goes on, and who has to come in does. */
import { expect, test } from "bun:test";
import { startTestEdge, type TestEdge } from "../edge/in-process.ts";
import { type NewsroomStudio, openNewsroomStudio } from "./newsroom-studio.ts";
import type { Authenticator, RequestOptions } from "./authenticator.ts";
import { Visitor } from "./visitor.ts";

const hostname = "studio.example.org";

interface House extends AsyncDisposable {
  readonly studio: NewsroomStudio;
  readonly edge: TestEdge;
  /** A browser somewhere, at the studio's public name. */
  readonly visitor: (address: string, passkey?: Authenticator) => Promise<Visitor>;
}

async function startHouse(mode: "auto" | "off" = "auto"): Promise<House> {
  const studio = await openNewsroomStudio({ studio: { hostname } });
  const edge = startTestEdge({
    config: {
      edge: { trusted_proxies: ["127.0.0.0/8", "::1/128"] },
      studio: { listen: `127.0.0.1:${new URL(studio.origin).port}`, hostname, connections_max: 16 },
      gates: { mode },
    },
  });
  return {
    studio,
    edge,
    async visitor(address, passkey) {
      const visitor = await Visitor.at(`https://${hostname}`, passkey);
      visitor.via = edge.url;
      visitor.headers = { "x-forwarded-for": address };
      return visitor;
    },
    async [Symbol.asyncDispose]() {
      await edge[Symbol.asyncDispose]();
      await studio[Symbol.asyncDispose]();
    },
  };
}

/** Asks for challenges and answers them at random, from another network each time, for as long as it lasts: some hundred at a time. */
class Flood implements AsyncDisposable {
  readonly #house: House;
  readonly #answer: unknown;
  readonly #bots: Promise<void>[];
  #isOver = false;
  sources = 0;

  constructor(house: House, answer: unknown) {
    this.#house = house;
    this.#answer = answer;
    this.#bots = Array.from({ length: 100 }, () => this.#stuff());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#bots);
  }

  async #stuff(): Promise<void> {
    while (!this.#isOver) {
      const at = (this.sources += 1);
      const kinds = [
        "/sign-in/challenge",
        "/sign-in",
        `/invitation/${String(at).padStart(43, "x")}/challenge`,
      ];
      const invented = String.fromCodePoint(97 + (at % 26));
      await fetch(this.#house.edge.url + (kinds[at % 3] ?? ""), {
        method: "POST",
        body: JSON.stringify({ to: "/", name: "x", answer: this.#answer }),
        headers: {
          host: hostname,
          origin: `https://${hostname}`,
          accept: "application/json",
          "content-type": "application/json",
          cookie: `__Host-kasbah=${invented.repeat(43)}; kasbah-staff=${invented.repeat(32)}`,
          "x-forwarded-for": `203.${(at >> 8) & 255}.${at & 255}.1`,
        },
      });
    }
  }
}

/** Ten times as fast as other clocks, as long as somebody needs it. */
function runClocks({ edge, studio }: House): Disposable {
  const timer = setInterval(() => {
    const before = Math.floor(edge.monotonic.nowMs / 1_000);
    edge.clock.advance(100);
    edge.monotonic.nowMs += 100;
    studio.clock.advance(100);
    if (Math.floor(edge.monotonic.nowMs / 1_000) > before) edge.state.signIn?.gate.tend();
  }, 10);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** Asks until there is an answer, as often as it is told when to come again. */
async function inTurn({ edge }: House, ask: () => Promise<Response>): Promise<Response> {
  for (;;) {
    const answer = await ask();
    if (answer.status !== 429 && answer.status !== 503) return answer;
    const untilMs = edge.monotonic.nowMs + Number(answer.headers.get("retry-after")) * 1_000;
    while (edge.monotonic.nowMs < untilMs) await Bun.sleep(1);
  }
}

/** Of twenty answers. */
async function statusesOf(visitor: Visitor): Promise<Set<number>> {
  const statuses = new Set<number>();
  for (let at = 0; at < 20; at += 1) statuses.add((await visitor.get("/me")).status);
  return statuses;
}

async function startSteward(house: House): Promise<Visitor> {
  const amina = await house.visitor("198.51.100.7");
  const link = new URL(house.studio.firstLink()).pathname;
  expect((await amina.enrol(amina.origin + link)).status).toBe(200);
  return amina;
}

/** An answer that held once. */
async function replayedOf(amina: Visitor): Promise<unknown> {
  return await amina.passkey.show(await amina.challenge<RequestOptions>("/sign-in"));
}

test("under a flood of sign-ins staff are answered as ever, and somebody without a session comes in as they are told", async () => {
  await using house = await startHouse();
  const { edge } = house;
  const amina = await startSteward(house);
  using _ = runClocks(house);
  await using flood = new Flood(house, await replayedOf(amina));
  while (edge.state.signIn?.gate.pressure.isOn !== true) await Bun.sleep(1);

  expect(await statusesOf(amina)).toEqual(new Set([200]));

  const sara = await house.visitor("198.51.100.99", amina.passkey);
  const startMs = edge.monotonic.nowMs;
  expect((await inTurn(house, () => sara.get("/sign-in"))).status).toBe(200);
  const asked = await inTurn(house, () => sara.postJson("/sign-in/challenge", {}));
  const answer = await sara.passkey.show((await asked.json()) as RequestOptions);
  expect((await inTurn(house, () => sara.postJson("/sign-in", { to: "/", answer }))).status).toBe(200);
  const signInMs = edge.monotonic.nowMs - startMs;
  expect((await sara.get("/me")).status).toBe(200);
  expect(signInMs).toBeLessThan(30_000);
  expect(flood.sources).toBeGreaterThan(1_000);
}, 60_000);

test("without the gate the same flood turns staff away", async () => {
  await using house = await startHouse("off");
  const amina = await startSteward(house);
  await using flood = new Flood(house, await replayedOf(amina));
  while (flood.sources < 500) await Bun.sleep(1);
  expect(await statusesOf(amina)).toContain(503);
}, 30_000);
