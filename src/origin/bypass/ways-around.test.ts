// The newsroom finds that the site behind answers strangers, says so each time until that is mended, and asks nobody but the operator's own machines.
import { expect, test } from "bun:test";
import type { Overrides } from "../../../test/edge/config.ts";
import { testConfig } from "../../../test/edge/config.ts";
import { ManualClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import type { OwnFinding } from "../own-finding.ts";
import { doorsOf } from "./doors.ts";
import { WaysAround } from "./ways-around.ts";

const secret = "0123456789abcdef";

test("while the site behind answers strangers it is told with where; not once it refuses them", async () => {
  let isOpen = true;
  const asked: (string | null)[] = [];
  using server = Bun.serve({
    port: 0,
    hostname: "0.0.0.0",
    fetch: ({ headers }) => {
      asked.push(headers.get("x-kasbah-secret"));
      return new Response("page", { status: isOpen ? 200 : 403 });
    },
  });
  const found: OwnFinding[] = [];
  const origin = { url: `http://127.0.0.1:${server.port}`, secret };
  await using ways = new WaysAround({
    config: testConfig({ origin }),
    clock: new ManualClock(0),
    log: silentLog,
    tell: (finding) => found.push(finding),
    world: { own: ["127.0.0.2"], lookUp: async () => [] },
  });
  await ways.round();
  await ways.round();
  const value = `127.0.0.2:${server.port} answers whoever asks it there (status 200)`;
  expect(found.map(({ verdict }) => verdict)).toEqual(["alarm", "alarm"]);
  expect(found[0]?.facts).toEqual([{ what: "bypass", value, weight: "contradicts" }]);
  expect(found[0]?.id).toBe(found[1]?.id ?? "");
  isOpen = false;
  await ways.round();
  expect(found).toHaveLength(2);
  // As a stranger would: without the secret, once for each address.
  expect(asked).toEqual([null, null, null]);
});

test.each<[string, Overrides, string[]]>([
  ["another machine, by what the settings name", { origin: { url: "http://10.1.2.3:9000" } }, ["10.1.2.3"]],
  [
    "this machine, but for loopback",
    { origin: { url: "http://127.0.0.1:9000" }, edge: { listen: ["192.0.2.1:80"] } },
    ["192.0.2.1", "192.0.2.2"],
  ],
  [
    "where the edge itself answers, no more",
    { origin: { url: "http://127.0.0.1:80" }, edge: { listen: ["192.0.2.1:80"] } },
    ["192.0.2.2"],
  ],
  [
    "nor where it answers everywhere",
    { origin: { url: "http://[::1]:80" }, edge: { listen: ["0.0.0.0:80"] } },
    [],
  ],
])("the doors of %s", (_, overrides, hostnames) => {
  const doors = doorsOf(testConfig(overrides), ["192.0.2.1", "192.0.2.2"]);
  expect(doors.map(({ hostname }) => hostname)).toEqual(hostnames);
});
