/** What the watch page says about this moment, in the visitor's language: when it is loaded, and each second after. */
import { dayMs, rfc3339 } from "../base/clock.ts";
import type { Traffic } from "../bus/facts.ts";
import type { InterfaceLanguage } from "../language/tags.ts";
import type { Tone } from "../web/components.tsx";
import { studioWords } from "../web/words/index.ts";
import type { StudioWords } from "../web/words/studio-words.ts";
import { DefenceTeller } from "./defence/telling.ts";
import { type Figures, figuresOf, type Heard, type Now, type Window, windowNames } from "./now.ts";
import { type Quantities, quantitiesIn } from "./quantities.ts";
import type { WatchWords } from "./words.ts";
import { words } from "./words/index.ts";

export interface Told {
  /** RFC 3339. */
  readonly at: string;
  readonly state: Now["state"];
  readonly tone: Tone;
  readonly sentence: string;
  readonly since: string;
  /** By window; in each what came in, was refused, failed, and how long readers waited. */
  readonly figures: Readonly<Record<Window, readonly string[]>>;
}

export class Teller {
  readonly language: InterfaceLanguage;
  readonly words: WatchWords;
  /** What facts of a page are called. */
  readonly factNames: StudioWords["facts"];
  readonly quantities: Quantities;
  readonly defence: DefenceTeller;

  constructor(language: InterfaceLanguage, timeZone: string) {
    this.language = language;
    this.words = words[language];
    this.factNames = studioWords(language).facts;
    this.quantities = quantitiesIn(language, timeZone);
    this.defence = new DefenceTeller(this.words.defence, this.quantities, language);
  }

  tell(now: Now, seconds: readonly Traffic[], nowMs: number): Told {
    return {
      at: rfc3339(nowMs),
      state: now.state,
      tone: tones[now.state],
      sentence: this.#sentence(now),
      since: this.#since(now, nowMs),
      figures: Object.fromEntries(
        windowNames.map((window) => [window, this.#figures(figuresOf(seconds, window, nowMs))]),
      ) as Told["figures"],
    };
  }

  #sentence(now: Now): string {
    const said = this.words.now;
    switch (now.state) {
      case "the watch is silent":
        return said.watchSilent;
      case "the edge is silent":
        return said.edgeSilent;
      case "losing pages":
        return said.losing(this.quantities.share(now.lost));
      case "readable":
        return `${said.readable} ${this.#fare(now)}`;
      case "drill":
        return `${said.drilled} ${this.#fare(now)}`;
      case "on guard":
        return `${said.guarded} ${this.#fare(now)}`;
      case "under attack":
        return `${said.attacked} ${this.#fare(now)}`;
    }
  }

  #fare({ state, isAlone, waitMs }: Heard): string {
    const said = this.words.now;
    if (isAlone) return said.alone;
    const wait = this.quantities.wait(waitMs);
    return state === "readable" ? said.waits(wait) : said.stillWaits(wait);
  }

  #since(now: Now, nowMs: number): string {
    if (now.state === "the watch is silent" || now.sinceMs === null) return "";
    const said = this.words.now;
    const isToday = nowMs - now.sinceMs < dayMs / 2;
    const time = isToday ? this.quantities.time(now.sinceMs) : this.quantities.moment(now.sinceMs);
    if (now.state === "the edge is silent") return said.lastWord(time);
    return now.isOlder ? said.sinceAtLeast(time) : said.since(time);
  }

  #figures(figures: Figures | null): readonly string[] {
    if (figures === null) return ["–", "–", "–", "–"];
    const { number, waitBriefly } = this.quantities;
    const { requests, refused, failed, waitMs } = figures;
    return [number(requests), number(refused), number(failed), waitMs === 0 ? "–" : waitBriefly(waitMs)];
  }
}

const tones: Readonly<Record<Now["state"], Tone>> = {
  readable: "good",
  drill: "warning",
  "on guard": "warning",
  "under attack": "bad",
  "losing pages": "bad",
  "the edge is silent": "bad",
  "the watch is silent": "warning",
};
