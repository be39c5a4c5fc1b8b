/** The house's shape as a test that only tightens: ranks, cycles, budgets, names (docs/architecture.md). */
import { expect, test } from "bun:test";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

const top = resolve(import.meta.dir, "..");

/** A folder imports from lower ranks and from itself. */
const ranks: Readonly<Record<string, number>> = {
  base: 0,
  language: 0,
  config: 1,
  store: 2,
  edition: 2,
  decision: 2,
  bus: 3,
  jobs: 3,
  guard: 3,
  web: 3,
  publishing: 4,
  people: 5,
  media: 5,
  material: 6,
  pieces: 7,
  incidents: 8,
  origin: 8,
  site: 9,
  transfer: 9,
  edge: 10,
  newsroom: 10,
  watch: 10,
  cli: 11,
};
const highestForEdge = 3;
const pureFolders = ["edition", "decision", "guard"];
const forbiddenNames = [
  "utils",
  "util",
  "helpers",
  "helper",
  "services",
  "managers",
  "common",
  "misc",
  "lib",
];
const budgets = { lines: 500, testLines: 800, functionLines: 70 };

const files = filesBelow(top, ["src", "test", "attacks", "bench"]).map((path) => ({
  path: relative(top, path),
  text: readFileSync(path, "utf8"),
}));
const product = files.filter(({ path }) => path.startsWith("src/") && !path.includes(".test."));

test("docs/architecture.md shows every folder at its rank", () => {
  const page = readFileSync(join(top, "docs", "architecture.md"), "utf8");
  const rows = [...page.matchAll(/^\| (\d+) \| ([^|]+) \|/gm)];
  const shown = rows.flatMap(([, rank, folders = ""]) =>
    [...folders.matchAll(/`(\w+)`/g)].map(([, folder]) => [folder, Number(rank)]),
  );
  expect(shown).toEqual(Object.entries(ranks));
  expect(readdirSync(join(top, "src")).sort()).toEqual(Object.keys(ranks).sort());
});

test("every file imports from lower ranks and its own folder only", () => {
  expect(product.flatMap(backwardImports)).toEqual([]);
});

test("the edge imports ranks 0 to 3 only, and not web", () => {
  const wrong = product
    .filter(({ path }) => folderOf(path) === "edge")
    .flatMap((file) => importedFolders(file).map((folder) => ({ path: file.path, folder })))
    .filter(
      ({ folder }) => folder !== "edge" && ((ranks[folder] ?? 99) > highestForEdge || folder === "web"),
    );
  expect(wrong).toEqual([]);
});

test("attacks speak HTTP only: they import base and nothing else of the product", () => {
  const wrong = files
    .filter(({ path }) => path.startsWith("attacks/") && !path.includes(".test."))
    .flatMap(({ path, text }) => relativeImports(text).map((target) => join(dirname(path), target)))
    .filter((target) => !target.startsWith("attacks") && !target.startsWith("src/base"));
  expect(wrong).toEqual([]);
});

test("no import goes round in a circle", () => {
  expect(findCycle(new Map(product.map((file) => [file.path, importsOf(file)])))).toEqual([]);
});

test("edition and decision do no input or output and ask no clock", () => {
  const impure =
    /from "(node:(fs|net|http|https|child_process|os|worker_threads)[^"]*|bun:(sqlite|ffi))"|\bBun\.|Date\.now|Math\.random/;
  const wrong = product.filter(({ path, text }) => pureFolders.includes(folderOf(path)) && impure.test(text));
  expect(wrong.map(({ path }) => path)).toEqual([]);
});

