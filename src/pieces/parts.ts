/** What the pages of this folder need of the newsroom. */
import type { Database } from "bun:sqlite";
import type { Clock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import type { Random } from "../base/random.ts";
import type { Bus } from "../bus/bus.ts";
import type { Config } from "../config/settings.ts";
import type { Audit } from "../people/audit.ts";
import type { People } from "../people/store.ts";
import type { MaterialStore } from "../material/store.ts";
import type { Pictures } from "../media/store.ts";
import type { Publisher } from "../publishing/publisher.ts";
import type { ClientScripts } from "../web/client-scripts.ts";
import type { Pieces } from "./api.ts";

export interface PiecesParts {
  readonly config: Config;
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly pieces: Pieces;
  readonly material: Pick<MaterialStore, "material">;
  readonly pictures: Pick<Pictures, "sweep" | "picture" | "seenBy">;
  readonly publisher: Pick<Publisher, "publish" | "withdraw">;
  readonly bus: Bus;
  readonly scripts: ClientScripts;
  readonly people: People;
  readonly audit: Audit;
}
