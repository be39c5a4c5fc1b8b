// People at the edge's own gates, under an ordered siege in which nobody's time comes by itself: who solves comes through.
import { expect, test } from "bun:test";
import { raiseEffort, startGatedSite } from "../test/edge/gated-site.ts";
import { shareGates } from "../src/edge/gates/shared-gates.ts";
import { bundleSolver } from "../src/edge/solver/solver-script.ts";
import type { Visitor } from "./plan.ts";
import { Visitors } from "./visitors.ts";

const visitor: Visitor = {
  address: "127.70.1.9",
  headers: ["Accept: text/html"],
  amongFlood: false,
  hasScripts: true,
};

test("somebody whose browser solves gets what they asked for", async () => {
  await using site = startGatedSite({ gates: shareGates(new Uint8Array(32), await bundleSolver()) });
  site.origin.pages.set("/?s=visitor+0+wants", { body: "visitor 0 wants" });
  site.edge.state.isSiegeOrdered = true;
  raiseEffort(site);
  const target = { address: "127.0.0.1", port: site.edge.port, tls: false, host: "localhost" };
  const report = await new Visitors({ visitors: [visitor], perS: 100, target, isEchoed: true }).visit();
  expect(report.all).toMatchObject({ came: 1, through: 1, wrong: {} });
  expect(report.plain.came).toBe(0);
  expect(site.origin.requests).toEqual(["GET /?s=visitor+0+wants"]);
}, 20_000);
