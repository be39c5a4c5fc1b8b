/** A signed target that fits into memory, in the form that this client takes, or the part of it that it asked for. */
import type { Entry } from "./address-book.ts";
import { answerUnavailable } from "./answer-error.ts";
import { matchesNone, rangeApplies, readRange } from "./conditions.ts";
import { type Exchange, next, type Verdict } from "./exchange.ts";
import type { Form } from "./forms.ts";
import type { Page } from "./page-memory.ts";
import type { EdgeState } from "./state.ts";

export function answerPage(exchange: Exchange, entry: Entry, state: EdgeState): Verdict | Promise<Verdict> {
  const reading = state.pages.load(entry);
  if (reading.kind === "fault") return answerUnavailable(exchange, entry, reading, state);
  const accepted = state.codings.find(exchange.request.headers.get("accept-encoding"));
  const form = state.pages.form(reading.page, accepted);
  if (form instanceof Promise) return form.then((made) => answerForm(exchange, reading.page, made));
  return answerForm(exchange, reading.page, form);
}

function answerForm(exchange: Exchange, page: Page, form: Form): Verdict {
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
  return answerRange(exchange, page.plain, range);
}

function answerWhole(exchange: Exchange, form: Form): Verdict {
  exchange.answer(new Response(form.body, form.whole), form.body.length, "signed");
  return next;
}

/** Parts are always of the uncompressed form, whose bytes are the same everywhere. */
function answerRange(exchange: Exchange, form: Form, header: string): Verdict {
  const { length } = form.body;
  const applies = rangeApplies(exchange.request.headers.get("if-range"), form.etag);
  const range = applies ? readRange(header, length) : { kind: "whole" as const };
  if (range.kind === "whole") return answerWhole(exchange, form);
  if (range.kind === "unsatisfiable") return { kind: "error", error: { status: 416, length } };
  const body = form.body.subarray(range.first, range.last + 1);
  const headers = new Headers(form.whole.headers);
  headers.set("content-range", `bytes ${range.first}-${range.last}/${length}`);
  exchange.answer(new Response(body, { status: 206, headers }), body.length, "signed");
  return next;
}
