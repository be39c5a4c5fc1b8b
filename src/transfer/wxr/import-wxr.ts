/**
 * Imports a WordPress export (docs/importing.md). The file is read twice: once to see that it is whole and harmless, before
 * anything is written, and once to bring its items in, some at a time, so that the newsroom answers meanwhile.
 */
import type { Database } from "bun:sqlite";
import { type Clock, rfc3339 } from "../../base/clock.ts";
import { OperatorError } from "../../base/errors.ts";
import { type Random, systemRandom } from "../../base/random.ts";
import type { ImportReport } from "../../bus/subjects.ts";
import type { Config } from "../../config/settings.ts";
import { isLanguageTag, type LanguageTag, languageTags } from "../../language/tags.ts";
import { createPeople } from "../../people/store.ts";
import { type SiteName, siteNames } from "../../pieces/piece.ts";
import { createPieces } from "../../pieces/store.ts";
import { importedTexts } from "../imported.ts";
import { Report } from "../report.ts";
import { type ExportFile, openExport } from "./export-file.ts";
import { faults } from "./faults.ts";
import type { Intake } from "./intake.ts";
import { type Languages, tagFor } from "./language.ts";
import type { WxrItem } from "./parts.ts";
import { createPlacing } from "./place-item.ts";
import { readWxr } from "./reader.ts";
import { redirectFeed } from "./redirects.ts";
import { Survey } from "./survey.ts";

export interface ImportOptions {
  readonly file: string;
  /** "portal" or "blog". */
  readonly site: string;
  /** For texts that say nothing of their language. Default: the export's own, else the site's. */
  readonly language?: string | undefined;
  readonly config: Pick<Config, "site" | "import">;
  readonly clock: Clock;
  readonly random?: Random;
  readonly progress?: (progress: Progress) => void;
}

export interface Progress {
  readonly step: "reading" | "importing";
  /** Bytes of `total` that this step is through with. */
  readonly done: number;
  readonly total: number;
}

/** Items in one transaction: far quicker than single ones, and still a fraction of a second. */
const batchItems = 20;

/**
 * Rejects with OperatorError where the file or what was asked is wrong; nothing was written then. Killed half-way, it leaves
 * whole items, and a second run brings in the rest.
 */
export async function importWxr(database: Database, options: ImportOptions): Promise<ImportReport> {
  const site = siteNamed(options.site);
  const asked = languageNamed(options.language);
  const exported = await openExport(options.file, options.config.import.file_bytes_max);
  const survey = new Survey();
  for await (const part of readWxr(reported(exported, "reading", options), limitsOf(options)))
    survey.add(part);
  if (!URL.canParse(survey.channel.base)) throw faults.homeless(options.file);
  const report = new Report();
  const intake: Intake = {
    ...stores(database, options),
    survey,
    report,
    site,
    languages: languagesOf(options, survey, asked),
    now: rfc3339(options.clock.nowMs()),
  };
  const place = createPlacing(intake);
  const placeAll = database.transaction((items: readonly WxrItem[]) => items.forEach((item) => place(item)));
  for await (const items of batches(exported, options)) placeAll(items);
  redirectFeed(intake);
  return report.finish();
}

function stores(
  database: Database,
  { clock, random = systemRandom, config }: ImportOptions,
): Pick<Intake, "pieces" | "people" | "imported" | "timeZone"> {
  const timeZone = config.site.time_zone;
  return {
    pieces: createPieces(database, { clock, random, timeZone }),
    people: createPeople(database, { clock, random }),
    imported: importedTexts(database),
    timeZone,
  };
}

async function* batches(exported: ExportFile, options: ImportOptions): AsyncGenerator<WxrItem[]> {
  let items: WxrItem[] = [];
  for await (const part of readWxr(reported(exported, "importing", options), limitsOf(options))) {
    if (part.kind !== "item") continue;
    items.push(part.item);
    if (items.length < batchItems) continue;
    yield items;
    items = [];
  }
  yield items;
}

async function* reported(
  exported: ExportFile,
  step: Progress["step"],
  { progress }: ImportOptions,
): AsyncGenerator<Uint8Array> {
  let done = 0;
  for await (const chunk of exported.chunks()) {
    yield chunk;
    done += chunk.byteLength;
    progress?.({ step, done, total: exported.size });
  }
}

function limitsOf({ file, config }: ImportOptions): { file: string; itemsMax: number } {
  return { file, itemsMax: config.import.items_max };
}

function languagesOf({ config }: ImportOptions, survey: Survey, asked: LanguageTag | undefined): Languages {
  const own = config.site.default_language;
  return {
    default: asked ?? tagFor(survey.channel.language) ?? (isLanguageTag(own) ? own : "ar"),
    site: config.site.languages,
  };
}

function siteNamed(name: string): SiteName {
  const site = siteNames.find((each) => each === name);
  if (site !== undefined) return site;
  throw new OperatorError(`there is no site "${name}"`, {
    hint: `choose ${siteNames.join(" or ")}`,
    exitCode: 2,
  });
}

function languageNamed(name: string | undefined): LanguageTag | undefined {
  if (name === undefined || isLanguageTag(name)) return name;
  throw new OperatorError(`"${name}" is not a language that Kasbah knows`, {
    hint: `choose one of ${languageTags.join(", ")}`,
    exitCode: 2,
  });
}
