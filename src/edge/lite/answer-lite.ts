/** While less than everything is served: an edition's page goes out as its signed text, and what is long has to wait while only reading goes on. */
import { interfaceOf } from "../../language/tags.ts";
import type { Target } from "../../edition/target.ts";
import { answerError, wantedCoding } from "../answer-error.ts";
import { answerPage } from "../answer-page.ts";
import { AnswerForms } from "../cache/answer-forms.ts";
import { sendAnswer } from "../cache/send-answer.ts";
import { matchesNone } from "../conditions.ts";
import { type ErrorAnswer, languageOf } from "../errors.ts";
import type { Exchange } from "../exchange.ts";
import { entityTag, headersOf, notModified } from "../forms.ts";
import { type Entry, next, type Verdict } from "../outcome.ts";
import type { EdgeState } from "../state.ts";
import type { TextForms } from "./lite.ts";
import { standingIn, textHeaders } from "./text-page.ts";
import { isOpened, wantsWhole } from "./wanted.ts";
import type { LineKind } from "./words.ts";

const later: ErrorAnswer = { status: 503, retryAfterS: 120 };

/** Undefined: as in normal service. */
export function answerLite(
  exchange: Exchange,
  entry: Entry,
  state: EdgeState,
): Verdict | Promise<Verdict> | undefined {
  const { length } = entry.target;
  if (length >= state.limits.largeBytes) {
    if (state.service !== "read-only" || exchange.method === "HEAD") return undefined;
    const known = answerKnown(exchange, entry, state);
    if (known !== undefined) return known;
    exchange.challenged = true;
    state.lite.refusedWork(length);
    return answerError(exchange, later, state);
  }
  const text = textOf(entry, state);
  if (text === undefined || !isOpened(exchange)) return undefined;
  return answerKnown(exchange, entry, state) ?? answerText(exchange, { entry, text }, state);
}

interface Pair {
  readonly entry: Entry;
  readonly text: Entry;
}

/** Undefined: there is none, or it is no shorter. */
function textOf({ target, isPart }: Entry, state: EdgeState): Entry | undefined {
  if (isPart || target.status !== 200 || target.query !== undefined || !isHtml(target)) return undefined;
  const found = state.book?.find(target.site, textPathOf(target.path, state), undefined);
  if (found?.kind !== "entry" || found.target.status !== 200 || !isHtml(found.target)) return undefined;
  return found.target.length < target.length ? found : undefined;
}

function isHtml({ type, area }: Target): boolean {
  return area === "pages" && type.startsWith("text/html");
}

/** `/` is the front of the site's own language; `/fr/` has `/fr/text`, a story `…/text`. */
function textPathOf(path: string, { languages }: EdgeState): string {
  const front = path === "/" ? `/${languages.preferred}` : path;
  return `${front.endsWith("/") ? front.slice(0, -1) : front}/text`;
}

/** Who has the page as it stands is told so: no answer is cheaper. */
function answerKnown(exchange: Exchange, entry: Entry, state: EdgeState): Verdict | undefined {
  const known = exchange.request.headers.get("if-none-match");
  if (known === null) return undefined;
  for (const coding of [wantedCoding(exchange, entry, state), undefined]) {
    const etag = entityTag(entry, coding);
    if (!matchesNone(known, etag)) continue;
    exchange.answer(notModified(headersOf(entry, coding, etag, state.tls)), 0, "signed");
    return next;
  }
  return undefined;
}

function answerText(
  exchange: Exchange,
  pair: Pair,
  state: EdgeState,
): Verdict | Promise<Verdict> | undefined {
  const { lite } = state;
  const insists = wantsWhole(exchange);
  if (insists && lite.takeWhole(exchange.atMs)) return undefined;
  const kind = insists ? "not now" : lite.kind;
  const held = lite.held(pair.text.id, kind);
  if (held !== undefined) return sendText(exchange, held, state);
  return lite
    .make(pair.text.id, kind, () => makeText(pair, kind, state))
    .then((forms) =>
      forms === undefined ? answerPage(exchange, pair.entry, state) : sendText(exchange, forms, state),
    );
}

export function sendText(
  exchange: Exchange,
  forms: AnswerForms,
  state: EdgeState,
): Verdict | Promise<Verdict> {
  const sent = sendAnswer(exchange, forms, state);
  if (sent instanceof Promise) return sent.then((verdict) => counted(verdict, exchange, state));
  return counted(sent, exchange, state);
}

function counted(verdict: Verdict, { bytes }: Exchange, { lite }: EdgeState): Verdict {
  lite.sentText(bytes);
  return verdict;
}

/** Of verified bytes. Undefined where they are damaged, or are no text page of ours. */
async function makeText({ entry, text }: Pair, kind: LineKind, state: EdgeState): Promise<TextForms> {
  const { pages, languages, timeZone, lite, tls } = state;
  const reading = await pages.make(text, undefined);
  if (reading.kind === "fault") {
    state.reportFault(text.target, reading);
    return undefined;
  }
  const { path } = entry.target;
  // Its text leads back to the front of its language, which `/` stands for.
  const page = path === "/" ? `/${languages.preferred}/` : path;
  const language = interfaceOf(languageOf(page, languages));
  const line = { kind, language, sinceMs: lite.sinceMs, timeZone, page };
  const html = standingIn(await reading.form.body.text(), line);
  if (html === undefined) return undefined;
  const headers = textHeaders(text.target.headers["content-language"] ?? language, tls);
  return new AnswerForms({
    status: 200,
    headers,
    body: new TextEncoder().encode(html),
    provenance: "signed",
  });
}
