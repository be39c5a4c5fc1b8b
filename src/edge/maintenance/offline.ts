/** Turning maintenance on and off while no edge runs: what the next one finds. */
import { systemClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import type { Operations } from "../../bus/role.ts";
import type { DataFolder } from "../../config/data-folder.ts";
import { EdgeDatabase } from "../edge-database.ts";
import { MaintenanceKeeper } from "./keeper.ts";
import { maintenanceOperations } from "./operations.ts";

export interface OfflineMaintenance extends AsyncDisposable {
  readonly operations: Operations;
}

/** To be called under the data folder's lock. */
export function openMaintenanceOffline({ edgeDatabase }: DataFolder): OfflineMaintenance {
  const database = new EdgeDatabase(edgeDatabase);
  const keeper = new MaintenanceKeeper({ database, clock: systemClock, log: silentLog, changed: () => {} });
  return {
    operations: maintenanceOperations(keeper),
    [Symbol.asyncDispose]: async () => database[Symbol.dispose](),
  };
}
