// What is told of the patrol's deeds: what was done, and nothing that is over.
import { expect, test } from "bun:test";
import { SocketDeeds } from "./deeds.ts";

test("what was ended adds up; what is in the way is so as of the last look, and of none that could not be had", () => {
  const deeds = new SocketDeeds();
  deeds.patrolled({ open: 90, stuck: 70, hoarded: 10, ended: 75 });
  deeds.patrolled({ open: 80, stuck: 64, hoarded: 6, ended: 0 });
  expect(deeds.facts).toMatchObject({ open: 80, slow_ended: 70, hoarded_ended: 5, left: 70 });
  deeds.patrolled(undefined);
  expect(deeds.facts).toMatchObject({ open: 0, slow_ended: 70, hoarded_ended: 5, left: 0 });
});
