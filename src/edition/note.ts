/** Signed notes (C2SP signed-note): a text, an empty line, and a line for each signature. Here Ed25519 (type 0x01) only. */
import { base64, fromBase64, fromUtf8, hex, sha256Bytes, utf8 } from "../base/bytes.ts";
import { isSignedBy, publicKeyBytes, type SigningKey } from "./keys.ts";

/** A note's size; sixteen post-quantum signatures of a witness each still fit. */
export const noteBytesMax = 128 * 1024;
const signaturesMax = 64;
const ed25519Type = 0x01;
const dash = "\u2014 ";

/** A key that may sign notes: `<name>+<key id>+<base64 of type and key>` as text. */
export interface NoteKey {
  readonly name: string;
  /** Eight hexadecimal digits. */
  readonly id: string;
  readonly publicKey: Uint8Array;
}

export function noteKey(name: string, publicKey: Uint8Array): NoteKey {
  if (!isKeyName(name)) throw new Error(`"${name}" can't be the name of a note's key`);
  const material = Uint8Array.of(ed25519Type, ...publicKey);
  return { name, publicKey, id: hex(sha256Bytes(utf8(`${name}\n`), material)).slice(0, 8) };
}

export function formatNoteKey({ name, id, publicKey }: NoteKey): string {
  return `${name}+${id}+${base64(Uint8Array.of(ed25519Type, ...publicKey))}`;
}

/** Undefined where the text is not an Ed25519 verifier key whose id fits. */
export function parseNoteKey(text: string): NoteKey | undefined {
  const match = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text);
  if (match === null) return undefined;
  const [, name = "", id = "", encoded = ""] = match;
  const material = fromBase64(encoded);
  if (material[0] !== ed25519Type || material.length !== publicKeyBytes + 1 || !isKeyName(name))
    return undefined;
  const key = noteKey(name, material.subarray(1));
  return key.id === id ? key : undefined;
}

/** `text` ends in a newline and has no control characters but newlines. */
export function signNote(text: string, name: string, keys: readonly SigningKey[]): Uint8Array {
  if (!text.endsWith("\n") || !isNoteText(text)) throw new Error("that text can't be signed as a note");
  const lines = keys.map((key) => {
    const { id } = noteKey(name, key.publicKey);
    const signature = Buffer.concat([Buffer.from(id, "hex"), key.sign(utf8(text))]);
    return `${dash}${name} ${signature.toString("base64")}\n`;
  });
  return utf8(`${text}\n${lines.join("")}`);
}

export type OpenedNote =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: string };

/** Signatures of unknown keys are passed over; one of a known key that is wrong refuses the note. */
export function openNote(data: Uint8Array, known: readonly NoteKey[]): OpenedNote {
  const note = parseNote(data);
  if (note === undefined) return { ok: false, reason: "is not a signed note" };
  let verified = 0;
  for (const { name, id, signature } of note.signatures) {
    const key = known.find((candidate) => candidate.name === name && candidate.id === id);
    if (key === undefined) continue;
    if (!isSignedBy(key.publicKey, utf8(note.text), signature)) {
      return { ok: false, reason: `the signature of ${name} is wrong` };
    }
    verified += 1;
  }
  return verified > 0 ? { ok: true, text: note.text } : { ok: false, reason: "no known key has signed it" };
}

interface ParsedNote {
  readonly text: string;
  readonly signatures: readonly { name: string; id: string; signature: Uint8Array }[];
}

function parseNote(data: Uint8Array): ParsedNote | undefined {
  const whole = data.length <= noteBytesMax ? decoded(data) : undefined;
  if (whole === undefined || !isNoteText(whole) || !whole.endsWith("\n")) return undefined;
  const split = whole.lastIndexOf("\n\n");
  const lines = whole.slice(split + 2, -1).split("\n");
  if (split < 0 || lines.length > signaturesMax) return undefined;
  const signatures = lines.map(parseSignature).filter((signature) => signature !== undefined);
  return signatures.length === lines.length ? { text: whole.slice(0, split + 1), signatures } : undefined;
}

function parseSignature(line: string): ParsedNote["signatures"][number] | undefined {
  const match = /^\u2014 (\S+) ([A-Za-z0-9+/]+=*)$/.exec(line);
  const [, name = "", encoded = ""] = match ?? [];
  const data = fromBase64(encoded);
  if (match === null || !isKeyName(name) || data.length < 5 || base64(data) !== encoded) return undefined;
  return { name, id: hex(data.subarray(0, 4)), signature: data.subarray(4) };
}

function decoded(data: Uint8Array): string | undefined {
  try {
    return fromUtf8(data);
  } catch {
    return undefined;
  }
}

function isNoteText(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return !/[\u0000-\u0009\u000b-\u001f]/.test(text);
}

function isKeyName(name: string): boolean {
  return /^[^\s+]+$/u.test(name);
}
