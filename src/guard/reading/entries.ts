/** Headlines with where they lead, as lists and feeds have them: a false one over a true link, or over none, is seen by the pair. */
import { sha256 } from "../../base/bytes.ts";
import type { Gathering } from "./gathering.ts";
import { hostOf } from "./reference.ts";

/** As many headings as a page is read for. */
const entriesMax = 60;
const textLength = 60;

export class Entries {
  readonly #facts: Gathering;
  /** Of the link that is open. */
  #around: string | undefined;
  /** Within the headline. */
  #within: string | undefined;
  #count = 0;

  constructor(facts: Gathering) {
    this.#facts = facts;
  }

  link(address: string): void {
    const leads = address.trim();
    this.#around = leads === "" || leads.startsWith("#") ? undefined : this.#facts.references.of(leads);
    this.#within ??= this.#around;
  }

  linkEnds(): void {
    this.#around = undefined;
  }

  begin(): void {
    this.#within = this.#around;
  }

  /** `{8 digits of the own address's hash}`, `//host` or `-`; and the beginning of the headline. */
  end(text: string): void {
    const link = this.#within;
    this.#within = undefined;
    this.#count += 1;
    if (text === "" || this.#count > entriesMax) return;
    this.#facts.add("entries", `${linkKey(link)} ${text.slice(0, textLength)}`);
  }
}

function linkKey(link: string | undefined): string {
  if (link === undefined) return "-";
  const host = hostOf(link);
  if (host === "") return sha256(link.replace(/[?#].*$/, "")).slice(0, 8);
  return host.endsWith(":") ? "-" : `//${host}`;
}
