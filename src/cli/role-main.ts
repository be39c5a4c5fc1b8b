/** What the supervisor starts for each role: `bun role-main.ts edge`. Loads that role's code and no other's. */
import { join } from "node:path";
import type { StartRole } from "../bus/role.ts";
import { isRoleName } from "./role-messages.ts";
import { runRole } from "./role-process.ts";

const name = process.argv[2];
if (!isRoleName(name)) throw new Error(`there is no role "${name}"`);
await runRole(
  name,
  () => import(join(import.meta.dir, "..", name, "role.ts")) as Promise<{ start: StartRole }>,
);
