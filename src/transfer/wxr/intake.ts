/** What the parts of an import share while items come in. */
import type { People } from "../../people/store.ts";
import type { Pieces } from "../../pieces/api.ts";
import type { SiteName } from "../../pieces/piece.ts";
import type { ImportedTexts } from "../imported.ts";
import type { Outcome, Report } from "../report.ts";
import type { Languages } from "./language.ts";
import type { Survey } from "./survey.ts";

export interface Intake {
  readonly pieces: Pieces;
  readonly people: People;
  readonly imported: ImportedTexts;
  readonly survey: Survey;
  readonly report: Report;
  readonly site: SiteName;
  readonly languages: Languages;
  /** IANA name. */
  readonly timeZone: string;
  /** RFC 3339. */
  readonly now: string;
}

/** What became of one item, and what a person should know about it. */
export interface Result {
  readonly outcome: Outcome;
  readonly remarks: readonly string[];
}
