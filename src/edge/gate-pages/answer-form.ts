/**
 * In which form a client takes an answer: browsers, text browsers among them, name HTML, scripts of ours JSON. Programs that take anything get a
 * line of text. Pure.
 */

export type AnswerForm = "html" | "json" | "plain";

const html = /\b(?:text\/html|application\/xhtml\+xml)\b/i;
const json = /\bapplication\/json\b/i;

export function answerForm(accept: string): AnswerForm {
  if (html.test(accept)) return "html";
  return json.test(accept) ? "json" : "plain";
}
