/** The state machine below the stream: knows where in the export it is, keeps what `fields.ts` names, refuses what is broken or hostile. */
import { SaxesParser, type SaxesTagNS } from "saxes";
import { messageOf } from "../../base/errors.ts";
import { faults } from "./faults.ts";
import { fieldLengthMax, nameOf } from "./fields.ts";
import {
  append,
  type Capture,
  type Group,
  type GroupPath,
  isGroup,
  keep,
  newCapture,
  newGroup,
  partOf,
} from "./groups.ts";
import type { WxrPart } from "./parts.ts";

export interface ReadOptions {
  /** What messages call the file. */
  readonly file: string;
  readonly itemsMax: number;
}

/** An export nests six deep. */
const depthMax = 32;
/** Characters without any tag, text or comment coming to its end: saxes holds them all until then. */
const endlessLength = 64 * 1024 * 1024;
/** What XML 1.0 forbids, and what WordPress exports all the same; an importer that stopped here would stop often. */
// oxlint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

export class WxrParser {
  readonly parts: WxrPart[] = [];
  readonly #options: ReadOptions;
  readonly #saxes = new SaxesParser({ xmlns: true, position: true });
  /** Of every open element, below `rss`; what is in no table has a path that is in no table. */
  readonly #paths: string[] = [];
  readonly #groups: Group[] = [];
  #capture: Capture | undefined;
  /** Whole ones. */
  #items = 0;
  #isWordPress = false;
  #isEnding = false;
  /** Characters handed over, and how many of them when something last came to an end. */
  #length = 0;
  #movedAt = 0;

  constructor(options: ReadOptions) {
    this.#options = options;
    this.#saxes.on("xmldecl", ({ encoding }) => {
      if (encoding !== undefined && !/^utf-?8$/i.test(encoding))
        throw faults.encoding(options.file, encoding.slice(0, 40));
    });
    this.#saxes.on("doctype", () => {
      throw faults.declaresTypes(options.file, this.line);
    });
    this.#saxes.on("error", (error) => {
      throw this.#faultOf(error);
    });
    this.#saxes.on("opentag", (tag) => this.#open(tag));
    this.#saxes.on("closetag", () => this.#close());
    this.#saxes.on("text", (text) => this.#text(text));
    this.#saxes.on("cdata", (text) => this.#text(text));
    this.#saxes.on("comment", () => this.#moved());
  }

  get line(): number {
    return this.#saxes.line;
  }

  write(text: string): void {
    this.#length += text.length;
    this.#saxes.write(text.replace(forbidden, ""));
    if (this.#length - this.#movedAt > endlessLength) throw faults.endless(this.#options.file, this.line);
  }

  /** Throws where something is still open. */
  end(): void {
    this.#isEnding = true;
    this.#saxes.close();
    if (!this.#isWordPress) throw faults.notWordPress(this.#options.file);
  }

  #faultOf(error: Error): Error {
    const { file } = this.#options;
    if (this.#isEnding) return faults.breaksOff(file, this.line, this.#items);
    return faults.malformed(file, this.line, messageOf(error).replace(/^(?:\d+:)+\s*/, ""));
  }

  #moved(): void {
    this.#movedAt = this.#length;
  }

  #open(tag: SaxesTagNS): void {
    this.#moved();
    const { file } = this.#options;
    if (this.#paths.length === 0 && tag.name !== "rss") throw faults.notRss(file, tag.name);
    if (this.#paths.length >= depthMax) throw faults.tooDeep(file, this.line);
    const path = this.#pathOf(tag);
    this.#paths.push(path);
    const limit = fieldLengthMax.get(path);
    if (isGroup(path)) this.#openGroup(path);
    else if (path === "channel/item/wp:comment") this.#countComment();
    else if (limit !== undefined) this.#capture = newCapture(path, tag, limit);
  }

  #pathOf({ local, uri }: SaxesTagNS): string {
    const parent = this.#paths.at(-1);
    if (parent === undefined) return "";
    const name = nameOf(local, uri) ?? "?";
    return parent === "" ? name : `${parent}/${name}`;
  }

  #openGroup(path: GroupPath): void {
    const { file, itemsMax } = this.#options;
    if (path === "channel/item" && this.#items === itemsMax) throw faults.tooMany(file, this.line, itemsMax);
    this.#groups.push(newGroup(path, this.line));
  }

  #countComment(): void {
    const item = this.#groups.at(-1);
    if (item !== undefined) item.comments += 1;
  }

  #text(text: string): void {
    this.#moved();
    if (this.#capture !== undefined) append(this.#capture, text);
  }

  #close(): void {
    this.#moved();
    const path = this.#paths.pop() ?? "";
    const group = this.#groups.at(-1);
    if (group === undefined) return;
    if (path === group.path) {
      this.#groups.pop();
      this.#finish(group);
    } else if (this.#capture !== undefined && fieldLengthMax.has(path)) {
      keep(group, this.#capture);
      this.#capture = undefined;
    }
  }

  #finish(group: Group): void {
    const part = partOf(group, this.#groups.at(-1));
    if (part === undefined) return;
    this.parts.push(part);
    if (part.kind === "item") this.#items += 1;
    this.#isWordPress ||= part.kind === "channel" && part.channel.isWordPress;
  }
}
