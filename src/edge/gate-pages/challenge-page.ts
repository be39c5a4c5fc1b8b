/** The answer to work that has to wait: a page that comes back by itself, a line for machines, a word for scripts. Pure, and cheap: most who get it are a flood. */
import { hex } from "../../base/bytes.ts";
import { seedOf, ticketLifeMs } from "../../decision/gates/ticket.ts";
import type { InterfaceLanguage } from "../../language/tags.ts";
import { escapeHtml } from "../errors.ts";
import { type AnswerForm, answerForm } from "./answer-form.ts";
import { type GateAnswer, gateHeaders } from "./gate-headers.ts";
import { glue } from "./glue.ts";
import { gateWords } from "./languages.ts";
import { type ChallengeKind, challengePages, shownName } from "./layout.ts";
import { cookieOf, cookies } from "./names.ts";
import { returnAddress } from "./return-address.ts";
import { roughWait } from "./wait.ts";

/** `ticket`, `sealed` and `solver` are our own, and stand in the page as they are. */
export interface ChallengePage {
  readonly language: InterfaceLanguage;
  /** base64url, as `sealed`. */
  readonly ticket: string;
  /** 0: nothing is to be solved, and there is no script. */
  readonly effort: number;
  /** Until its turn, as far as one can tell. */
  readonly waitS: number;
  /** Path and query that were asked for. */
  readonly target: string;
  /** What was sent there; undefined: nothing. */
  readonly sealed: string | undefined;
  readonly siteName: string;
  /** Address of the Worker's script, of this site. */
  readonly solver: string;
  readonly tls: boolean;
}

/** Nobody is asked again sooner; and whoever waits for long hears meanwhile how it stands. */
const comesBackS = { min: 1, max: 60 } as const;
/** The ticket itself decides. */
const cookieMaxAgeS = ticketLifeMs.work / 1000;

/** Only time needs no script. */
const policies = { timed: "still", solving: "scripted", sealed: "scripted" } as const;

/** `accept`: as the client sent it. */
export function challengeAnswer(page: ChallengePage, accept: string): GateAnswer {
  const { language, effort, ticket, sealed, tls } = page;
  const form = answerForm(accept);
  const kind = kindOf(page);
  const delayS = Math.min(comesBackS.max, Math.max(comesBackS.min, Math.ceil(page.waitS)));
  const address = returnAddress(page.target);
  const refresh = address === undefined ? String(delayS) : `${delayS}; url=${address}`;
  const headers = gateHeaders({
    gate: effort > 0 ? "work" : "ticket",
    policy: form === "html" ? policies[kind] : form,
    language,
    retryAfterS: delayS,
    tls,
  });
  // A form in a page carries its ticket itself, and is not to come back as an empty page.
  if (sealed === undefined) headers.push(["refresh", refresh]);
  if (sealed === undefined || form !== "html") {
    headers.push(["set-cookie", cookieOf(cookies.ticket, ticket, cookieMaxAgeS, tls)]);
  }
  const body = form === "html" ? html(page, kind, { delayS, address, refresh }) : brief(page, form);
  return { status: 503, headers, body };
}

function kindOf({ effort, sealed }: ChallengePage): ChallengeKind {
  if (sealed !== undefined) return "sealed";
  return effort > 0 ? "solving" : "timed";
}

interface ComingBack {
  readonly delayS: number;
  /** Undefined: where it is. */
  readonly address: string | undefined;
  readonly refresh: string;
}

function html(page: ChallengePage, kind: ChallengeKind, { delayS, address, refresh }: ComingBack): string {
  return challengePages[page.language][kind].filledWith({
    site: shownName(page.siteName),
    wait: gateWords[page.language].about(roughWait(page.waitS)),
    delayS: String(delayS),
    refresh: escapeHtml(refresh),
    action: address === undefined ? "" : ` action="${escapeHtml(address)}"`,
    ticket: page.ticket,
    effort: String(page.effort),
    seed: page.effort > 0 ? hex(seedOf(page.ticket)) : "",
    solver: page.solver,
    sealed: page.sealed ?? "",
    script: glue,
  });
}

function brief({ language, waitS }: ChallengePage, form: Exclude<AnswerForm, "html">): string {
  const { heading, why, again, about } = gateWords[language];
  const when = again.replace("{wait}", about(roughWait(waitS)));
  return form === "json" ? JSON.stringify({ error: `${why} ${when}` }) : `${heading}. ${why}\n${when}\n`;
}
