/** What the register gives first, and how much of it. */
import { expect, test } from "bun:test";
import { flood } from "../../test/studio/fake-watch.ts";
import { rfc3339 } from "../base/clock.ts";
import { openDatabase } from "../store/database.ts";
import { feature } from "./feature.ts";
import { createRegister } from "./register.ts";

test("those that are open come before newer ones, and none is left out of the count", () => {
  const register = createRegister(openDatabase(":memory:", feature.migrations));
  const start = Date.parse(flood.started_at);
  for (let at = 0; at < 60; at += 1) {
    register.save({ ...flood, id: `01K${at}`, started_at: rfc3339(start + at * 60_000) });
  }
  register.save({ ...flood, id: "01KOPEN", status: "open", ended_at: null, started_at: rfc3339(start - 1) });
  expect(register.foremost(3).map(({ id }) => id)).toEqual(["01KOPEN", "01K59", "01K58"]);
  expect(register.list().at(-1)?.id).toBe("01KOPEN");
  expect(register.count()).toBe(61);
});
