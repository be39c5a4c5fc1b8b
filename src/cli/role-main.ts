/** What the supervisor starts for each role: `bun role-main.ts edge`. Loads that role's code and no other's. */
import { join } from "node:path";
import type { StartRole } from "../bus/role.ts";
import { isRoleName, type RoleName } from "./role-messages.ts";
import { runRole } from "./role-process.ts";

const starts: Readonly<Record<RoleName, () => Promise<StartRole>>> = {
  edge: async () => (await import("../edge/role.ts")).startEdge,
  newsroom: async () => (await import(join(import.meta.dir, "../newsroom/role.ts"))).start,
  watch: async () => (await import("../watch/role.ts")).start,
};

const name = process.argv[2];
if (!isRoleName(name)) throw new Error(`there is no role "${name}"`);
await runRole(name, starts[name]);
