/** From kasbah.toml to the typed config: everything wrong with the file is found at once, each with its line. */
import { readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { parse, TomlError } from "smol-toml";
import { fromUtf8 } from "../base/bytes.ts";
import { codeOf, failed, messageOf, OperatorError } from "../base/errors.ts";
import { nearest } from "../base/nearest.ts";
import { check, type Flaw, isTable } from "./check.ts";
import { ConfigError, type Mistake } from "./config-error.ts";
import { crossChecks } from "./cross-checks.ts";
import { locate, type Positions } from "./positions.ts";
import type { Setting } from "./setting.ts";
import { type Config, settings } from "./settings.ts";

const fileBytesMax = 1024 * 1024;
const sections: Readonly<Record<string, Readonly<Record<string, Setting>>>> = settings;

export interface LoadOptions {
  /** False: where there is no file, the defaults hold. */
  readonly mustExist: boolean;
}

/** Throws ConfigError where the file is wrong, OperatorError where it can't be read. */
export function loadConfig(file: string, { mustExist }: LoadOptions): Config {
  return parseConfig(readText(file, mustExist), file);
}

/** Every setting at its default. */
export function defaultConfig(): Config {
  return parseConfig("", "kasbah.toml");
}

/** `file` names the text in messages, and its folder is where relative file names start. */
export function parseConfig(text: string, file: string): Config {
  const name = displayName(file);
  const table = parseToml(text, name);
  const positions = locate(text);
  const reader = new Reader(positions, dirname(resolve(file)));
  reader.read(table, []);
  // As far as the table goes: every section and key is there, each with a value of its type.
  const config = reader.values as unknown as Config;
  if (reader.mistakes.length > 0) throw new ConfigError(name, reader.mistakes);
  const conflicts = crossChecks(config).map(({ path: [section, key], what }) => ({
    line: positions.lineOf([...section.split("."), key]),
    what,
  }));
  if (conflicts.length > 0) throw new ConfigError(name, conflicts);
  return config;
}

/** In words, by the system's code. */
const unreadable: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "this user may not read it",
  ERR_ENCODING_INVALID_ENCODED_DATA: "it is not UTF-8 text",
};

function readText(file: string, mustExist: boolean): string {
  try {
    const content = readFileSync(file);
    if (content.byteLength > fileBytesMax) throw new Error(`it is larger than ${fileBytesMax} bytes`);
    return fromUtf8(content);
  } catch (thrown) {
    const code = codeOf(thrown) ?? "";
    if (code === "ENOENT" && !mustExist) return "";
    const reason = unreadable[code] ?? messageOf(thrown);
    throw new OperatorError(`can't read the settings ${file}: ${reason}`, {
      hint: "name the file with --config, or write one with `kasbah init`",
      exitCode: 2,
      cause: thrown,
    });
  }
}

/** As somebody in this folder would name it. */
function displayName(file: string): string {
  const near = relative(process.cwd(), file);
  return near.startsWith("..") ? file : near;
}

const writtenTwice = "this setting or section is written above already; leave one of the two";

/** Deeper than any setting. */
const depthMax = 8;

function parseToml(text: string, name: string): Record<string, unknown> {
  try {
    return parse(text, { maxDepth: depthMax, integersAsBigInt: "asNeeded" });
  } catch (thrown) {
    if (!(thrown instanceof TomlError)) throw failed(`reading ${name}`, thrown);
    const [reason = ""] = thrown.message.replace("Invalid TOML document: ", "").split("\n");
    const what = reason.startsWith("trying to redefine") ? writtenTwice : `this is no TOML: ${reason}`;
    throw new ConfigError(name, [{ line: thrown.line, what }]);
  }
}

/** Walks the file's tables beside the settings table. */
class Reader {
  readonly values = defaults();
  readonly mistakes: Mistake[] = [];
  readonly #positions: Positions;
  readonly #folder: string;

  constructor(positions: Positions, folder: string) {
    this.#positions = positions;
    this.#folder = folder;
  }

  read(table: Record<string, unknown>, path: readonly string[]): void {
    for (const [key, value] of Object.entries(table)) {
      const here = [...path, key];
      const section = here.join(".");
      if (Object.hasOwn(sections, section)) this.#readSection(section, here, value);
      else this.#readSetting(path.join("."), here, value);
    }
  }

  #readSection(section: string, path: readonly string[], value: unknown): void {
    if (isTable(value)) this.read(value, path);
    else this.#note(path, `${section} is a section; write [${section}] and its settings below`);
  }

  #readSetting(section: string, path: readonly string[], value: unknown): void {
    const key = path.at(-1) ?? "";
    const known = sections[section] ?? {};
    const setting = Object.hasOwn(known, key) ? known[key] : undefined;
    if (setting === undefined) return this.#note(path, unknownName(section, key, value));
    const { value: checked, flaws } = check(setting, value);
    for (const flaw of flaws) this.#noteFlaw(`${section}.${key}`, path, flaw);
    const values = this.values[section];
    if (flaws.length === 0 && values !== undefined) values[key] = this.#located(setting, checked);
  }

  #located(setting: Setting, value: unknown): unknown {
    const isFile = setting.type === "text" && setting.form === "file" && value !== "";
    return isFile ? resolve(this.#folder, String(value)) : value;
  }

  #noteFlaw(name: string, path: readonly string[], { path: inside, found, takes }: Flaw): void {
    const verb = inside.length === 0 ? "is" : "has";
    this.#note(
      [...path, ...inside],
      `${name} ${verb} ${found}; ${inside.length === 0 ? "it takes" : "there it takes"} ${takes}`,
    );
  }

  #note(path: readonly (string | number)[], what: string): void {
    this.mistakes.push({ line: this.#positions.lineOf(path), what });
  }
}

function defaults(): Record<string, Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(sections).map(([section, known]) => [
      section,
      Object.fromEntries(Object.entries(known).map(([key, setting]) => [key, setting.default])),
    ]),
  );
}

function unknownName(section: string, key: string, value: unknown): string {
  const shownKey = key.slice(0, 64);
  if (isTable(value) || section === "")
    return unknownSection([section, key].filter(Boolean).join("."), value);
  const keys = Object.keys(sections[section] ?? {});
  const meant = nearest(key, keys);
  const hint = meant === undefined ? `it has ${keys.join(", ")}` : `did you mean "${meant}"?`;
  return `[${section}] has no setting "${shownKey}"; ${hint}`;
}

function unknownSection(name: string, value: unknown): string {
  const owners = Object.keys(sections).filter((section) => Object.hasOwn(sections[section] ?? {}, name));
  if (!isTable(value) && owners.length > 0) {
    return `"${name}" stands outside its section; write it below [${owners.join("] or [")}]`;
  }
  const meant = nearest(name, Object.keys(sections));
  const hint =
    meant === undefined ? `there are ${Object.keys(sections).join(", ")}` : `did you mean [${meant}]?`;
  return `there is no section [${name.slice(0, 64)}]; ${hint}`;
}
