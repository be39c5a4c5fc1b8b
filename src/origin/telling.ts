/** Times, waits, sizes and figures as the visitor's language writes them, with its words. */
import { rfc3339 } from "../base/clock.ts";
import { writtenDate } from "../language/dates.ts";
import { formatOf, type InterfaceLanguage } from "../language/tags.ts";
import type { SignedIn } from "../web/route.ts";
import { studioWords } from "../web/words/index.ts";
import type { StudioWords } from "../web/words/studio-words.ts";
import type { OriginWords } from "./words.ts";
import { words } from "./words/index.ts";

export class Teller {
  readonly language: InterfaceLanguage;
  readonly words: OriginWords;
  readonly factNames: StudioWords["facts"];
  readonly #timeZone: string;

  constructor({ language, timeZone }: Pick<SignedIn, "language" | "timeZone">) {
    this.language = language;
    this.words = words[language];
    this.factNames = studioWords(language).facts;
    this.#timeZone = timeZone;
  }

  /** RFC 3339 → 31 July at 14:05; empty for what is not known. */
  time(at: string | null): string {
    return at === null ? "" : writtenDate(at, "brief", this.language, this.#timeZone);
  }

  moment(ms: number): string {
    return this.time(rfc3339(ms));
  }

  /** 1.2 seconds. */
  wait(ms: number): string {
    return this.#unit("second", ms / 1_000);
  }

  /** 14 kB. */
  size(bytes: number): string {
    return this.#unit("kilobyte", bytes / 1_000);
  }

  number(value: number): string {
    return value.toLocaleString(formatOf(this.language));
  }

  /** By BCP 47 tag; empty where a page doesn't say. */
  languageName(tag: string): string {
    if (tag === "") return this.words.baseline.unnamed;
    try {
      return new Intl.DisplayNames(formatOf(this.language), { type: "language" }).of(tag) ?? tag;
    } catch {
      return tag;
    }
  }

  #unit(unit: "second" | "kilobyte", value: number): string {
    const format = {
      style: "unit",
      unit,
      unitDisplay: "long",
      maximumFractionDigits: value < 10 ? 1 : 0,
    } as const;
    return Math.max(0.1, value).toLocaleString(formatOf(this.language), format);
  }
}
