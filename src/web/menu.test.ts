/** Which entry of the menu a page belongs to. */
import { expect, test } from "bun:test";
import { currentEntry, type MenuEntry } from "./menu.ts";

const entry = (path: string, folder?: string): MenuEntry => ({
  path,
  ...(folder === undefined ? {} : { folder }),
  act: "read",
  words: { ar: "", fr: "", en: path },
});
const menu = [entry("/", "/texts"), entry("/people"), entry("/people/record"), entry("/watch")];

test.each([
  ["/", "/"],
  ["/texts/01A/history", "/"],
  ["/people", "/people"],
  ["/people/record", "/people/record"],
  ["/people/recorded", "/people"],
  ["/watch/incidents/01B", "/watch"],
  ["/watchers", undefined],
  ["/me", undefined],
])("%s belongs to %s", (pathname, path) => {
  expect(currentEntry(menu, pathname)?.path).toBe(path);
});
