/** What the supervisor starts for each role: `bun role-main.ts edge`. Loads that role's code and no other's. */
import type { StartRole } from "../bus/role.ts";
import { isRoleName, type RoleName } from "./role-messages.ts";
import { runRole } from "./role-process.ts";

const starts: Readonly<Record<RoleName, () => Promise<StartRole>>> = {
  edge: async () => (await import("../edge/role.ts")).startEdge,
  newsroom: async () => (await import("../newsroom/role.ts")).startNewsroom,
  watch: async () => (await import("../watch/role.ts")).startWatch,
};

const name = process.argv[2];
if (!isRoleName(name)) throw new Error(`there is no role "${name}"`);
await runRole(name, starts[name]);
