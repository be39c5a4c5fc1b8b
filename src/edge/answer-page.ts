/** A signed target that fits into memory, in the form that this client takes, or the part of it that it asked for. */
import type { Coding } from "./accept-encoding.ts";
import { answerError, answerUnavailable, wantedCoding } from "./answer-error.ts";
import { matchesNone, rangeApplies, readRange } from "./conditions.ts";
import type { Exchange } from "./exchange.ts";
import { type Form, notModified } from "./forms.ts";
import { type Entry, next, type Verdict } from "./outcome.ts";
import type { EdgeState } from "./state.ts";

export function answerPage(exchange: Exchange, entry: Entry, state: EdgeState): Verdict | Promise<Verdict> {
  exchange.part = entry.isPart;
  const { headers } = exchange.request;
  const ranged = exchange.method === "GET" && entry.target.status === 200 ? headers.get("range") : null;
  // Parts are always of the uncompressed form, whose bytes are the same everywhere.
  const coding = ranged === null ? wantedCoding(exchange, entry, state) : undefined;
  const held = state.pages.held(entry, coding);
  if (held !== undefined) return answerForm(exchange, held, ranged, state);
  return answerMade(exchange, entry, { coding, ranged }, state);
}

async function answerMade(
  exchange: Exchange,
  entry: Entry,
  { coding, ranged }: { readonly coding: Coding | undefined; readonly ranged: string | null },
  state: EdgeState,
): Promise<Verdict> {
  const reading = await state.pages.make(entry, coding);
  if (reading.kind === "fault") return await answerUnavailable(exchange, entry.target, reading, state);
  return await answerForm(exchange, reading.form, ranged, state);
}

function answerForm(
  exchange: Exchange,
  form: Form,
  ranged: string | null,
  state: EdgeState,
): Verdict | Promise<Verdict> {
  const known = form.whole.status === 200 ? exchange.request.headers.get("if-none-match") : null;
  if (known !== null && matchesNone(known, form.etag)) {
    exchange.answer(notModified(form.whole.headers), 0, "signed");
    return next;
  }
  return ranged === null ? answerWhole(exchange, form) : answerRange(exchange, form, ranged, state);
}

function answerWhole(exchange: Exchange, form: Form): Verdict {
  exchange.answer(new Response(form.body, form.whole), form.body.size, "signed");
  return next;
}

function answerRange(
  exchange: Exchange,
  form: Form,
  header: string,
  state: EdgeState,
): Verdict | Promise<Verdict> {
  const { size: length } = form.body;
  const applies = rangeApplies(exchange.request.headers.get("if-range"), form.etag);
  const range = applies ? readRange(header, length) : { kind: "whole" as const };
  if (range.kind === "whole") return answerWhole(exchange, form);
  if (range.kind === "unsatisfiable") return answerError(exchange, { status: 416, length }, state);
  const body = form.body.slice(range.first, range.last + 1);
  const headers = new Headers(form.whole.headers);
  headers.set("content-range", `bytes ${range.first}-${range.last}/${length}`);
  exchange.answer(new Response(body, { status: 206, headers }), body.size, "signed");
  return next;
}
