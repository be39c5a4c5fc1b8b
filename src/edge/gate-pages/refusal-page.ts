/** The answer where somebody can't even wait: why, until when, and a code with which the site's people can look up what happened. Pure. */
import type { InterfaceLanguage } from "../../language/tags.ts";
import { type AnswerForm, answerForm } from "./answer-form.ts";
import { type GateAnswer, gateHeaders } from "./gate-headers.ts";
import { gateWords } from "./languages.ts";
import { refusalPages, shownName } from "./layout.ts";
import type { RefusalReason } from "./refusal-reason.ts";
import { roughWait } from "./wait.ts";

export interface RefusalPage {
  readonly language: InterfaceLanguage;
  readonly reason: RefusalReason;
  /** Something was to be sent, and is not kept here. */
  readonly wasSending: boolean;
  /** Letters and digits, grouped or not. */
  readonly appealCode: string;
  readonly retryAfterS: number;
  readonly siteName: string;
  readonly tls: boolean;
}

/** `accept`: as the client sent it. */
export function refusalAnswer(page: RefusalPage, accept: string): GateAnswer {
  const { language, tls } = page;
  const form = answerForm(accept);
  const retryAfterS = Math.max(1, Math.ceil(page.retryAfterS));
  const policy = form === "html" ? "still" : form;
  const headers = gateHeaders({ gate: "refused", policy, language, retryAfterS, tls });
  return { status: 429, headers, body: form === "html" ? html(page) : brief(page, form) };
}

function html({ language, reason, wasSending, appealCode, retryAfterS, siteName }: RefusalPage): string {
  return refusalPages[language][reason].filledWith({
    unsent: wasSending ? `<p>${gateWords[language].unsent}</p>` : "",
    site: shownName(siteName),
    wait: gateWords[language].about(roughWait(retryAfterS)),
    code: grouped(appealCode),
  });
}

function brief(
  { language, reason, wasSending, appealCode, retryAfterS }: RefusalPage,
  form: Exclude<AnswerForm, "html">,
): string {
  const { refused, reasons, unsent, again, about } = gateWords[language];
  const when = again.replace("{wait}", about(roughWait(retryAfterS)));
  const said = wasSending ? `${reasons[reason]} ${unsent}` : reasons[reason];
  if (form === "json") return JSON.stringify({ error: `${said} ${when} ${grouped(appealCode)}` });
  return `${refused}. ${said}\n${when}\n${grouped(appealCode)}\n`;
}

/** In fours, as one reads it to somebody over the telephone. */
function grouped(code: string): string {
  return (code.match(/[0-9A-Z]/gi) ?? []).join("").replace(/(.{4})(?=.)/g, "$1-");
}
