/** A role that does nothing but behave in a given way: `bun fake-role.ts edge hangs`. For tests of the supervisor. */
import { OperatorError } from "../src/base/errors.ts";
import type { Role } from "../src/bus/role.ts";
import type { RoleName } from "../src/cli/role-messages.ts";
import { runRole } from "../src/cli/role-process.ts";

const [, , name, behaviour] = process.argv as [string, string, RoleName, keyof typeof behaviours];

const behaviours = {
  /** Works, and stops when asked. */
  async works(): Promise<Role> {
    return { addresses: ["at work"], async [Symbol.asyncDispose]() {} };
  },
  /** Works, and never finishes what it has begun. */
  async hangs(): Promise<Role> {
    return { addresses: [], [Symbol.asyncDispose]: () => new Promise(() => {}) };
  },
  async refuses(): Promise<Role> {
    throw new OperatorError("port 80 is taken", { hint: "choose another one" });
  },
  async crashes(): Promise<Role> {
    process.exit(3);
  },
  async waits(): Promise<Role> {
    return await new Promise(() => {});
  },
};

await runRole(name, async () => behaviours[behaviour]);
