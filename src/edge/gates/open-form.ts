/**
 * What comes back from a page that somebody waited at: a POST to the address that was asked for. Opened here, so that everything behind sees
 * the request as it was before there was a challenge: a form as it was sent, or an address that is only read.
 */
import { unseal, sealLifeMs } from "../../decision/gates/seal.ts";
import type { Exchange } from "../exchange.ts";
import { gateFormBytesMax, type GateForm, isGateForm, readGateForm } from "../gate-pages/gate-form.ts";
import type { RefusalReason } from "../gate-pages/refusal-reason.ts";
import { gather, type Gathered } from "../origin/gather.ts";
import type { EdgeState } from "../state.ts";
import { askerOf } from "./asker.ts";
import type { Hand } from "./hand.ts";
import { rewritten, withForm, withoutForm } from "./rewritten.ts";
import { targetOf } from "./sealing.ts";
import type { WorkGate } from "./work-gate.ts";

const formType = /^application\/x-www-form-urlencoded\b/i;
/** It is handed on as it comes where even its beginning takes longer. */
const readMsMax = 5_000;
const beginningBytes = 32;

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

/** "form-too-old": what it kept can't be opened any more; "queue-full": as many as may be are being read. */
export async function openForm(exchange: Exchange, opening: Opening): Promise<RefusalReason | undefined> {
  const { headers, body } = exchange.request;
  if (body === null) return undefined;
  const beginning = await gather(body, { bytesMax: beginningBytes, msMax: readMsMax });
  if (beginning.kind === "broken") return undefined;
  if (!isGateForm(beginningOf(beginning))) {
    exchange.take(rewritten(exchange.request, { headers, method: "POST", body: bodyOf(beginning.body) }));
    return undefined;
  }
  const read =
    beginning.kind === "whole"
      ? beginning.body
      : await opening.gates.readings.read(beginning.body, gateFormBytesMax);
  if (read === "too-many") return "queue-full";
  const form = read === "too-large" ? undefined : readGateForm(asAscii(read));
  return form === undefined ? "form-too-old" : opened(exchange, form, opening);
}

/** A few bytes tell it from a form of the site's, which is not held for that. */
function beginningOf(gathered: Exclude<Gathered, { readonly kind: "broken" }>): string {
  const bytes = gathered.kind === "whole" ? gathered.body : Buffer.concat(gathered.begun);
  return asAscii(bytes.subarray(0, beginningBytes));
}

/** All that a page of ours sends; whatever else there is fits none of its fields. */
function asAscii(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}

function opened(
  exchange: Exchange,
  form: GateForm,
  { hand, gates, state }: Opening,
): RefusalReason | undefined {
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
  if (sent === undefined) return "form-too-old";
  const { id, sealedMs, type, body } = sent;
  hand.goesOnce = () => gates.spent.spend(id, 1, sealedMs + sealLifeMs, nowMs);
  const headers = withForm(request.headers, type, body.length);
  exchange.take(rewritten(request, { headers, method: "POST", body: bodyOf(body) }));
  return undefined;
}

function bodyOf(body: Uint8Array | ReadableStream<Uint8Array>): BodyInit {
  return body as Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;
}
