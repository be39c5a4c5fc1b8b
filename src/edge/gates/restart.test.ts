// What outlives a restart, and what all workers count together: a whole edge with two of them, in front of a site, under an ordered siege.
import { expect, test } from "bun:test";
import { searchFor, workingOrigin } from "../../../test/edge/gated-site.ts";
import { WholeEdge } from "../../../test/edge/whole-edge.ts";
import { systemRandom } from "../../base/random.ts";
import { systemClock } from "../../base/clock.ts";
import { GateKeys } from "../../decision/gates/gate-keys.ts";
import { passBudget, Passes } from "../../decision/gates/pass.ts";
import { EdgeDatabase } from "../edge-database.ts";

test("a pass is good after the edge's restart, and worth its budget once, whichever worker is asked", async () => {
  using origin = workingOrigin();
  await using edge = new WholeEdge({ origin: { url: origin.url }, decision: { mode: "siege" } });
  await edge.start();
  using database = new EdgeDatabase(edge.data.edgeDatabase);
  const passes = new Passes(new GateKeys(database.gateSecret), systemRandom);
  const cookie = `kasbah-pass=${passes.issue({ site: "portal", effort: 0, nowMs: systemClock.nowMs() })}`;
  const ask = async (at: number, headers: Record<string, string> = { cookie }): Promise<number> =>
    (await edge.get(searchFor(at), { headers })).status;

  expect([await ask(0, {}), await ask(0)]).toEqual([503, 200]);
  await edge.stop();
  await edge.start();
  const asks = Array.from({ length: 2 * passBudget }, async (_, at) => await ask(at));
  const through = (await Promise.all(asks)).filter((status) => status === 200);
  expect(through).toHaveLength(passBudget);
}, 20_000);
