/** The island of the page on which somebody writes: takes what the server has put there and makes it an editor. */
import { ids, type Opened } from "./editor/exchange.ts";
import { startWriting } from "./editor/writing.ts";

start();

function start(): void {
  const form = document.getElementById(ids.form);
  const body = document.getElementById(ids.body);
  const opened = document.getElementById(ids.opened)?.textContent;
  if (!(form instanceof HTMLFormElement) || body === null || opened === undefined) return;
  const [title, standfirst] = ["title", "standfirst"].map((name) => form.elements.namedItem(name));
  if (!isField(title) || !isField(standfirst)) return;
  document.getElementById(ids.view)?.remove();
  startWriting(JSON.parse(opened) as Opened, { form, title, standfirst, body });
}

function isField(found: unknown): found is HTMLInputElement | HTMLTextAreaElement {
  return found instanceof HTMLInputElement || found instanceof HTMLTextAreaElement;
}
