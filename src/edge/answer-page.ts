/** A signed target that fits into memory, in the form that this client takes, or the part of it that it asked for. */
import type { Entry } from "./outcome.ts";
import { answerError, answerUnavailable } from "./answer-error.ts";
import { matchesNone, rangeApplies, readRange } from "./conditions.ts";
import type { Exchange } from "./exchange.ts";
import { next, type Verdict } from "./outcome.ts";
import type { Form } from "./forms.ts";
import type { Page } from "./page-memory.ts";
import type { EdgeState } from "./state.ts";

export function answerPage(exchange: Exchange, entry: Entry, state: EdgeState): Verdict | Promise<Verdict> {
  const held = state.pages.held(entry);
  return held === undefined ? loadFirst(exchange, entry, state) : answerHeld(exchange, held, state);
}

async function loadFirst(exchange: Exchange, entry: Entry, state: EdgeState): Promise<Verdict> {
  const reading = await state.pages.load(entry);
  if (reading.kind === "page") return answerHeld(exchange, reading.page, state);
  return answerUnavailable(exchange, entry, reading, state);
}

function answerHeld(exchange: Exchange, page: Page, state: EdgeState): Verdict | Promise<Verdict> {
  const accepted = state.codings.find(exchange.request.headers.get("accept-encoding"));
  const form = state.pages.form(page, accepted);
  if (form instanceof Promise) return form.then((made) => answerForm(exchange, page, made, state));
  return answerForm(exchange, page, form, state);
}

function answerForm(
  exchange: Exchange,
  page: Page,
  form: Form,
  state: EdgeState,
): Verdict | Promise<Verdict> {
  exchange.part = page.isPart;
  if (form.whole.status !== 200) return answerWhole(exchange, form);
  const { headers } = exchange.request;
  const known = headers.get("if-none-match");
  if (known !== null && matchesNone(known, form.etag)) {
    exchange.answer(new Response(null, form.notModified), 0, "signed");
    return next;
  }
  const range = exchange.method === "GET" ? headers.get("range") : null;
  if (range === null) return answerWhole(exchange, form);
  return answerRange(exchange, page.plain, range, state);
}

function answerWhole(exchange: Exchange, form: Form): Verdict {
  exchange.answer(new Response(form.body, form.whole), form.body.size, "signed");
  return next;
}

/** Parts are always of the uncompressed form, whose bytes are the same everywhere. */
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
