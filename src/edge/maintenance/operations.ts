/** What operators ask of maintenance, over the bus or, where nothing runs, of what the edge will find when it starts. */
import type { Answer } from "../../bus/bus.ts";
import type { Operations } from "../../bus/role.ts";
import type { MaintenanceKeeper } from "./keeper.ts";
import { maintenanceFacts } from "./maintenance.ts";

/** Throws OperatorError where what is asked makes no sense. */
export function maintenanceOperations(
  keeper: MaintenanceKeeper,
): Pick<Operations, "edge.maintenance" | "edge.maintenance.on" | "edge.maintenance.off"> {
  const answer = (): Answer<"edge.maintenance"> => ({
    maintenance: maintenanceFacts(keeper.now),
  });
  return {
    "edge.maintenance": answer,
    "edge.maintenance.on": (asked) => {
      keeper.turnOn(asked);
      return answer();
    },
    "edge.maintenance.off": () => {
      keeper.turnOff();
      return answer();
    },
  };
}
