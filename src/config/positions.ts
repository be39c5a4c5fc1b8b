/**
 * On which line each key and value of a TOML file stands, so that a mistake in meaning can be shown where it is.
 * Works on text that smol-toml has accepted; on anything else it still ends, with fewer or wrong lines.
 */

/** Lines from 1, by path: `["geo", "overrides", 0, "network"]`. */
export class Positions {
  readonly #lines = new Map<string, number>();

  set(path: readonly (string | number)[], line: number): void {
    const name = JSON.stringify(path);
    if (!this.#lines.has(name)) this.#lines.set(name, line);
  }

  /** The line of the path, or of the nearest thing around it; 1 where there is nothing. */
  lineOf(path: readonly (string | number)[]): number {
    const line = this.#lines.get(JSON.stringify(path));
    return line ?? (path.length === 0 ? 1 : this.lineOf(path.slice(0, -1)));
  }
}

type Path = readonly (string | number)[];

export function locate(toml: string): Positions {
  return new Scanner(toml).scan();
}

class Scanner {
  readonly #toml: string;
  readonly #positions = new Positions();
  /** How many tables each `[[array of tables]]` has so far. */
  readonly #tables = new Map<string, number>();
  #at = 0;
  #line = 1;

  constructor(toml: string) {
    this.#toml = toml;
  }

  scan(): Positions {
    let section: Path = [];
    while (this.#skipBlank()) {
      if (this.#peek() === "[") section = this.#header();
      else this.#pair(section);
    }
    return this.#positions;
  }

  #header(): Path {
    const line = this.#line;
    const isArray = this.#toml.startsWith("[[", this.#at);
    this.#advance(isArray ? 2 : 1);
    const path = this.#inTables(this.#key(), isArray);
    path.forEach((_, at) => this.#positions.set(path.slice(0, at + 1), line));
    this.#match(/[^\n]*/y);
    return path;
  }

  /** With the index of the table that each array of tables on the way stands at. */
  #inTables(keys: readonly string[], isArray: boolean): Path {
    const path: (string | number)[] = [];
    keys.forEach((key, at) => {
      path.push(key);
      const name = JSON.stringify(path);
      if (isArray && at === keys.length - 1) this.#tables.set(name, (this.#tables.get(name) ?? 0) + 1);
      const count = this.#tables.get(name);
      if (count !== undefined) path.push(count - 1);
    });
    return path;
  }

  #pair(section: Path): void {
    const line = this.#line;
    const path = [...section];
    for (const key of this.#key()) {
      path.push(key);
      this.#positions.set(path, line);
    }
    this.#match(/[^\S\n]*=?[^\S\n]*/y);
    this.#value(path);
  }

  #value(path: Path): void {
    const start = this.#at;
    this.#positions.set(path, this.#line);
    if (this.#peek() === "[") this.#array(path);
    else if (this.#peek() === "{") this.#inlineTable(path);
    else if (!this.#string()) this.#match(/[^,\]}#\n]*/y);
    if (this.#at === start) this.#advance(1);
  }

  #array(path: Path): void {
    this.#advance(1);
    for (let index = 0; this.#skipBlank() && this.#peek() !== "]"; index += 1) this.#value([...path, index]);
    this.#advance(1);
  }

  #inlineTable(path: Path): void {
    this.#advance(1);
    while (this.#skipBlank() && this.#peek() !== "}") this.#pair(path);
    this.#advance(1);
  }

  /** `a."b.c".d` → ["a", "b.c", "d"]. */
  #key(): string[] {
    const keys: string[] = [];
    do {
      this.#match(/[^\S\n]*/y);
      const start = this.#at;
      if (this.#string()) keys.push(unquoted(this.#toml.slice(start, this.#at)));
      else keys.push(this.#match(/[\w-]*/y));
      this.#match(/[^\S\n]*/y);
    } while (this.#match(/\./y) !== "");
    return keys;
  }

  /** Over a string of any of TOML's four kinds; false where there is none. */
  #string(): boolean {
    return this.#match(/"""(?:[^\\]|\\[^])*?"""+|'''[^]*?'''+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'/y) !== "";
  }

  /** Over white space, comments and commas; false at the end. */
  #skipBlank(): boolean {
    this.#match(/(?:[\s,]|#[^\n]*)*/y);
    return this.#at < this.#toml.length;
  }

  #peek(): string | undefined {
    return this.#toml[this.#at];
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#toml)?.[0] ?? "";
    this.#advance(found.length);
    return found;
  }

  #advance(length: number): void {
    const passed = this.#toml.slice(this.#at, this.#at + length);
    this.#line += passed.split("\n").length - 1;
    this.#at += length;
  }
}

function unquoted(key: string): string {
  if (key.startsWith("'")) return key.slice(1, -1);
  try {
    return String(JSON.parse(key));
  } catch {
    return key.slice(1, -1);
  }
}
