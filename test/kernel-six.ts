/**
 * In a network of its own (`unshare --net`), where addresses can be had that are not this machine's: what becomes of a banned IPv6 address,
 * of its neighbour in the same /64, and of one in the next. Prints three booleans: whether each is let in. `kernel-six.ts trials`: a
 * trickle of the banned ones is.
 */
import { systemClock } from "../src/base/clock.ts";
import { silentLog } from "../src/base/log.ts";
import { Kernel } from "../src/edge/kernel/kernel.ts";
import { echoServer, isLetIn } from "./nft.ts";

Bun.spawnSync(["ip", "link", "set", "lo", "up"]);
using server = echoServer("::");
await using kernel = await Kernel.open({
  settings: { nftables: "auto", connections_per_prefix: 512, new_connections_per_prefix: 200 },
  listen: [{ hostname: "::", port: server.port }],
  trustedProxies: [],
  allow: [],
  hashKey: { first: 1, second: 2 },
  clock: systemClock,
  log: silentLog,
  trials: process.argv[2] === "trials",
});
// Only now: what the machine has at the start is its own, and spared.
const sources = ["2001:db8:0:1::1", "2001:db8:0:1:ffff::2", "2001:db8:0:2::1"];
for (const address of sources)
  Bun.spawnSync(["ip", "-6", "address", "add", `${address}/128`, "dev", "lo", "nodad"]);
kernel.ban(sources.slice(0, 1), systemClock.nowMs());
await kernel.told();
const letIn = await Promise.all(
  sources.map((address) => isLetIn({ hostname: "::1", port: server.port }, address)),
);
console.log(JSON.stringify(letIn));
