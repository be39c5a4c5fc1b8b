// The drills of the gates against real gates, under an ordered siege in which nobody's time ever comes: what a flood gets there, it has proven.
import { describe, expect, test } from "bun:test";
import { raiseEffort, startGatedSite } from "../test/edge/gated-site.ts";
import { passBudget } from "../src/decision/gates/pass.ts";
import { bundleSolver } from "../src/edge/solver/solver-script.ts";
import { shareGates } from "../src/edge/gates/shared-gates.ts";
import { flood } from "./flood.ts";
import { sha256 } from "../src/base/bytes.ts";
import type { Page } from "./pages.ts";
import type { FloodReport } from "./flood-counts.ts";
import { drawPlan } from "./plan.ts";
import type { Profile } from "./profile.ts";
import { formFlood } from "./profiles/form-flood.ts";
import { sharedPass } from "./profiles/shared-pass.ts";
import { solverSwarm } from "./profiles/solver-swarm.ts";
import { verifierFlood } from "./profiles/verifier-flood.ts";

const solver = await bundleSolver();
const page: Page = { path: "/work", sha256: sha256(""), bytes: 0, parts: [] };

interface Attacked {
  readonly flood: FloodReport;
  /** Methods and paths that the origin was asked for. */
  readonly work: readonly string[];
  readonly passes: number;
}

/** `seconds`: on a busy machine a puzzle takes its time. */
async function attacked(profile: Profile, sources: number, seconds = 3): Promise<Attacked> {
  await using site = startGatedSite({ gates: shareGates(new Uint8Array(32), solver) });
  site.edge.state.isSiegeOrdered = true;
  raiseEffort(site);
  const { flood: plan } = drawPlan(profile, { seed: 1, sources, seconds, rate: 300, known: [] });
  const target = { address: "127.0.0.1", port: site.edge.port, tls: false, host: "localhost" };
  const report = await flood({ plan, target, pages: [page] });
  return { flood: report, work: site.origin.requests, passes: site.edge.state.gates?.take().passes ?? 0 };
}

describe("under siege", () => {
  test("a swarm that solves has forty turns for each puzzle that it solved", async () => {
    const { flood: report, work, passes } = await attacked(solverSwarm, 20);
    expect(report.solved).toBeGreaterThan(0);
    expect(passes).toBeGreaterThan(0);
    expect(passes).toBeLessThanOrEqual(report.solved);
    expect(work.length).toBeGreaterThan(0);
    expect(work.length).toBeLessThanOrEqual(passes * passBudget);
  });

  test("a pass that all of them show is worth forty turns to all of them", async () => {
    const { flood: report, work, passes } = await attacked(sharedPass, 40);
    expect(passes).toBeGreaterThan(0);
    expect(work.length).toBeLessThanOrEqual(passes * passBudget);
    expect(report.refused).toBeGreaterThan(work.length);
  });

  test("one right proof, sent hundreds of times, earns one pass", async () => {
    const { flood: report, work, passes } = await attacked(verifierFlood, 40);
    expect([report.solved, passes]).toEqual([1, 1]);
    expect(report.sent).toBeGreaterThan(200);
    expect(work.length).toBeLessThanOrEqual(passBudget);
  });

  test("forms go back and forth, none goes through, and none is kept", async () => {
    const { flood: report, work, passes } = await attacked(formFlood, 40, 1);
    expect(report.refused).toBe(report.answered);
    expect(report.answered).toBeGreaterThan(50);
    expect(work).toEqual([]);
    expect(passes).toBe(0);
    // Each has its form in it, at first.
    expect(report.bytes).toBeGreaterThan(report.sent * 1_024);
  });
});
