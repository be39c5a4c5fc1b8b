/** What several features of the studio say in the same words: one word for one thing (docs/glossary.md). */
import type { SiteName } from "../../config/site-names.ts";
import type { ErrorWords } from "../../language/messages/messages.ts";
import type { RefusalStatus } from "../answers.ts";
import type { SiteState } from "../route.ts";
import type { FactName } from "./fact-names.ts";

export interface StateWords {
  /** Names the line for a screen reader. */
  readonly label: string;
  readonly nothingPublished: string;
  /** `at`: as the language writes it. */
  edition(version: number, at: string): string;
  readonly stale: string;
  readonly modes: Readonly<Record<NonNullable<SiteState["mode"]>, string>>;
  readonly silent: string;
  incidents(count: number): string;
  /** Where readers of the protected site don't get it as it is. */
  readonly services: Readonly<Record<NonNullable<SiteState["service"]>, string>>;
  readonly protectedSite: Readonly<Record<Exclude<NonNullable<SiteState["protectedSite"]>, "live">, string>>;
  /** Where to look when something needs somebody. */
  readonly look: string;
}

export interface StudioWords {
  readonly studio: string;
  readonly skip: string;
  readonly menu: string;
  readonly languages: string;
  /** The person's own page; their name follows. */
  readonly you: string;
  readonly signOut: string;
  readonly state: StateWords;

  /** To the studio's first page. */
  readonly toStart: string;

  readonly sites: Readonly<Record<SiteName, string>>;
  readonly roles: Readonly<Record<"contributor" | "editor" | "moderator" | "steward", string>>;

  /** Of a page of the protected site. */
  readonly facts: Readonly<Record<FactName, string>>;

  readonly refusals: Readonly<Record<RefusalStatus | 401, ErrorWords>>;
}
