/** Whether a client asks for a page: browsers, text browsers among them, name HTML. Programs that take anything get a line of text. Pure. */

const named = /\b(?:text\/html|application\/xhtml\+xml)\b/i;

export function takesHtml(accept: string): boolean {
  return named.test(accept);
}
