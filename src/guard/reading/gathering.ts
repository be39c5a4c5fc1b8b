/** The facts of one document while it is read: bounded sets and inline code; and the limits of the reading. */
import { sha256 } from "../../base/bytes.ts";
import { type Facts, type FactSet, type InlineCode, factSets } from "../facts.ts";
import { inlineCode } from "./code.ts";
import { type References, hostOf, schemeOf, shortened, stripped } from "./reference.ts";
import {
  addressesInStyle,
  hiddenSelectors,
  hides,
  plainStyle,
  sheetEffects,
  sheetOddities,
} from "./style.ts";

export interface ReadingLimits {
  /** Of the body. */
  readonly bytesMax: number;
  /** Tags. */
  readonly elementsMax: number;
  /** Of elements within each other. */
  readonly depthMax: number;
  readonly msMax: number;
  readonly monotonicMs: () => number;
}

/** For edges and newsroom alike: what one learned and the other gave up on would be held for good. Far more than a page has that people wrote. */
export const documentLimits = { elementsMax: 100_000, depthMax: 512 } as const;

const setSizes: Partial<Record<FactSet, number>> = { links: 2_000, images: 1_000, buried: 200 };
const usualSetSize = 500;
const inlineMax = 500;
/** Handlers of one shape are one: what they do it with is gathered. */
const handlerLiteralsMax = 200;
const handlerCodesMax = 5_000;
/** Selectors of rules that hide. */
const hiddenMax = 2_000;
const factLength = 1_200;
const registering =
  /erviceWorker["'\]]*\s{0,20}\.?\s{0,20}\[?["']?register["']?\]?\s{0,20}\(\s{0,20}(?:["'`]([^"'`]*))?/g;
const [letterJ, letterV] = [106, 118];
/** Between two looks at the clock. */
const workBetweenLooks = 128;

export class Gathering {
  readonly references: References;
  readonly limits: ReadingLimits;
  over: Facts["over"];
  elements = 0;
  /** A rule that hides came after links that it may hide: they have to be read again. */
  hidesLate = false;
  #linksAway = false;
  readonly #sets = new Map<FactSet, Set<string>>(factSets.map((name) => [name, new Set<string>()]));
  /** Of what found no place: an order makes no difference. */
  readonly #rests = new Map<FactSet, { count: number; sum: bigint }>();
  /** By all that is known of each. */
  readonly #inline = new Map<string, InlineCode>();
  /** As they were written, so that each is read once. */
  readonly #handlerCodes = new Set<string>();
  readonly #handlers = new Map<string, InlineCode>();
  readonly #hidden = new Set<string>();
  readonly #endsAtMs: number;
  #work = 0;

  constructor(references: References, limits: ReadingLimits) {
    this.references = references;
    this.limits = limits;
    this.#endsAtMs = limits.monotonicMs() + limits.msMax;
  }

  /** `work`: tags, or kilobytes read. */
  readonly goesOn = (work: number): boolean => {
    this.#work += work;
    if (this.#work > workBetweenLooks) {
      this.#work = 0;
      if (this.limits.monotonicMs() > this.#endsAtMs) this.over ??= "time";
    }
    return this.over === undefined;
  };

  countElement(): void {
    this.elements += 1;
    if (this.elements > this.limits.elementsMax) this.over ??= "elements";
  }

  add(name: FactSet, value: string): void {
    const set = this.#sets.get(name);
    if (set === undefined || set.has(value)) return;
    if (set.size < (setSizes[name] ?? usualSetSize)) set.add(shortened(value, factLength));
    else if (setSizes[name] === undefined) this.over ??= "elements";
    else this.#addToRest(name, value);
  }

  #addToRest(name: FactSet, value: string): void {
    const rest = this.#rests.get(name) ?? { count: 0, sum: 0n };
    const hash = BigInt(`0x${sha256(value).slice(0, 16)}`);
    this.#rests.set(name, { count: rest.count + 1, sum: BigInt.asUintN(64, rest.sum + hash) });
  }

  /** Adds where it leads; code in it is a handler. */
  reference(name: FactSet, address: string): string {
    this.codeIn(address);
    const reference = this.references.of(address);
    this.add(name, reference);
    return reference;
  }

  /** Adds a foreign host or a scheme, nothing for the site itself. */
  host(name: FactSet, address: string): string {
    this.codeIn(address);
    const host = hostOf(this.references.of(address));
    if (host !== "" && host !== "data:") this.add(name, host);
    if (name === "link-hosts" && host !== "") this.#linksAway = true;
    return host;
  }

  /** An address that runs is a handler. */
  codeIn(address: string): void {
    const first = address.charCodeAt(0);
    if (first > 32 && (first | 32) !== letterJ && (first | 32) !== letterV) return;
    const clean = stripped(address);
    const scheme = schemeOf(clean);
    if (scheme === "javascript" || scheme === "vbscript")
      this.code("handler", unquoted(clean.slice(scheme.length + 1)));
  }

  image(address: string): void {
    if (address.trim() === "") return;
    this.host("media-hosts", address);
    this.reference("images", address);
  }

  code(kind: InlineCode["kind"], code: string): void {
    if (code.trim() === "") return;
    if (kind === "handler") {
      this.#handler(code);
      return;
    }
    if (kind === "script") this.#serviceWorkers(code);
    const read = inlineCode(kind, this.references.withoutOwn(code));
    const key = `${kind} ${read.shape} ${read.literals.join("\0")}`;
    if (this.#inline.size < inlineMax || this.#inline.has(key)) this.#inline.set(key, read);
    else this.over ??= "elements";
  }

  #handler(code: string): void {
    if (this.#handlerCodes.has(code)) return;
    if (this.#handlerCodes.size < handlerCodesMax) this.#handlerCodes.add(code);
    const read = inlineCode("handler", code);
    const known = this.#handlers.get(read.shape);
    if (known === undefined && this.#handlers.size >= inlineMax) {
      this.over ??= "elements";
      return;
    }
    const literals = new Set([...(known?.literals ?? []), ...read.literals]);
    this.#handlers.set(read.shape, {
      ...read,
      literals: bounded([...literals], handlerLiteralsMax),
      bytes: known?.bytes ?? read.bytes,
    });
  }

  #serviceWorkers(code: string): void {
    if (!code.includes("erviceWorker")) return;
    const calls = code.matchAll(registering);
    for (const [, address] of calls) {
      if (address === undefined) this.add("service-workers", "?");
      else this.reference("service-workers", address);
    }
  }

  /** A sheet in the page: what it fetches and hides. */
  styleSheet(css: string): void {
    this.code("style", css);
    this.declarations(css);
    const plain = plainStyle(css);
    const isHiding = hides(plain);
    for (const oddity of sheetOddities(plain, isHiding)) this.add("oddities", oddity);
    for (const effect of sheetEffects(plain, isHiding)) this.add("sheet-effects", effect);
    for (const selector of isHiding ? hiddenSelectors(plain) : []) {
      if (this.#hidden.has(selector) || this.#hidden.size >= hiddenMax) continue;
      this.#hidden.add(selector);
      this.hidesLate ||= this.#linksAway;
    }
  }

  isHiddenByRule(selector: string): boolean {
    return this.#hidden.has(selector);
  }

  get hasHidingRules(): boolean {
    return this.#hidden.size > 0;
  }

  /** Addresses in a sheet or a style attribute. */
  declarations(css: string): void {
    const { imports, urls } = addressesInStyle(css);
    for (const address of imports) this.reference("styles", address);
    for (const address of urls) this.host("media-hosts", address);
  }

  sets(): Facts["sets"] {
    for (const [name, { count, sum }] of this.#rests) {
      this.#sets.get(name)?.add(`more:${count} ${sum.toString(16)}`);
    }
    return Object.fromEntries(factSets.map((name) => [name, [...(this.#sets.get(name) ?? [])]])) as Record<
      FactSet,
      string[]
    >;
  }

  inline(): InlineCode[] {
    return [...this.#inline.values(), ...this.#handlers.values()];
  }
}

/** What finds no place is summed up in the last one. */
function bounded(literals: readonly string[], length: number): readonly string[] {
  if (literals.length <= length) return literals;
  return [...literals.slice(0, length - 1), `…${sha256(literals.slice(length - 1).join("\0")).slice(0, 16)}`];
}

function unquoted(code: string): string {
  try {
    return decodeURIComponent(code);
  } catch {
    return code;
  }
}
