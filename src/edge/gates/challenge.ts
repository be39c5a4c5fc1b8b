/** The page that somebody without standing waits at, with their ticket and what they sent; or why not even that can be. */
import { appealCode, type AppealReason } from "../../decision/gates/appeal.ts";
import type { Ticket } from "../../decision/gates/ticket.ts";
import { interfaceOf } from "../../language/tags.ts";
import { pathLanguage } from "../errors.ts";
import type { Exchange } from "../exchange.ts";
import { challengeAnswer } from "../gate-pages/challenge-page.ts";
import type { GateAnswer } from "../gate-pages/gate-headers.ts";
import type { RefusalReason } from "../gate-pages/refusal-reason.ts";
import { refusalAnswer } from "../gate-pages/refusal-page.ts";
import { readerLanguage } from "../maintenance/reader-language.ts";
import type { Errand } from "../origin/errand.ts";
import { next, type Verdict } from "../outcome.ts";
import type { EdgeState } from "../state.ts";
import { askerOf } from "./asker.ts";
import { sealedOf, targetOf } from "./sealing.ts";
import type { Asker, WorkGate } from "./work-gate.ts";

const retryAfterS = 30;

export async function challenge(errand: Errand, gates: WorkGate): Promise<Verdict> {
  const { exchange, way, state } = errand;
  const asker = askerOf(exchange, state);
  const sealed = await whatWasSent(exchange, gates, asker);
  if (sealed?.kind === "too-large" || sealed?.kind === "too-many")
    return refuse(exchange, sealed.kind === "too-large" ? "form-too-large" : "queue-full", { gates, state });
  const known = ticketOf(exchange, gates, asker);
  if (known === undefined) way.gate.askedForTicket(asker.prefix);
  const ticket = gates.ticket(known, asker);
  const page = {
    ...place(exchange, state),
    ticket,
    effort: Math.max(gates.effort, known?.effort ?? 0),
    waitS: way.gate.aboutMs(gates.standingWith(known, asker)) / 1_000,
    target: targetOf(exchange),
    sealed: sealed?.text,
    solver: gates.solver.path,
  };
  return answered(exchange, challengeAnswer(page, exchange.request.headers.get("accept") ?? ""));
}

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
  const refused = { atMs: exchange.atMs, gate: "work", reason: appealReasons[reason] } as const;
  const code = appealCode(gates.keys, { ...refused, load: state.origin?.gate.pressure.load ?? 0 });
  const page = { ...place(exchange, state), reason, appealCode: code, retryAfterS };
  exchange.refused = true;
  return answered(exchange, refusalAnswer(page, exchange.request.headers.get("accept") ?? ""));
}

/** What came sealed goes back as it is. */
async function whatWasSent(exchange: Exchange, gates: WorkGate, { nowMs }: Asker) {
  if (exchange.hand?.form?.sealed !== undefined)
    return { kind: "sealed", text: exchange.hand.form.sealed } as const;
  const { method } = exchange;
  return method === "GET" || method === "HEAD" ? undefined : await sealedOf(exchange, gates, nowMs);
}

/** Their own, whose age counts; undefined where it is spent, or was none. */
function ticketOf({ hand }: Exchange, gates: WorkGate, asker: Asker): Ticket | undefined {
  const text = hand?.work?.isSpent === true ? undefined : hand?.shown.ticket;
  return text === undefined ? undefined : gates.readTicket(text, asker);
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
