// Each of the gates' guards beside the same flood without it. What a flood gets, or costs, is counted, never timed.
import { describe, expect, test } from "bun:test";
import { Person, startGatedSite } from "../../../test/edge/gated-site.ts";
import { base64Url } from "../../base/bytes.ts";
import { systemRandom } from "../../base/random.ts";
import type { Asker } from "../../decision/gates/asker.ts";
import { GateKeys } from "../../decision/gates/gate-keys.ts";
import { passBudget } from "../../decision/gates/pass.ts";
import { seedOf, Tickets } from "../../decision/gates/ticket.ts";
import { solve } from "../../decision/puzzle/solve.ts";
import { fields } from "../gate-pages/names.ts";
import { Readings } from "./readings.ts";
import { noSolver, shareGates } from "./shared-gates.ts";
import { type Guards, WorkGate } from "./work-gate.ts";

const secret = new Uint8Array(32);
const effort = 1;
const issuedMs = Date.UTC(2026, 10, 22);
/** A prefix of its own for each. */
const asker = (prefix: number, nowMs = issuedMs + 3_000): Asker => ({
  site: "portal",
  prefix,
  isShared: false,
  nowMs,
});

function workGate(guards: Partial<Guards> = {}, clock = { nowMs: 0 }): WorkGate {
  const shared = shareGates(secret, noSolver);
  return new WorkGate({
    purpose: "work",
    shared,
    random: systemRandom,
    monotonicMs: () => clock.nowMs,
    guards,
  });
}

/** As another worker, or the same a moment ago, gave it out. */
function ticket(): string {
  const tickets = new Tickets(new GateKeys(secret), systemRandom);
  return tickets.issue({ purpose: "work", site: "portal", effort, nowMs: issuedMs });
}

/** How many of so many got it. */
function got(times: number, ask: (at: number) => unknown): number {
  return Array.from({ length: times }, (_, at) => ask(at)).filter((one) => one !== undefined).length;
}

const redeemed = (gate: WorkGate, text: string, at: number): true | undefined =>
  gate.byTicket(text, asker(at))?.redeem() === true ? true : undefined;

describe("what is spent, where it isn't counted", () => {
  const uncounted = { spent: { spend: () => true } };
  const bots = 200;

  test("one ticket has a turn for each of a botnet", () => {
    const [text, gate, open] = [ticket(), workGate(), workGate(uncounted)];
    expect(got(bots, (at) => redeemed(gate, text, at))).toBe(1);
    expect(got(bots, (at) => redeemed(open, text, at))).toBe(bots);
  });

  test("one proof earns a pass each time that it is sent", () => {
    const [text, gate, open] = [ticket(), workGate(), workGate(uncounted)];
    const proof = base64Url(solve(seedOf(text), effort));
    expect(got(bots, (at) => gate.prove(text, proof, asker(at)))).toBe(1);
    expect(got(bots, (at) => open.prove(text, proof, asker(at)))).toBe(bots);
  });

  test("one pass is good for everything", () => {
    const [text, gate, open] = [ticket(), workGate(), workGate(uncounted)];
    const pass = gate.prove(text, base64Url(solve(seedOf(text), effort)), asker(0)) ?? "";
    expect(got(bots, (at) => gate.byPass(pass, asker(at)))).toBe(passBudget);
    expect(got(bots, (at) => open.byPass(pass, asker(at)))).toBe(bots);
  });
});

describe("a flood of proofs, 20,000 in a second", () => {
  /** How many were looked at. */
  function looked(guards: Partial<Guards>): number {
    let count = 0;
    const clock = { nowMs: 0 };
    const verify = (): boolean => {
      count += 1;
      return false;
    };
    const gate = workGate({ verify, ...guards }, clock);
    const text = ticket();
    for (let at = 0; at < 20_000; at += 1) {
      clock.nowMs += 0.05;
      gate.prove(text, "cHJvb2Y", asker(at));
    }
    return count;
  }

  test("costs at most 4,000 looks, the first second's 2,000 at once; without a budget as many as it sends", () => {
    expect(looked({})).toBeLessThanOrEqual(4_000);
    expect(looked({ proofsMax: Number.POSITIVE_INFINITY })).toBe(20_000);
  });
});

test("a ticket that is shown as soon as it is fetched has no turn; where its age isn't asked for, one for each", () => {
  const bots = 500;
  const turns = (gate: WorkGate): number =>
    got(bots, (at) => redeemed(gate, gate.ticket(undefined, asker(at)), at));
  expect(turns(workGate())).toBe(0);
  expect(turns(workGate({ ripeAfterMs: 0 }))).toBe(bots);
});

test("forms that come at once hold as much memory as 128 of them may; where their number isn't bounded, what all have sent", async () => {
  const [bots, sentBytes] = [400, 60_000];
  const heldBytes = async (readings: Readings): Promise<number> => {
    let held = 0;
    const form = (): ReadableStream<Uint8Array> => {
      const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
        if (pieces.length === 0) return controller.close();
        held += sentBytes;
        controller.enqueue(new Uint8Array(pieces.pop() ?? 0));
      };
      const pieces = [sentBytes];
      return new ReadableStream({ pull }, { highWaterMark: 0 });
    };
    const bodies = Array.from({ length: bots }, form);
    await Promise.all(bodies.map((body) => readings.read(body, 64 * 1_024)));
    return held;
  };
  expect(await heldBytes(new Readings())).toBe(128 * sentBytes);
  expect(await heldBytes(new Readings(Number.POSITIVE_INFINITY))).toBe(bots * sentBytes);
});

test("what somebody wrote comes through with what was sealed into the page; with the page's ticket alone it is lost", async () => {
  for (const isSealed of [true, false]) {
    await using site = startGatedSite();
    site.edge.state.isSiegeOrdered = true;
    const person = new Person("198.51.100.7");
    const sent = { method: "POST", body: new URLSearchParams({ words: "written" }) };
    const page = await (
      await person.ask(site, "/comment?p=7", { headers: { accept: "text/html" }, ...sent })
    ).text();
    const kept = [...page.matchAll(/<input type="hidden" name="([\w-]+)" value="([^"]*)">/g)]
      .map(([, name = "", value = ""]) => [name, value] as const)
      .filter(([name]) => isSealed || name !== fields.sealed);
    site.pass(3_000);
    const body = new URLSearchParams(Object.fromEntries(kept));
    const answer = await person.ask(site, "/comment?p=7", { method: "POST", body });
    expect([isSealed, await answer.text()]).toEqual([
      isSealed,
      isSealed ? "<p>POST words=written</p>" : "<p>GET </p>",
    ]);
  }
});
