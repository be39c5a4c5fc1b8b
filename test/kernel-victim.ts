/** A process that bans an address in the kernel and stays until it is killed: `kernel-victim.ts PORT ADDRESS`. Prints state and bans. */
import { systemClock } from "../src/base/clock.ts";
import { silentLog } from "../src/base/log.ts";
import { Kernel } from "../src/edge/kernel/kernel.ts";

const [port, address = ""] = process.argv.slice(2);
const kernel = await Kernel.open({
  settings: { nftables: "auto", connections_per_prefix: 512, new_connections_per_prefix: 200 },
  listen: [{ hostname: "127.0.0.1", port: Number(port) }],
  trustedProxies: [],
  allow: [],
  hashKey: { first: 1, second: 2 },
  clock: systemClock,
  log: silentLog,
  trials: false,
});
kernel.ban([address], systemClock.nowMs());
await kernel.told();
console.log(kernel.state, kernel.banned);
setInterval(() => undefined, 60_000);
