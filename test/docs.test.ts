/** What the pages for people name has to be there: files that they link to, commands and options that they type. */
import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { Command } from "commander";
import { commands } from "../src/cli/commands.ts";
import { sectionNames } from "../src/config/settings-page.ts";

const top = resolve(import.meta.dir, "..");
const documents = filesLike("*.md", "docs/**/*.md", "bench/*.md");
const ofKasbah = await kasbahCommand();

function filesLike(...patterns: readonly string[]): string[] {
  return patterns.flatMap((pattern) => Array.from(new Bun.Glob(pattern).scanSync(top))).sort();
}

function read(document: string): string {
  return readFileSync(join(top, document), "utf8");
}

/** Links to files of ours, as written, without what follows `#`. */
function linksIn(text: string): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target.replace(/#.*$/, ""))
    .filter((target) => target !== "" && !/^[a-z]+:/.test(target));
}

/** What follows `kasbah` in code: between backticks, or on an indented line up to the explanation beside it. */
function commandLinesIn(text: string): string[] {
  const code = [...text.matchAll(/`([^`\n]+)`/g), ...text.matchAll(/^ {4,}(\S.*?)(?: {2,}.*)?$/gm)];
  return code.flatMap(([, line = ""]) => /^(?:\S+=)?\S*\bkasbah ([a-z-].*)$/.exec(line)?.[1] ?? []);
}

async function kasbahCommand(): Promise<Command> {
  const all = new Command("kasbah").option("--config <file>").option("--data <folder>").option("--version");
  for (const { name, load } of commands) (await load()).define(all.command(name));
  return all;
}

/** The words of it that Kasbah does not know. */
function unknownIn(line: string): string[] {
  const words = line.split(/\s+/);
  let command = ofKasbah;
  while (command.commands.length > 0 && words[0]?.startsWith("-") === false) {
    const next = command.commands.find((each) => each.name() === words[0]);
    if (next === undefined) return [words[0]];
    command = next;
    words.shift();
  }
  const known = [...command.options, ...ofKasbah.options].map(({ long }) => long);
  return words.filter((word) => word.startsWith("--") && word !== "--help" && !known.includes(word));
}

test.each(documents)("%s links to files that are there", (document) => {
  const missing = linksIn(read(document)).filter((to) => !existsSync(join(top, dirname(document), to)));
  expect(missing).toEqual([]);
});

describe("commands and options in the pages are Kasbah's", () => {
  /** `kasbah test` is the launcher's. What is announced for later is said to be so where it stands. */
  const elsewhere = /^test\b|^backup$/;
  test.each(documents)("%s", (document) => {
    const lines = commandLinesIn(read(document)).filter((line) => !elsewhere.test(line));
    const wrong = lines.filter((line) => unknownIn(line).length > 0);
    expect(wrong).toEqual([]);
  });
});

test("README and the operator's pages name every command", () => {
  const pages = [
    "README.md",
    "docs/operating.md",
    "docs/importing.md",
    "docs/drills.md",
    "docs/protecting.md",
    "docs/lite.md",
  ]
    .map(read)
    .join("\n");
  const named = new Set(commandLinesIn(pages).map((line) => line.split(/\s/)[0]));
  const missing = commands.map(({ name }) => name).filter((name) => name !== "help" && !named.has(name));
  expect(missing).toEqual([]);
});

test("every setting's section that the pages write is there", () => {
  const written = documents.flatMap((document) =>
    [...read(document).matchAll(/`?\[([a-z]+(?:\.[a-z]+)?)\](?!\()/g)].map(([, section = ""]) => section),
  );
  expect(written.filter((section) => !sectionNames.includes(section))).toEqual([]);
});

test("decisions have a number each, which their title repeats", () => {
  const files = documents.filter((document) => document.startsWith("docs/decisions/"));
  const numbers = files.map((file) => Number(relative("docs/decisions", file).slice(0, 4)));
  expect(new Set(numbers).size).toBe(files.length);
  expect(files.map((file) => Number(/^# (\d+)\. /.exec(read(file))?.[1]))).toEqual(numbers);
});

test("pages that comments in the code send people to are there", () => {
  const missing = filesLike("{src,test,bench,attacks}/**/*.{ts,tsx}").flatMap((file) =>
    [...read(file).matchAll(/\bdocs\/[\w/-]+\.md\b/g)]
      .map(([page]) => page)
      .filter((page) => !existsSync(join(top, page)))
      .map((page) => `${file}: ${page}`),
  );
  expect(missing).toEqual([]);
});
