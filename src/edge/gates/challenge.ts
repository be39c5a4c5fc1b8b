/** The page that somebody without standing waits at, with their ticket and what they sent; or why not even that can be. */
import { appealCode, type AppealReason } from "../../decision/gates/appeal.ts";
import type { Ticket } from "../../decision/gates/ticket.ts";
import { interfaceOf } from "../../language/tags.ts";
import { pathLanguage } from "../errors.ts";
import type { Exchange } from "../exchange.ts";
import { challengeAnswer } from "../gate-pages/challenge-page.ts";
import { cookieOf, cookies } from "../gate-pages/names.ts";
import type { GateAnswer } from "../gate-pages/gate-headers.ts";
import type { RefusalReason } from "../gate-pages/refusal-reason.ts";
import { refusalAnswer } from "../gate-pages/refusal-page.ts";
import { readerLanguage } from "../maintenance/reader-language.ts";
import type { OriginGate } from "../gate/gate.ts";
import { next, type Verdict } from "../outcome.ts";
import type { EdgeState } from "../state.ts";
import { askerOf } from "./asker.ts";
import { isGivenBack, type Sealed, sealedOf, targetOf } from "./sealing.ts";
import type { Asker } from "../../decision/gates/asker.ts";
import type { WorkGate } from "./work-gate.ts";

const retryAfterS = 30;
/** Whoever has waited for so long is told plainly that it doesn't go, and may try again: nobody goes round in circles. */
const hopelessMs = 10 * 60_000;

/** Whom it meets, and before what. */
export interface Met {
  readonly exchange: Exchange;
  readonly way: { readonly gate: Pick<OriginGate, "askedForTicket" | "aboutMs"> };
  readonly state: EdgeState;
}

export async function challenge({ exchange, way, state }: Met, gates: WorkGate): Promise<Verdict> {
  const asker = askerOf(exchange, state);
  const known = ticketOf(exchange, gates, asker);
  if (known === "forged") return refuse(exchange, "ticket-invalid", { gates, state });
  const sealed = await whatWasSent(exchange, gates, asker);
  if (sealed !== undefined && sealed.kind !== "sealed")
    return refuse(exchange, refusals[sealed.kind], { gates, state });
  if (sealed === undefined && known !== undefined && asker.nowMs - known.issuedMs > hopelessMs)
    return refuse(exchange, "queue-full", { gates, state });
  if (known === undefined) way.gate.askedForTicket(asker.prefix);
  const page = {
    ...place(exchange, state),
    ticket: gates.ticket(known, asker),
    effort: Math.max(gates.effort, known?.effort ?? 0),
    waitS: way.gate.aboutMs(gates.standingWith(known, asker)) / 1_000,
    target: targetOf(exchange),
    sealed: sealed?.text,
    solver: gates.solver.path,
  };
  return answered(exchange, challengeAnswer(page, exchange.request.headers.get("accept") ?? ""));
}

const refusals = {
  "too-large": "form-too-large",
  "too-many": "queue-full",
  "too-often": "network-share",
} as const satisfies Readonly<Record<Exclude<Sealed["kind"], "sealed">, RefusalReason>>;

const appealReasons = {
  "queue-full": "overloaded",
  "network-share": "asked too often",
  "ticket-invalid": "forged ticket",
  "form-too-large": "overloaded",
  "form-too-old": "expired ticket",
} as const satisfies Readonly<Record<RefusalReason, AppealReason>>;

export function refuse(
  exchange: Exchange,
  reason: RefusalReason,
  { gates, state }: { readonly gates: WorkGate; readonly state: EdgeState },
): Verdict {
  const { purpose: gate, keys } = gates;
  const load = (gate === "work" ? state.origin : state.signIn)?.gate.pressure.load ?? 0;
  const code = appealCode(keys, { atMs: exchange.atMs, gate, reason: appealReasons[reason], load });
  const wasSending = exchange.method !== "GET" && exchange.method !== "HEAD";
  const page = { ...place(exchange, state), reason, wasSending, appealCode: code, retryAfterS };
  exchange.refused = true;
  const answer = refusalAnswer(page, exchange.request.headers.get("accept") ?? "");
  // Once it is gone, whoever comes again is given one that is good.
  if (reason === "ticket-invalid")
    answer.headers.push(["set-cookie", cookieOf(cookies.ticket, "", 0, state.tls)]);
  return answered(exchange, answer);
}

/** What came sealed goes back as it is; what no page could send again isn't kept. */
async function whatWasSent(exchange: Exchange, gates: WorkGate, asker: Asker): Promise<Sealed | undefined> {
  const { method, hand } = exchange;
  if (hand?.form?.sealed !== undefined) return { kind: "sealed", text: hand.form.sealed };
  const isForm = method !== "GET" && method !== "HEAD" && isGivenBack(exchange);
  return isForm ? await sealedOf(exchange, gates, asker) : undefined;
}

/** Their own, whose age counts; undefined where it is spent, or none. "forged": once more than its network may show. */
function ticketOf({ hand }: Exchange, gates: WorkGate, asker: Asker): Ticket | "forged" | undefined {
  const text = hand?.work?.isSpent === true ? undefined : hand?.shown.ticket;
  if (text === undefined) return undefined;
  const ticket = gates.readTicket(text, asker);
  if (ticket !== undefined || gates.isOurs(text, asker)) return ticket;
  return gates.shares.forged.take(asker) ? undefined : "forged";
}

function place(exchange: Exchange, { languages, siteName, tls }: EdgeState) {
  const language =
    pathLanguage(exchange.path, languages) ??
    readerLanguage(exchange.language, interfaceOf(languages.preferred));
  return { language: interfaceOf(language), siteName, tls };
}

function answered(exchange: Exchange, { status, headers, body }: GateAnswer): Verdict {
  exchange.challenged = !exchange.refused;
  exchange.answer(new Response(body, { status, headers }), Buffer.byteLength(body), "dynamic");
  return next;
}
