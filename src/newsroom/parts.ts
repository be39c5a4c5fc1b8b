/** What the newsroom is opened with, and what it then consists of. */
import type { Database } from "bun:sqlite";
import type { Clock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import type { Random } from "../base/random.ts";
import type { Operations } from "../bus/role.ts";
import type { DataFolder } from "../config/data-folder.ts";
import type { Config } from "../config/settings.ts";
import type { Queue } from "../jobs/queue.ts";
import type { MaterialStore } from "../material/store.ts";
import type { Membership } from "../people/membership.ts";
import type { Audit } from "../people/audit.ts";
import type { People } from "../people/store.ts";
import type { Pictures } from "../media/store.ts";
import type { Bus, Event } from "../bus/bus.ts";
import type { Origin } from "../origin/origin.ts";
import type { NameOptions } from "../origin/looking/look-at-name.ts";
import type { Patience } from "../origin/crawl/snapshot.ts";
import type { Pieces } from "../pieces/api.ts";
import type { KeyFiles } from "../publishing/key-files.ts";
import type { Publisher } from "../publishing/publisher.ts";
import type { Wait } from "../publishing/turns.ts";
import type { Progress } from "../transfer/wxr/import-wxr.ts";
import type { ClientScripts } from "../web/client-scripts.ts";
import type { DeedTold } from "../web/feature.ts";

export interface NewsroomOptions {
  readonly config: Config;
  readonly data: DataFolder;
  readonly log: Log;
  readonly clock: Clock;
  /** Default: the system's. */
  readonly random?: Random;
  /** Default: a timer. */
  readonly wait?: Wait;
  /** An edition, or only its timestamp, is new on the disk. */
  readonly onPublished: (version: number) => void;
  readonly onImportProgress?: ((progress: Progress) => void) | undefined;
  readonly onSnapshotProgress?: ((progress: Event<"snapshot.progress">) => void) | undefined;
  readonly onAcceptProgress?: ((progress: Event<"accept.progress">) => void) | undefined;
  /** With a protected site. Default: src/origin/origin.ts's. */
  readonly patience?: Partial<Patience>;
  /** With a protected site. Default: the machine's resolver. */
  readonly originNames?: NameOptions | undefined;
  /** Where the studio listens, once it does: `http://localhost:8090`. Default: where its settings say. */
  readonly studioAddress?: () => string | undefined;
}

export interface Parts extends Pick<NewsroomOptions, "config" | "clock" | "log" | "onPublished"> {
  readonly database: Database;
  readonly random: Random;
  readonly onImportProgress: (progress: Progress) => void;
  readonly people: People;
  readonly audit: Audit;
  /** Who may come in, and who is in. */
  readonly membership: Membership;
  readonly material: MaterialStore;
  readonly pieces: Pieces;
  readonly pictures: Pictures;
  readonly queue: Queue;
  readonly files: KeyFiles;
  readonly publisher: Publisher;
  /** The protected site; undefined where none is configured. */
  readonly origin: Origin | undefined;
}

/** What pages of the studio are handed: all of the newsroom, and what only a running one has. */
export interface StudioParts extends Parts {
  readonly bus: Bus;
  readonly scripts: ClientScripts;
  /** Under which the studio is reached: `http://localhost:8090`. */
  readonly origins: () => readonly string[];
  /** How each feature's deeds are told in the record. */
  readonly deeds: Readonly<Record<string, DeedTold>>;
  /** The folder of what was gathered about findings on the protected site. */
  readonly evidence: string;
  /** How a command against this instance is started (src/bus/role.ts). */
  readonly kasbah?: readonly string[] | undefined;
}

export interface Newsroom extends AsyncDisposable, Parts {
  readonly operations: Operations;
}