test("clock and randomness are handed in", () => {
  const wrong = product.filter(
    ({ path, text }) => !path.startsWith("src/base/") && /\bDate\.now\(|Math\.random\(/.test(text),
  );
  expect(wrong.map(({ path }) => path)).toEqual([]);
});

test("files and functions stay within their budgets", () => {
  const long = files
    .map(({ path, text }) => ({ path, lines: text.split("\n").length - 1 }))
    .filter(({ path, lines }) => lines > (/\.test\.tsx?$/.test(path) ? budgets.testLines : budgets.lines));
  expect(long).toEqual([]);
  expect(product.flatMap(longFunctions)).toEqual([]);
});

test("every file says in its first line what it is for", () => {
  const silent = files.filter(({ text }) => !/^(#!.*\n)?(\/\*\* @jsx.*\n)?\s*(\/\*\*|\/\/)/.test(text));
  expect(silent.map(({ path }) => path)).toEqual([]);
});

test("JSX names its runtime: Bun asks the tsconfig.json of whatever folder one stands in", () => {
  const silent = files.filter(
    ({ path, text }) => path.endsWith(".tsx") && !text.startsWith("/** @jsxImportSource hono/jsx */"),
  );
  expect(silent.map(({ path }) => path)).toEqual([]);
});

test("decisions are numbered without a gap, and documents that the code names are there", () => {
  const decisions = readdirSync(join(top, "docs", "decisions")).sort();
  const numbers = decisions.map((name) => Number(name.slice(0, 4)));
  expect(numbers).toEqual(decisions.map((_, at) => at + 1));
  const documents = [...readdirSync(join(top, "docs")), ...decisions.map((name) => `decisions/${name}`)];
  const missing = files
    .flatMap(({ text }) => text.match(/\bdocs\/(decisions\/\d{4}|[a-z-]+\.md)/g) ?? [])
    .filter((named) => !documents.some((name) => `docs/${name}`.startsWith(named)));
  expect(missing).toEqual([]);
});

test("folders are at most src/a/b and none has a name that says nothing", () => {
  const paths = product.map(({ path }) => path);
  expect(paths.filter((path) => path.split("/").length > 4)).toEqual([]);
  expect(paths.filter((path) => path.split(/[/.]/).some((part) => forbiddenNames.includes(part)))).toEqual(
    [],
  );
  expect([...new Set(paths.map(folderOf))].filter((folder) => !(folder in ranks))).toEqual([]);
});

function filesBelow(root: string, names: readonly string[]): string[] {
  return names.flatMap((name) => walk(join(root, name))).filter((path) => /\.tsx?$/.test(path));
}

function walk(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return [];
  if (found.isFile()) return [path];
  return readdirSync(path).flatMap((name) => walk(join(path, name)));
}

function folderOf(path: string): string {
  return path.split("/")[1] ?? "";
}

function relativeImports(text: string): string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map((match) => match[1] ?? "");
}

function importsOf({ path, text }: { path: string; text: string }): string[] {
  return relativeImports(text).map((target) => join(dirname(path), target));
}

function importedFolders(file: { path: string; text: string }): string[] {
  return importsOf(file)
    .filter((target) => target.startsWith("src/"))
    .map(folderOf);
}

function backwardImports(file: { path: string; text: string }): string[] {
  const own = folderOf(file.path);
  const rank = ranks[own] ?? -1;
  return importsOf(file)
    .filter((target) => target.startsWith("src/") && folderOf(target) !== own)
    .filter((target) => (ranks[folderOf(target)] ?? 99) >= rank)
    .map((target) => `${file.path} imports ${target}`);
}

function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): string[] => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return [];
    for (const next of graph.get(path) ?? []) {
      const cycle = visit(next, [...trail, path]);
      if (cycle.length > 0) return cycle;
    }
    done.add(path);
    return [];
  };
  for (const path of graph.keys()) {
    const cycle = visit(path, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

/** By indentation, which the formatter guarantees: a top-level function or a method, from its head to its closing brace. */
function longFunctions({ path, text }: { path: string; text: string }): string[] {
  const lines = text.split("\n");
  const wrong: string[] = [];
  lines.forEach((line, at) => {
    const head =
      /^(\s{0,2})(?:export )?(?:default )?(?:async )?(?:function\b|(?:static |async |get |set |#)*[\w#]+\(.*\{$|const \w+ = .*=> \{$)/.exec(
        line,
      );
    if (head === null || /^\s*(if|for|while|switch|return|test|describe)\b/.test(line)) return;
    const end = lines.findIndex((other, index) => index > at && other.startsWith(`${head[1]}}`));
    if (end - at + 1 > budgets.functionLines) wrong.push(`${path}:${at + 1} has ${end - at + 1} lines`);
  });
  return wrong;
}
