/** The answer while maintenance is on: 503 in the reader's language, kept by nobody, with when to come back. */
import { interfaceOf, type LanguageTag } from "../../language/tags.ts";
import { sendSigned } from "../answer-error.ts";
import { type ErrorAnswer, errorHeaders, pathLanguage, type Prepared } from "../errors.ts";
import type { Exchange } from "../exchange.ts";
import type { Verdict } from "../outcome.ts";
import { securityHeaders } from "../security-headers.ts";
import type { EdgeState } from "../state.ts";
import type { Maintenance } from "./maintenance.ts";
import type { MaintenanceOutcome } from "./maintenance-for.ts";
import { maintenanceHtml, styleSource } from "./page.ts";
import { readerLanguage } from "./reader-language.ts";

/** Where nobody said until when: it takes a person. By itself it may be over within moments. */
const answers = {
  told: { status: 503, retryAfterS: 600 },
  nothingLeft: { status: 503, retryAfterS: 10 },
} as const satisfies Readonly<Record<string, ErrorAnswer>>;
/** Whoever comes back in a week asks anew. */
const retryAfterMaxS = 7 * 86_400;
const type = "text/html; charset=utf-8";

export function answerMaintenance(
  exchange: Exchange,
  { maintenance }: MaintenanceOutcome,
  state: EdgeState,
): Verdict | Promise<Verdict> {
  const language = languageFor(exchange, state);
  const error = errorFor(maintenance, exchange);
  // A signed page can't know what an operator says, nor until when, and it leads to texts.
  const isSpecial =
    maintenance !== undefined &&
    (maintenance.message !== "" || maintenance.untilMs !== null || maintenance.isClosed);
  const entry = isSpecial ? undefined : state.book?.maintenancePage(language);
  return sendSigned(
    exchange,
    { entry, error, otherwise: () => page(maintenance, error, exchange, state) },
    state,
  );
}

/** That of the address where it has one; nobody stores the answer, so that it may hang on who asks. */
export function languageFor({ path, language: accepted }: Exchange, { languages }: EdgeState): LanguageTag {
  return pathLanguage(path, languages) ?? readerLanguage(accepted, interfaceOf(languages.preferred));
}

/** A body may follow that nobody will read. */
function errorFor(maintenance: Maintenance | undefined, { method, atMs }: Exchange): ErrorAnswer {
  const isRead = method === "GET" || method === "HEAD";
  if (maintenance === undefined)
    return isRead ? answers.nothingLeft : { ...answers.nothingLeft, close: true };
  if (maintenance.untilMs === null) return isRead ? answers.told : { ...answers.told, close: true };
  const leftS = Math.ceil((maintenance.untilMs - atMs) / 1000);
  return { status: 503, retryAfterS: Math.min(retryAfterMaxS, Math.max(1, leftS)), close: !isRead };
}

function page(
  maintenance: Maintenance | undefined,
  error: ErrorAnswer,
  exchange: Exchange,
  state: EdgeState,
): Prepared {
  const language = interfaceOf(languageFor(exchange, state));
  const html = maintenanceHtml({
    language,
    why: maintenance === undefined ? "nothing left" : "told",
    message: maintenance?.message ?? "",
    untilMs: maintenance?.untilMs ?? null,
    timeZone: state.timeZone,
    textPath: maintenance?.isClosed === true ? undefined : textPath(exchange, state),
  });
  const headers = new Headers({
    "content-type": type,
    "content-language": language,
    ...securityHeaders(undefined, type, state.tls),
    "content-security-policy": `default-src 'none'; style-src ${styleSource}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    ...errorHeaders(error),
  });
  return { body: new Blob([html]), init: { status: error.status, headers }, provenance: "dynamic" };
}

/** The front in its text form, where the edition has one. */
function textPath(exchange: Exchange, state: EdgeState): string | undefined {
  if (state.lanes.has(exchange.site)) return undefined;
  const path = `/${languageFor(exchange, state)}/text`;
  return state.book?.find(exchange.site, path, undefined)?.kind === "entry" ? path : undefined;
}
