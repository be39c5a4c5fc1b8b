/** The newsroom's pictures: taken in, kept as clean files beside the database, and let go when nobody needs them. */
import type { Database } from "bun:sqlite";
import { mkdirSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "../base/bytes.ts";
import { type Clock, dayMs, hourMs, rfc3339 } from "../base/clock.ts";
import { codeOf } from "../base/errors.ts";
import type { Random } from "../base/random.ts";
import { ulid } from "../base/ulid.ts";
import type { Config } from "../config/settings.ts";
import { listFolder, readPlainFile, removeUnfinished, writeFilesBelow } from "../store/files.ts";
import type { Person } from "../web/route.ts";
import type { CleanedVariant } from "./cleaning.ts";
import { full, Gate } from "./gate.ts";
import { type Intake, type IntakeFault, type IntakeLimits, takeIn } from "./intake.ts";
import { fileName, type Picture, type Variant } from "./picture.ts";
import {
  dropErasure,
  findPicture,
  insertPicture,
  noteErasure,
  removePictures,
  wasWithdrawn,
} from "./rows.ts";

export interface PicturesOptions {
  readonly database: Database;
  /** `DATA/newsroom/media`; nobody else writes there. */
  readonly folder: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly limits: IntakeLimits;
  /** True where any revision of any text names it. */
  readonly isUsed: (id: string) => boolean;
  /** True where a text shows it that this person may read, or that readers have. */
  readonly isShownTo: (person: Reading, id: string) => boolean;
}

type Reading = Pick<Person, "may">;

export type PictureFault = IntakeFault | "busy" | "withdrawn";

export type Added =
  | { readonly outcome: "added"; readonly picture: Picture; readonly stilled: boolean }
  | { readonly outcome: "refused"; readonly reason: PictureFault };

/** Each process may take the memory of a large picture and a core of the machine, which readers need too. */
const cleaning = { atOnce: 2, waiting: 4 } as const;
/** For as long as that a picture waits for a text that shows it. */
const unusedMs = 7 * dayMs;
/** How often unused ones are looked for. */
const sweepEveryMs = hourMs;

export function intakeLimits({ media }: Pick<Config, "media">): IntakeLimits {
  return { pixelsMax: media.pixels_max, secondsMax: media.seconds_max };
}

export class Pictures {
  readonly #options: PicturesOptions;
  readonly #gate = new Gate(cleaning);
  /** Ids whose files are being written: they have no row yet. */
  readonly #arriving = new Set<string>();
  #sweepDueMs = Number.NEGATIVE_INFINITY;

  constructor(options: PicturesOptions) {
    this.#options = options;
    mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  }

  /** Rejects only where the disk does. */
  async add(bytes: Uint8Array, by: string | null): Promise<Added> {
    const intake = await this.#gate.pass(() => takeIn(bytes, this.#options.limits));
    if (intake === full) return { outcome: "refused", reason: "busy" };
    if (intake.outcome === "refused") return intake;
    return await this.#keep(intake, by);
  }

  picture(id: string): Picture | undefined {
    return findPicture(this.#options.database, id);
  }

  /** Only to whoever brought it in, or may read a text that shows it: a draft's pictures are as secret as its words. */
  seenBy(person: Reading & Pick<Person, "id">, id: string): Picture | undefined {
    const picture = this.picture(id);
    const isTheirs = picture?.createdBy === person.id || person.may("read", "everywhere");
    return isTheirs || this.#options.isShownTo(person, id) ? picture : undefined;
  }

  /** Undefined where the file is lost or isn't what was cleaned. */
  async data(id: string, variant: Variant): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const data = await readPlainFile(join(this.#options.folder, fileName(id, variant)), variant.bytes);
    return data !== undefined && sha256(data) === variant.sha256 ? data : undefined;
  }

  /** The same at once and unchecked, by its file's name: for rendering, which checks it. */
  file(name: string): Uint8Array | undefined {
    try {
      return readFileSync(join(this.#options.folder, name));
    } catch (thrown) {
      if (codeOf(thrown) === "ENOENT") return undefined;
      throw thrown;
    }
  }

  /** Erases what was withdrawn or cut off, at once; and now and then what no text came to use in a week. */
  async sweep(): Promise<void> {
    const nowMs = this.#options.clock.nowMs();
    if (nowMs >= this.#sweepDueMs) {
      this.#sweepDueMs = nowMs + sweepEveryMs;
      this.#removeUnused(nowMs - unusedMs);
      await removeUnfinished(this.#options.folder);
    }
    await this.#erase();
  }

  async #keep(
    { animated, stilled, variants }: Extract<Intake, { outcome: "cleaned" }>,
    by: string | null,
  ): Promise<Added> {
    const { database, folder, clock, random } = this.#options;
    const createdAt = rfc3339(clock.nowMs());
    const id = ulid(clock, random);
    const picture = { id, createdAt, createdBy: by, animated, variants: variants.map(described) };
    if (wasWithdrawn(database, picture.variants)) return { outcome: "refused", reason: "withdrawn" };
    this.#arriving.add(id);
    try {
      // A kill from here on leaves a note of what has to be erased.
      noteErasure(database, id);
      const files = variants.map(({ shape, data }) => [join(folder, fileName(id, shape)), data] as const);
      await writeFilesBelow(folder, new Map(files));
      this.#insert(picture);
    } finally {
      this.#arriving.delete(id);
    }
    return { outcome: "added", picture, stilled };
  }

  #insert(picture: Picture): void {
    const { database } = this.#options;
    database.transaction(() => {
      insertPicture(database, picture);
      dropErasure(database, picture.id);
    })();
  }

  #removeUnused(beforeMs: number): void {
    const { database, isUsed } = this.#options;
    const old = database
      .query<{ readonly id: string }, [string]>("SELECT id FROM picture WHERE created_at < ?")
      .all(rfc3339(beforeMs));
    const unused = old.map(({ id }) => id).filter((id) => !isUsed(id));
    database.transaction(() => removePictures(database, unused))();
  }

  async #erase(): Promise<void> {
    const { database, folder } = this.#options;
    const noted = database.query<{ readonly id: string }, []>("SELECT picture_id AS id FROM picture_erasure");
    const ids = new Set(noted.all().flatMap(({ id }) => (this.#arriving.has(id) ? [] : [id])));
    if (ids.size === 0) return;
    for (const name of await listFolder(folder)) {
      if (ids.has(name.slice(0, name.indexOf("-")))) await rm(join(folder, name), { force: true });
    }
    for (const id of ids) dropErasure(database, id);
  }
}

function described({ shape, data }: CleanedVariant): Variant {
  return { ...shape, bytes: data.length, sha256: sha256(data) };
}
