/** Under which names the studio is reached, what its cookies are called there, and that challenges don't push each other out. */
import { describe, expect, test } from "bun:test";
import { ManualClock } from "../base/clock.ts";
import { seededRandom } from "../base/random.ts";
import { defaultConfig } from "../config/load.ts";
import type { Config } from "../config/settings.ts";
import { Attempts, signInLimits } from "./attempts.ts";
import { Challenges, challengeMs, openChallengesMax } from "./challenges.ts";
import { cookieOf, setCookie } from "./cookies.ts";
import { linkOrigin, originOf, rpIdOf, studioOrigins } from "./origins.ts";

const listening = "http://localhost:8090";

function configWith(hostname: string, tls: Config["edge"]["tls"], listen: string): Config {
  const base = defaultConfig();
  return { ...base, studio: { ...base.studio, hostname }, edge: { ...base.edge, tls, listen: [listen] } };
}

describe("the studio's origins", () => {
  test.each([
    ["", "off", "127.0.0.1:8080", [listening], listening],
    ["studio.example", "off", "0.0.0.0:80", [listening, "https://studio.example"], "https://studio.example"],
    [
      "studio.example",
      "files",
      "0.0.0.0:443",
      [listening, "https://studio.example"],
      "https://studio.example",
    ],
    [
      "studio.example",
      "files",
      "0.0.0.0:8443",
      [listening, "https://studio.example", "https://studio.example:8443"],
      "https://studio.example",
    ],
    [
      "studio.localhost",
      "off",
      "127.0.0.1:8080",
      [listening, "https://studio.localhost", "http://studio.localhost:8080"],
      "http://studio.localhost:8080",
    ],
  ] as const)("named %j, with TLS %s at %s", (hostname, tls, listen, origins, link) => {
    const config = configWith(hostname, tls, listen);
    expect(studioOrigins(config, listening)).toEqual([...origins]);
    expect(linkOrigin(config, listening)).toBe(link);
  });

  test("are known by the Host alone, whatever a header says about forwarding", () => {
    const origins = studioOrigins(configWith("studio.example", "files", "0.0.0.0:443"), listening);
    const at = (host: string): string | undefined =>
      originOf(
        new Request("http://127.0.0.1/", { headers: { host, "x-forwarded-host": "studio.example" } }),
        origins,
      );
    expect(at("studio.example")).toBe("https://studio.example");
    expect(at("localhost:8090")).toBe(listening);
    expect(at("evil.example")).toBeUndefined();
    expect(rpIdOf("https://studio.example")).toBe("studio.example");
  });
});

test("with TLS a cookie is bound to its host, and a plain one of that name isn't believed", () => {
  const origin = "https://studio.example";
  expect(setCookie(origin, "session", "x", 60)).toMatch(
    /^__Host-kasbah=x; Path=\/;.*; Secure; HttpOnly; SameSite=Lax$/,
  );
  const sent = new Request(origin, { headers: { cookie: "kasbah=planted; __Host-kasbah=own" } });
  expect(cookieOf(sent, origin, "session")).toBe("own");
  const planted = new Request(origin, { headers: { cookie: "kasbah=planted" } });
  expect(cookieOf(planted, origin, "session")).toBeUndefined();
});

test("however many attempts are let in, nobody's challenge is pushed out before its time", () => {
  const clock = new ManualClock(0);
  const challenges = new Challenges({ clock, random: seededRandom(1) });
  const attempts = new Attempts(signInLimits, clock);
  const ask = (): string => challenges.open({ kind: "sign in" }, listening).token;
  let networks = 0;
  const isLetIn = (): boolean => {
    networks += 1;
    const address = `203.${(networks >> 8) & 255}.${networks & 255}.1`;
    return attempts.waitS(new Request(listening, { headers: { "x-real-ip": address } })) === undefined;
  };
  const mine = ask();
  for (let elapsedMs = 0; elapsedMs < challengeMs - 200; elapsedMs += 200) {
    while (isLetIn()) ask();
    clock.advance(200);
  }
  expect(challenges.size).toBeGreaterThan((signInLimits.ofAll.rate * challengeMs) / 1_000);
  expect(challenges.size).toBeLessThan(openChallengesMax);
  expect(challenges.take(mine, "sign in")).toBeDefined();
  expect(challenges.take(mine, "sign in")).toBeUndefined();
  clock.advance(challengeMs);
  ask();
  expect(challenges.size).toBe(1);
});

test("of one invitation's challenges the oldest give way, and nobody else's", () => {
  const challenges = new Challenges({ clock: new ManualClock(0), random: seededRandom(1) });
  const ask = (digest: string): string =>
    challenges.open({ kind: "enrol", digest, userHandle: "x" }, listening).token;
  const others = ask("other");
  const [first = "", second = ""] = Array.from({ length: 9 }, () => ask("one"));
  expect(challenges.size).toBe(9);
  expect(challenges.take(first, "enrol")).toBeUndefined();
  expect(challenges.take(second, "enrol")).toBeDefined();
  expect(challenges.take(others, "enrol")).toBeDefined();
});
