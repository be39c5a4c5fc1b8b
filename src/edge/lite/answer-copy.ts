/** While less than everything is served: what a baseline vouches for of the protected site's pages goes out as its text. */
import { interfaceOf } from "../../language/tags.ts";
import { codings } from "../accept-encoding.ts";
import { AnswerForms, entityTagOf, type WholeAnswer } from "../cache/answer-forms.ts";
import { isKnownToReader } from "../cache/send-answer.ts";
import { languageOf } from "../errors.ts";
import { readPage, textPage } from "../gone/text-form.ts";
import { provenanceHeader } from "../judging/ready.ts";
import type { Errand } from "../origin/errand.ts";
import type { Verdict } from "../outcome.ts";
import type { EdgeState } from "../state.ts";
import { sendText } from "./answer-lite.ts";
import { headHtml, lineHtml, textHeaders } from "./text-page.ts";
import { isOpened, wantsWhole } from "./wanted.ts";
import type { LineKind } from "./words.ts";

export interface Copy {
  /** What it is made of: its text is made once for as long as that exists. */
  readonly of: object;
  /** Path and query that it stands for, whatever else its first reader wrote there: all others get the same text. */
  readonly page: string;
  readonly answer: Omit<WholeAnswer, "body">;
  readonly body: () => Promise<Uint8Array>;
}

/** Undefined: as in normal service. Never of what nobody vouches for. */
export function answerCopy(errand: Errand, copy: Copy): Promise<Verdict> | undefined {
  const { exchange, state } = errand;
  const { status, provenance } = copy.answer;
  if (errand.isStaff || status !== 200 || provenance !== "judged") return undefined;
  if (!isOpened(exchange) || !/^text\/html\b/i.test(said(copy.answer, "content-type"))) return undefined;
  if (isKnown(errand, copy.answer)) return undefined;
  const insists = wantsWhole(exchange);
  if (insists && state.lite.takeWhole(exchange.atMs)) return undefined;
  return answerText(errand, copy, insists ? "not now" : state.lite.kind);
}

/** In whatever form: it is the same page. */
function isKnown({ exchange }: Errand, answer: Copy["answer"]): boolean {
  const etag = said(answer, "etag");
  const times = { status: answer.status, lastModifiedMs: Date.parse(said(answer, "last-modified")) };
  const tags = etag === "" ? [undefined] : [etag, ...codings.map((coding) => entityTagOf(etag, coding))];
  return tags.some((tag) => isKnownToReader(exchange, times, { etag: tag }));
}

async function answerText(errand: Errand, copy: Copy, kind: LineKind): Promise<Verdict> {
  const { exchange, state } = errand;
  const forms = await state.lite.ofCopy(copy.of, kind, () => makeText(copy, kind, state));
  return await sendText(exchange, forms, state);
}

async function makeText(
  { answer, page, body }: Copy,
  kind: LineKind,
  { lite, languages, timeZone, tls }: EdgeState,
): Promise<AnswerForms> {
  const { lines, spoken } = readPage(await body(), said(answer, "content-type"));
  const language = spoken ?? interfaceOf(languageOf(page, languages));
  const top = lineHtml({ kind, language, sinceMs: lite.sinceMs, timeZone, page });
  const html = textPage(lines, { page, language, top, head: headHtml });
  const provenance: [string, string] = [provenanceHeader, said(answer, provenanceHeader)];
  const headers = [...textHeaders(language, tls), provenance];
  return new AnswerForms({ ...answer, headers, body: new TextEncoder().encode(html) });
}

function said({ headers }: Copy["answer"], wanted: string): string {
  return headers.find(([name]) => name === wanted)?.[1] ?? "";
}
