/**
 * What comes back from a page that somebody waited at: a POST to the address that was asked for. Opened here, so that everything behind sees
 * the request as it was before there was a challenge: a form as it was sent, or an address that is only read.
 */
import { fromUtf8 } from "../../base/bytes.ts";
import { unseal, sealLifeMs } from "../../decision/gates/seal.ts";
import type { Exchange } from "../exchange.ts";
import { gateFormBytesMax, type GateForm, isGateForm, readGateForm } from "../gate-pages/gate-form.ts";
import { gather } from "../origin/gather.ts";
import type { EdgeState } from "../state.ts";
import { askerOf } from "./asker.ts";
import type { Hand } from "./hand.ts";
import { rewritten, withForm, withoutForm } from "./rewritten.ts";
import { targetOf } from "./sealing.ts";
import type { WorkGate } from "./work-gate.ts";

const formType = /^application\/x-www-form-urlencoded\b/i;
/** It is handed on as it comes where it takes longer. */
const readMsMax = 5_000;

/** Whether one has to look. */
export function mayBeFromPage({ method, request }: Exchange): boolean {
  const { headers } = request;
  return (
    method === "POST" &&
    formType.test(headers.get("content-type") ?? "") &&
    Number(headers.get("content-length") ?? Number.POSITIVE_INFINITY) <= gateFormBytesMax
  );
}

export interface Opening {
  readonly hand: Hand;
  readonly gates: WorkGate;
  readonly state: EdgeState;
}

/** "old": what it kept can't be opened any more. */
export async function openForm(exchange: Exchange, opening: Opening): Promise<"old" | undefined> {
  const { headers, body } = exchange.request;
  if (body === null) return undefined;
  const gathered = await gather(body, { bytesMax: gateFormBytesMax, msMax: readMsMax });
  if (gathered.kind === "broken") return undefined;
  if (gathered.kind === "whole") {
    const text = fromUtf8(gathered.body);
    const form = isGateForm(text) ? readGateForm(text) : undefined;
    if (form !== undefined) return opened(exchange, form, opening);
  }
  exchange.take(rewritten(exchange.request, { headers, method: "POST", body: bodyOf(gathered.body) }));
  return undefined;
}

function opened(exchange: Exchange, form: GateForm, { hand, gates, state }: Opening): "old" | undefined {
  const asker = askerOf(exchange, state);
  hand.form = form;
  hand.proven = form.proof === undefined ? undefined : gates.prove(form.ticket, form.proof, asker);
  hand.shown = { ticket: form.ticket, pass: hand.proven ?? hand.shown.pass };
  const { request } = exchange;
  if (form.sealed === undefined) {
    exchange.take(rewritten(request, { headers: withoutForm(request.headers), method: "GET" }));
    return undefined;
  }
  const { nowMs, site } = asker;
  const addressed = { site, method: "POST", target: targetOf(exchange), nowMs };
  const sent = unseal(gates.keys, form.sealed, addressed);
  if (sent === undefined) return "old";
  const { id, sealedMs, type, body } = sent;
  hand.goesOnce = () => gates.spent.spend(id, 1, sealedMs + sealLifeMs, nowMs);
  const headers = withForm(request.headers, type, body.length);
  exchange.take(rewritten(request, { headers, method: "POST", body: bodyOf(body) }));
  return undefined;
}

function bodyOf(body: Uint8Array | ReadableStream<Uint8Array>): BodyInit {
  return body as Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;
}
