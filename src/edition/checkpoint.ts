/** Checkpoints (C2SP tlog-checkpoint): the log's origin, size and root as a signed note. */
import { base64, fromBase64 } from "../base/bytes.ts";
import type { SigningKey } from "./keys.ts";
import { isSize, type TreeHead } from "./merkle.ts";
import { type NoteKey, openNote, signNote } from "./note.ts";

export interface Checkpoint extends TreeHead {
  /** Which log: the first line, and the name of the key that signs. */
  readonly origin: string;
}

export function signCheckpoint({ origin, size, root }: Checkpoint, keys: readonly SigningKey[]): Uint8Array {
  return signNote(`${origin}\n${size}\n${base64(root)}\n`, origin, keys);
}

export type OpenedCheckpoint =
  | { readonly ok: true; readonly checkpoint: Checkpoint }
  | { readonly ok: false; readonly reason: string };

/** The checkpoint, where `key` has signed it. Extension lines are allowed and not used. */
export function openCheckpoint(data: Uint8Array, key: NoteKey): OpenedCheckpoint {
  const note = openNote(data, [key]);
  if (!note.ok) return note;
  const checkpoint = parseText(note.text);
  if (checkpoint === undefined) return { ok: false, reason: "is not a checkpoint" };
  if (checkpoint.origin !== key.name) return { ok: false, reason: `belongs to the log ${checkpoint.origin}` };
  return { ok: true, checkpoint };
}

function parseText(text: string): Checkpoint | undefined {
  const [origin = "", size = "", encoded = "", ...extensions] = text.slice(0, -1).split("\n");
  const root = fromBase64(encoded);
  const wellFormed = origin !== "" && /^(0|[1-9]\d{0,15})$/.test(size) && isSize(Number(size));
  if (!wellFormed || root.length !== 32 || base64(root) !== encoded || extensions.includes(""))
    return undefined;
  return { origin, size: Number(size), root };
}
