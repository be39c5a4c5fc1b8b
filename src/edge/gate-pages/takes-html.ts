/**
 * What a client asks for: browsers, text browsers among them, name HTML, and scripts of ours JSON. Programs that take anything get a line of
 * text. Pure.
 */

const html = /\b(?:text\/html|application\/xhtml\+xml)\b/i;
const json = /\bapplication\/json\b/i;

export function takesHtml(accept: string): boolean {
  return html.test(accept);
}

export function takesJson(accept: string): boolean {
  return json.test(accept);
}
