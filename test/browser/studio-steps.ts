/** What people do in the studio, step by step, as they do it: by what the page calls things, in the language in which they read it. */
import { type LanguageTag, nameOf } from "../../src/language/tags.ts";
import type { Role } from "../../src/people/person.ts";
import { peopleWords } from "../../src/people/words/index.ts";
import { words as editorWords } from "../../src/pieces/editor/words.ts";
import type { Success } from "../../src/pieces/notices.ts";
import { editingWords } from "../../src/pieces/words/editing.ts";
import { words as textWords } from "../../src/pieces/words/index.ts";
import type { Colleague } from "./colleague.ts";

/** A file that a test has in memory. */
export interface FilePayload {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** Returns the link that the page shows this once. */
export async function invite(
  { page, language, ...steward }: Colleague,
  name: string,
  role: Role,
): Promise<string> {
  const { people } = peopleWords(language);
  await page.goto(`${steward.studio}/people`);
  await page.getByLabel(people.name, { exact: true }).fill(name);
  await page.locator(`[name=role][value=${role}]`).check();
  await page.getByRole("button", { name: people.invite }).click();
  return await page.locator(".link code").innerText();
}

/** From the list to an empty text with its title; returns its id. */
export async function startText(who: Colleague, title: string, language: LanguageTag): Promise<string> {
  const said = textWords[who.language];
  await who.visit("/");
  await who.page.getByRole("link", { name: new RegExp(`${said.list.write}|${said.list.first}`) }).click();
  await who.page.getByLabel(said.new.heading).fill(title);
  await who.page.getByLabel(said.list.language, { exact: true }).selectOption(language);
  await who.page.getByRole("button", { name: said.new.start }).click();
  await who.page.waitForURL(/\/texts\/[0-9A-Z]{26}$/);
  await editorIn(who).waitFor();
  return new URL(who.page.url()).pathname.slice("/texts/".length);
}

export function editorIn({ page }: Colleague) {
  return page.locator("[role=textbox].body");
}

export async function openText(who: Colleague, text: string): Promise<void> {
  await who.visit(`/texts/${text}`);
  await editorIn(who).waitFor();
}

/** Key by key, as people do; a line break starts a new paragraph. */
export async function type(who: Colleague, words: string): Promise<void> {
  await editorIn(who).locator("p").last().click();
  await who.page.keyboard.press("End");
  await who.page.keyboard.type(words);
}

export async function standfirst(who: Colleague, words: string): Promise<void> {
  await who.page.getByLabel(editingWords[who.language].standfirst).fill(words);
}

export async function illustrate(
  who: Colleague,
  file: FilePayload,
  alt: string,
  caption: string,
): Promise<void> {
  const said = editorWords[who.language].picture;
  await who.page.locator("input[type=file]").setInputFiles(file);
  await who.page.getByLabel(said.alt).fill(alt);
  await who.page.getByLabel(said.caption).fill(caption);
}

/** Presses the button, and waits until the page says that it is saved. */
export async function save(who: Colleague): Promise<void> {
  await who.page.getByRole("button", { name: editingWords[who.language].save, exact: true }).click();
  await isSaved(who);
}

export async function isSaved({ page, language }: Colleague): Promise<void> {
  await page.locator(".editor-state", { hasText: editorWords[language].state.saved("").trim() }).waitFor();
}

/** From the editor's page; returns the direction of what readers would see. */
export async function previewed(who: Colleague, title: string): Promise<string | null> {
  await who.page.getByRole("link", { name: editingWords[who.language].preview, exact: true }).click();
  const frame = who.page.frameLocator("iframe");
  await frame.getByRole("heading", { name: title }).first().waitFor();
  return await frame.locator("html").getAttribute("dir");
}

/** From the text's page to what its last saving put in. */
export async function seeChanges(who: Colleague, words: string): Promise<void> {
  const { panel, history } = textWords[who.language];
  await panelOf(who).getByRole("link", { name: panel.history }).click();
  await who.page.getByRole("link", { name: history.whatChanged }).first().click();
  await who.page.locator("ins", { hasText: words }).waitFor();
}

/** Presses a button beside the text, and waits until the page says what came of it. */
export async function press(who: Colleague, button: string, success: Success): Promise<void> {
  await panelOf(who).getByRole("button", { name: button, exact: true }).click();
  await told(who, success);
}

/** What is published is written to disk first, where other tests may be writing. */
const patientMs = 60_000;

export async function told({ page, language }: Colleague, success: Success): Promise<void> {
  const notice = page.locator("[role=status].notice", { hasText: textWords[language].successes[success] });
  await notice.waitFor({ timeout: patientMs });
}

export function panelOf({ page }: Colleague) {
  return page.locator("#text-panel");
}

/** Opens what is folded in, beside the text. */
export async function unfold(who: Colleague, summary: string): Promise<void> {
  await panelOf(who).locator("summary", { hasText: summary }).click();
}

export async function handIn(who: Colleague): Promise<void> {
  await press(who, textWords[who.language].panel.handIn, "handed in");
}

export async function publish(who: Colleague): Promise<void> {
  await press(who, textWords[who.language].panel.publish, "published");
}

/** `at`: as the field has it, `2030-01-31T18:00`. */
export async function schedule(who: Colleague, at: string): Promise<void> {
  const said = textWords[who.language].panel;
  await unfold(who, said.schedule);
  await who.page.getByLabel(said.scheduleAt).fill(at);
  await press(who, said.schedule, "scheduled");
}

export async function correct(who: Colleague, note: string): Promise<void> {
  const said = textWords[who.language].panel;
  await who.page.getByLabel(said.note).fill(note);
  await press(who, said.addNote, "corrected");
}

export async function move(who: Colleague, slug: string): Promise<void> {
  const said = textWords[who.language].panel;
  await who.page.getByLabel(said.slug).fill(slug);
  await press(who, said.move, "moved");
}

export async function withdraw(who: Colleague): Promise<void> {
  const said = textWords[who.language];
  await panelOf(who).getByRole("link", { name: said.panel.withdraw }).click();
  await who.page.getByRole("button", { name: said.withdraw.confirm }).click();
  await told(who, "withdrawn");
}

/** Where readers find it, as the page says. */
export async function addressShown(who: Colleague): Promise<string> {
  const link = panelOf(who).getByRole("link", { name: textWords[who.language].panel.look });
  return (await link.getAttribute("href")) ?? "";
}

export async function readStudioIn(who: Colleague, tag: Colleague["language"]): Promise<void> {
  await who.page
    .locator(".languages")
    .getByRole("button", { name: nameOf(tag) })
    .click();
  await who.page.locator(`html[lang=${tag}]`).waitFor();
  who.language = tag;
}
