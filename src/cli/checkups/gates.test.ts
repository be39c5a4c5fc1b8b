// What doctor says of the list of Tor's exits.
import { expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { dayMs, systemClock } from "../../base/clock.ts";
import { dataFolder } from "../../config/data-folder.ts";
import { parseConfig } from "../../config/load.ts";
import type { Finding } from "./checkup.ts";
import { gates } from "./gates.ts";

async function look(toml: string, laterMs = 0): Promise<Finding[]> {
  const invocation = {
    configFile: "kasbah.toml",
    configNamed: false,
    data: dataFolder("/nowhere"),
    json: false,
  };
  const clock = { nowMs: () => systemClock.nowMs() + laterMs };
  const config = parseConfig(toml, "kasbah.toml");
  return await gates.look({ invocation, config, instance: undefined, clock });
}

test("nothing is said where there is none; a list is good for a week; what is none is wrong", async () => {
  await using folder = temporaryFolder();
  const list = join(folder.path, "exits");
  writeFileSync(list, "192.0.2.7\n192.0.2.8\n");
  const page = join(folder.path, "page");
  writeFileSync(page, "<h1>404</h1>");
  const settings = (file: string): string => `[gates]\ntor_exits = "${file}"`;
  expect(await look("")).toEqual([]);
  expect(await look(settings(list))).toMatchObject([{ verdict: "fine" }]);
  expect(await look(settings(list), 8 * dayMs)).toMatchObject([{ verdict: "note" }]);
  expect(await look(settings(page))).toMatchObject([{ verdict: "wrong" }]);
  expect(await look(settings(join(folder.path, "none")))).toMatchObject([{ verdict: "wrong" }]);
});
