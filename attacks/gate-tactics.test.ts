// What a flood does at the edge's own waiting pages, by its story: real puzzles, solved by the very script that browsers get.
import { describe, expect, test } from "bun:test";
import { fromBase64Url } from "../src/base/bytes.ts";
import { verify } from "../src/decision/puzzle/verify.ts";
import { seedOf } from "../src/decision/gates/ticket.ts";
import { challengeAnswer } from "../src/edge/gate-pages/challenge-page.ts";
import { readGateForm } from "../src/edge/gate-pages/gate-form.ts";
import { bundleSolver } from "../src/edge/solver/solver-script.ts";
import { GateTactics } from "./gate-tactics.ts";
import type { AtGates } from "./profile.ts";

const effort = 2;
const path = "/?s=words";
const ticketOf = (name: string): string => name.padEnd(48, "A");

/** The page that somebody with this ticket waits at, as it comes. */
function pageFor(name: string, sealed?: string): string {
  const page = {
    language: "en",
    siteName: "s",
    solver: "/_kasbah/gate/solver.js",
    target: path,
    tls: false,
  } as const;
  const told = challengeAnswer({ ...page, ticket: ticketOf(name), effort, waitS: 5, sealed }, "text/html");
  const head = told.headers.map(([header, value]) => `${header}: ${value}\r\n`).join("");
  return `HTTP/1.1 503 wait\r\n${head}\r\n${told.body}`;
}

function tactics(story: AtGates): GateTactics<string> {
  return new GateTactics(story, async (at) => {
    expect(at).toBe("/_kasbah/gate/solver.js");
    return new TextDecoder().decode((await bundleSolver()).body);
  });
}

const met = { status: 503, path };
const cookieLine = (name: string): string => `Cookie: kasbah-ticket=${ticketOf(name)}\r\n`;

test("its own cookies are each source's own, shared ones everybody's", () => {
  using own = tactics({ cookies: "own" });
  using shared = tactics({ cookies: "shared" });
  for (const each of [own, shared]) each.met("one", pageFor("a"), met);
  expect([own.cookieLine("one"), own.cookieLine("two")]).toEqual([cookieLine("a"), ""]);
  expect([shared.cookieLine("one"), shared.cookieLine("two")]).toEqual([cookieLine("a"), cookieLine("a")]);
});

test("who is patient comes back when it is told, the others at their own pace", () => {
  using patient = tactics({ cookies: "own", isPatient: true });
  using hasty = tactics({ cookies: "own" });
  expect([patient.met("one", pageFor("a"), met), hasty.met("one", pageFor("a"), met)]).toEqual([5_000, 0]);
});

test("a form that was given back is sent again, once for each time", () => {
  using returning = tactics({ cookies: "own", returnsForms: true });
  returning.met("one", pageFor("a", "c2VhbGVk"), met);
  const form = returning.takeForm("one");
  expect(form?.path).toBe(path);
  expect(readGateForm(form?.body ?? "")).toMatchObject({ ticket: ticketOf("a"), sealed: "c2VhbGVk" });
  expect(returning.takeForm("one")).toBeUndefined();
});

describe("puzzles", () => {
  /** Meets pages until it has a form to send. */
  async function solvedBy(swarm: GateTactics<string>, source: string): Promise<string> {
    for (;;) {
      const form = swarm.takeForm(source);
      if (form !== undefined) return form.body;
      swarm.met(source, pageFor(source), met);
      await Bun.sleep(5);
    }
  }

  const isRight = (body: string): boolean => {
    const sent = readGateForm(body);
    return verify(seedOf(sent?.ticket ?? ""), effort, fromBase64Url(sent?.proof ?? ""));
  };

  test("are solved for each source, with proofs that are right", async () => {
    using swarm = tactics({ cookies: "own", solvers: 1 });
    for (const source of ["one", "two"]) expect(isRight(await solvedBy(swarm, source))).toBe(true);
    expect(swarm.solved).toBe(2);
  });

  test("one that was solved is sent again: as it was, and with tickets that it is not for", async () => {
    using again = tactics({ cookies: "own", solvers: 1, usesProofsAgain: true });
    const first = await solvedBy(again, "one");
    expect(isRight(first)).toBe(true);
    const bodies = [await solvedBy(again, "two"), await solvedBy(again, "three")];
    expect(bodies.map(isRight)).toEqual([false, true]);
    expect(bodies[1]).toBe(first);
    expect(again.solved).toBe(1);
  });
});
