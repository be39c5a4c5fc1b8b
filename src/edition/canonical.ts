/** Canonical JSON, as TUF signs it: each value has one sequence of bytes, and no other is read. */
import { canonicalize } from "@tufjs/canonical-json";
import { fromUtf8, utf8 } from "../base/bytes.ts";

/** Throws where the value has no canonical form that is JSON too: fractions, control characters, halves of characters. */
export function canonical(value: object): Uint8Array {
  return utf8(canonicalText(value));
}

/** Throws where the bytes are not the canonical form of an object: nothing can be said in two ways. */
export function parseCanonical(data: Uint8Array): Record<string, unknown> {
  const text = fromUtf8(data);
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Error("is not a JSON object");
  if (canonicalText(value) !== text) throw new Error("is not in canonical form");
  return value as Record<string, unknown>;
}

/** The same as text. */
export function canonicalText(value: object): string {
  const text = canonicalize(value);
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001f]/.test(text) || !text.isWellFormed()) {
    throw new Error("control characters and unpaired surrogates have no canonical form");
  }
  return text;
}
