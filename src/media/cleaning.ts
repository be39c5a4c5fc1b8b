/** What goes to the process that cleans a picture, and what comes back: one message of framed parts. */
import { z } from "zod";
import { fromUtf8, utf8 } from "../base/bytes.ts";
import { shapeSchema } from "./picture.ts";

/** Handed over as the only argument, in JSON. */
export const orderSchema = z.strictObject({
  /** Width × height × frames. */
  pixelsMax: z.int().positive(),
});
export type Order = z.infer<typeof orderSchema>;

/** Why a picture can't be taken, as the process sees it. */
export const cleaningFaults = ["too many pixels", "broken"] as const;

const headSchema = z.discriminatedUnion("outcome", [
  z.strictObject({ outcome: z.literal("refused"), reason: z.enum(cleaningFaults) }),
  z.strictObject({
    outcome: z.literal("cleaned"),
    animated: z.boolean(),
    /** It moved, and was too large to be kept so: this is its first frame. */
    stilled: z.boolean(),
    variants: z.array(shapeSchema).min(2).max(4),
  }),
]);
type Head = z.infer<typeof headSchema>;
type CleanedHead = Extract<Head, { outcome: "cleaned" }>;

export interface CleanedVariant {
  readonly shape: CleanedHead["variants"][number];
  readonly data: Uint8Array;
}

export type Cleaning =
  | Extract<Head, { outcome: "refused" }>
  | (Omit<CleanedHead, "variants"> & { readonly variants: readonly CleanedVariant[] });

/** Each part is its length (32 bits, big-endian) and its bytes: first the head in JSON, then every variant's data. */
export function encodeCleaning(cleaning: Cleaning): Uint8Array[] {
  if (cleaning.outcome === "refused") return framed([utf8(JSON.stringify(cleaning))]);
  const head = { ...cleaning, variants: cleaning.variants.map(({ shape }) => shape) };
  return framed([utf8(JSON.stringify(head)), ...cleaning.variants.map(({ data }) => data)]);
}

/** Throws where the message isn't of its form: whoever cleaned a hostile picture isn't trusted. */
export function decodeCleaning(message: Uint8Array): Cleaning {
  const [headBytes = new Uint8Array(), ...data] = unframed(message);
  const head = headSchema.parse(JSON.parse(fromUtf8(headBytes)));
  const expected = head.outcome === "refused" ? 0 : head.variants.length;
  if (data.length !== expected) throw new Error(`it names ${expected} files and brings ${data.length}`);
  if (head.outcome === "refused") return head;
  const variants = head.variants.map((shape, at) => ({ shape, data: data[at] ?? new Uint8Array() }));
  return { ...head, variants };
}

const lengthBytes = 4;

function framed(parts: readonly Uint8Array[]): Uint8Array[] {
  return parts.flatMap((part) => {
    const length = new Uint8Array(lengthBytes);
    new DataView(length.buffer).setUint32(0, part.length);
    return [length, part];
  });
}

function unframed(message: Uint8Array): Uint8Array[] {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  const parts: Uint8Array[] = [];
  let at = 0;
  while (at < message.length) {
    const from = at + lengthBytes;
    const end = from > message.length ? Number.POSITIVE_INFINITY : from + view.getUint32(at);
    if (end > message.length) throw new Error("it ends in the middle of a part");
    parts.push(message.subarray(from, end));
    at = end;
  }
  return parts;
}
