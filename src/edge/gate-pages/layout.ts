/** What stands on the pages of the gates, put together once for each language and kind. Pure. */
import { cut } from "../../base/cut.ts";
import { type InterfaceLanguage, interfaceLanguages } from "../../language/tags.ts";
import { escapeHtml } from "../errors.ts";
import { hashSource, shellHtml, shellStyle } from "../plain-shell.ts";
import { glue } from "./glue.ts";
import { gateWords } from "./languages.ts";
import { fields } from "./names.ts";
import { type RefusalReason, refusalReasons } from "./refusal-reason.ts";
import { Template } from "./template.ts";
import type { GateWords } from "./words.ts";

/** `timed`: nothing but time, and no script at all. `solving`: a script may shorten it. `sealed`: with a form that was sent. */
export type ChallengeKind = "timed" | "solving" | "sealed";

const challengeSlots = [
  "site",
  "wait",
  "delayS",
  "refresh",
  "action",
  "ticket",
  "effort",
  "seed",
  "solver",
  "sealed",
  // Its own braces are none of ours.
  "script",
] as const;
const refusalSlots = ["site", "wait", "code", "unsent"] as const;
export type ChallengeSlot = (typeof challengeSlots)[number];
export type RefusalSlot = (typeof refusalSlots)[number];

/** Nothing moves for whoever asked for that; a bar without a value says nothing else. */
const style = `${shellStyle}.site { margin: 0; color: var(--faint) }
.first { font-weight: 600 }
progress { display: block; width: 100%; height: .75rem; margin: 1.25rem 0; accent-color: var(--line) }
@media (prefers-reduced-motion: reduce) { progress:not([value]) { display: none } }
button { min-height: 2.75rem; margin-block: .4rem; padding: .4rem 1.25rem; font: inherit; font-weight: 600; color: var(--link); background: none;
  border: 2px solid; border-radius: .35rem; cursor: pointer }
.main { color: var(--ground); background: var(--link); border-color: var(--link) }
button:focus-visible { outline: 3px solid var(--ink); outline-offset: 3px }
code { display: inline-block; padding: .3rem .9rem; font: 600 1.25rem/1.6 ui-monospace, monospace; border: 2px dashed var(--line);
  user-select: all; -webkit-user-select: all }
`;

export const sources = { style: hashSource(style), script: hashSource(glue) } as const;

/** In whatever direction its name runs, it stands where the page begins. */
const site = `<p class="site"><bdi>{site}</bdi></p>`;
/** The header says it to all browsers; this one to text browsers, which run no scripts and may not look at headers. */
const refresh = `<noscript><meta http-equiv="refresh" content="{refresh}"></noscript>`;

export const challengePages = byLanguage((language) => ({
  timed: challenge(language, "timed"),
  solving: challenge(language, "solving"),
  sealed: challenge(language, "sealed"),
}));

export const refusalPages = byLanguage(
  (language) =>
    Object.fromEntries(refusalReasons.map((reason) => [reason, refusal(language, reason)])) as Readonly<
      Record<RefusalReason, Template<RefusalSlot>>
    >,
);

function byLanguage<Made>(
  make: (language: InterfaceLanguage) => Made,
): Readonly<Record<InterfaceLanguage, Made>> {
  return Object.fromEntries(interfaceLanguages.map((language) => [language, make(language)])) as Record<
    InterfaceLanguage,
    Made
  >;
}

/** What differs between a page that is waited for and a form that waits. */
interface Parts {
  readonly head: string;
  readonly kept: string;
  readonly said: string;
  readonly rest: string;
  /** Beside the ticket and the proof. */
  readonly form: string;
  /** For the script. */
  readonly done: string;
  readonly itself: string;
}

function waitingParts(words: GateWords): Parts {
  return {
    head: refresh,
    kept: "",
    said: words.timed,
    rest: words.rest,
    form: `<p class="soon">${words.stuck} <button>${words.tryNow}</button></p>`,
    done: words.opening,
    itself: "",
  };
}

function sealedParts(words: GateWords): Parts {
  return {
    head: "",
    kept: `<p>${words.kept}</p>`,
    said: words.sealedByHand,
    rest: `${words.leaveOpen} ${words.early}`,
    form: `${hidden(fields.sealed, "{sealed}")}<p><button class="main">${words.sendNow}</button></p>`,
    done: words.sending,
    itself: ` data-itself="${words.sealedByItself}"`,
  };
}

function challenge(language: InterfaceLanguage, kind: ChallengeKind): Template<ChallengeSlot> {
  const words = gateWords[language];
  const parts = kind === "sealed" ? sealedParts(words) : waitingParts(words);
  const { data, script } = kind === "timed" ? { data: "", script: "" } : scripted(words, parts);
  const main = [
    site,
    `<h1>${words.heading}</h1>`,
    `<p>${words.why}</p>${parts.kept}`,
    `<p class="first" role="status" id="status">${parts.said}</p>`,
    `<progress aria-labelledby="status"></progress>`,
    `<p class="soon">${parts.rest}</p>`,
    `<form method="post"{action}${data}>${hidden(fields.ticket, "{ticket}")}${hidden(fields.proof, "")}${parts.form}</form>`,
    script,
  ].join("");
  const html = shellHtml({ language, title: titled(words.title), head: parts.head, style, main });
  return new Template(html, challengeSlots);
}

/** What the script needs (glue.client.ts), and itself. */
function scripted(
  words: GateWords,
  { done, itself }: Parts,
): { readonly data: string; readonly script: string } {
  const puzzle = `data-effort="{effort}" data-seed="{seed}" data-solver="{solver}"`;
  const said = `data-solving="${words.solving}" data-done="${done}"${itself}`;
  return {
    data: ` data-wait-s="{delayS}" data-proof="${fields.proof}" ${puzzle} ${said}`,
    script: `<script type="module">{script}</script>`,
  };
}

function hidden(name: string, value: string): string {
  return `<input type="hidden" name="${name}" value="${value}">`;
}

function refusal(language: InterfaceLanguage, reason: RefusalReason): Template<RefusalSlot> {
  const words = gateWords[language];
  const main = [
    site,
    `<h1>${words.refused}</h1>`,
    `<p>${words.reasons[reason]}</p>{unsent}`,
    `<p class="first">${words.again}</p>`,
    `<p>${words.appeal}</p>`,
    `<p><code dir="ltr" translate="no">{code}</code></p>`,
    `<p><a href="/">${words.front}</a></p>`,
  ].join("");
  return new Template(shellHtml({ language, title: titled(words.refused), style, main }), refusalSlots);
}

/** The site's name is in any direction. */
function titled(title: string): string {
  return `${title} – \u2068{site}\u2069`;
}

const nameCharactersMax = 80;

/** A site's name, as markup. */
export function shownName(siteName: string): string {
  return escapeHtml(cut(siteName, nameCharactersMax));
}
