/** An edge in a process of its own for measuring: `bun bench/edge-process.ts '{"data":…,"config":{…}}'`; prints its address when it serves. */
import { systemClock } from "../src/base/clock.ts";
import { createLog } from "../src/base/log.ts";
import { startHub } from "../src/bus/hub.ts";
import { connectBus } from "../src/bus/local.ts";
import { dataFolder } from "../src/config/data-folder.ts";
import { startEdge } from "../src/edge/role.ts";
import { type Overrides, testConfig } from "../test/edge/config.ts";

export interface EdgeOptions {
  readonly data: string;
  readonly config: Overrides;
  /** Networks to ban before it says that it serves. */
  readonly bans: readonly string[];
  /** "calm": an operator insists on it, else whoever asks faster than anybody reads would be a flood. */
  readonly mode: "auto" | "calm" | "siege";
}

const { data: root, config, bans, mode }: EdgeOptions = JSON.parse(process.argv[2] ?? "{}");
const data = dataFolder(root);
await startHub(data.busSocket);
const bus = await connectBus(data.busSocket);
const context = { data, bus, log: createLog("edge", "error"), clock: systemClock, demo: false };
const edge = await startEdge({ config: testConfig(config), ...context });
for (const network of bans) {
  await bus.request("edge.bans.add", { network, reason: "measured", seconds: null });
}
if (mode !== "auto") await bus.request("edge.defence.force", { mode, seconds: 3_600 });
console.log(edge.addresses[0]);
