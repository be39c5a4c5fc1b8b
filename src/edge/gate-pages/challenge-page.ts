/** The answer to work that has to wait: a page that comes back by itself, or a line for machines. Pure, and cheap: most who get it are a flood. */
import { cut } from "../../base/cut.ts";
import type { InterfaceLanguage } from "../../language/tags.ts";
import { escapeHtml } from "../errors.ts";
import { type GateAnswer, gateHeaders } from "./gate-headers.ts";
import { glue } from "./glue.ts";
import { gateWords } from "./languages.ts";
import { type ChallengeKind, challengePages } from "./layout.ts";
import { cookieOf, cookies } from "./names.ts";
import { returnAddress } from "./return-address.ts";
import { takesHtml } from "./takes-html.ts";
import { roughWait } from "./wait.ts";

export interface ChallengePage {
  readonly language: InterfaceLanguage;
  /** base64url. */
  readonly ticket: string;
  /** 0: nothing is to be solved, and there is no script. */
  readonly effort: number;
  /** What is to be solved for this ticket, hex; empty without effort. */
  readonly seed: string;
  /** Until its turn, as far as one can tell. */
  readonly waitS: number;
  /** Path and query that were asked for. */
  readonly target: string;
  /** What was sent there (base64url); undefined: nothing. */
  readonly sealed: string | undefined;
  readonly siteName: string;
  /** Address of the Worker's script, of this site. */
  readonly solver: string;
  readonly tls: boolean;
}

/** Nobody is asked again sooner; and whoever waits for long hears meanwhile how it stands. */
const delayS = { min: 1, max: 60 } as const;
/** As long as a ticket is good; the ticket itself decides. */
const ticketMaxAgeS = 900;
const nameCharactersMax = 80;

/** `accept`: as the client sent it. */
export function challengeAnswer(page: ChallengePage, accept: string): GateAnswer {
  const isHtml = takesHtml(accept);
  const kind = kindOf(page);
  const retryAfterS = delayOf(page);
  const headers = gateHeaders({
    gate: page.effort > 0 ? "work" : "ticket",
    policy: !isHtml ? "plain" : kind === "timed" ? "still" : "scripted",
    language: page.language,
    retryAfterS,
    tls: page.tls,
  });
  // A form carries its ticket itself, and is not to come back as an empty page.
  if (page.sealed === undefined) {
    headers.push(
      ["refresh", refreshOf(page)],
      ["set-cookie", cookieOf(cookies.ticket, page.ticket, ticketMaxAgeS, page.tls)],
    );
  }
  return { status: 503, headers, body: isHtml ? html(page, kind) : plain(page) };
}

function kindOf({ effort, sealed }: ChallengePage): ChallengeKind {
  if (sealed !== undefined) return "sealed";
  return effort > 0 ? "solving" : "timed";
}

function delayOf({ waitS }: ChallengePage): number {
  return Math.min(delayS.max, Math.max(delayS.min, Math.ceil(waitS)));
}

function refreshOf(page: ChallengePage): string {
  const address = returnAddress(page.target);
  return address === undefined ? String(delayOf(page)) : `${delayOf(page)}; url=${address}`;
}

function html(page: ChallengePage, kind: ChallengeKind): string {
  const address = returnAddress(page.target);
  return challengePages[page.language][kind].filledWith({
    site: escapeHtml(cut(page.siteName, nameCharactersMax)),
    wait: gateWords[page.language].about(roughWait(page.waitS)),
    delay: String(delayOf(page)),
    refresh: escapeHtml(refreshOf(page)),
    action: address === undefined ? "" : ` action="${escapeHtml(address)}"`,
    ticket: escapeHtml(page.ticket),
    effort: String(page.effort),
    seed: escapeHtml(page.seed),
    solver: escapeHtml(page.solver),
    sealed: page.sealed ?? "",
    script: glue,
  });
}

function plain({ language, waitS }: ChallengePage): string {
  const { heading, why, again, about } = gateWords[language];
  return `${heading}. ${why}\n${again.replace("{wait}", about(roughWait(waitS)))}\n`;
}
