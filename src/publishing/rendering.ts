/**
 * The contract between what renders pages (the site) and what publishes them. Rendering is pure: it sees nothing but what
 * `read` gives it, and `read` keeps a record, so that only pages that read something which has changed are rendered again.
 */
import type { Address, Area } from "../edition/target.ts";

/** One consistent moment of everything that pages are made of. Keys look like `text:01J…` or `list:portal/ar/section/rif`. */
export interface Source {
  /** Changes whenever the value under `key` changes, and only then; the empty string where there is nothing. */
  version(key: string): string;
  /** The value, or undefined where there is none. The renderer knows its shape by the key. */
  value(key: string): unknown;
}

export type Read = (key: string) => unknown;

export interface Page {
  readonly area: Area;
  readonly status: number;
  readonly type: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface Renderer {
  /** Changes with the program's own templates and styles: another version renders everything again. */
  readonly version: string;
  /** Every address that the sites have at this moment. */
  addresses(source: Source): Iterable<Address>;
  /** Deterministic. Anything it depends on has to come through `read`. */
  render(address: Address, read: Read): Page;
  /** What must be erased everywhere when this address is withdrawn: the keys whose readers showed it (`text:01J…`). */
  withdrawalKeys(address: Address, source: Source): readonly string[];
}
