/** What operators ask about those who were refused. */
import { rfc3339 } from "../../base/clock.ts";
import type { Operations } from "../../bus/role.ts";
import { readAppeal } from "../../decision/gates/appeal.ts";
import { GateKeys } from "../../decision/gates/gate-keys.ts";

/** `secret`: of the gates. */
export function appealOperations(secret: Uint8Array): Pick<Operations, "edge.appeal"> {
  const keys = new GateKeys(secret);
  return {
    "edge.appeal": ({ code }) => {
      const found = readAppeal(keys, code);
      if (found === undefined) return { appeal: null };
      const { atMs, gate, reason, load } = found;
      return { appeal: { at: rfc3339(atMs), gate, reason, load } };
    },
  };
}
