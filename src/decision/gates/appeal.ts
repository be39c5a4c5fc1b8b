/**
 * What somebody who was refused can read out over the phone: 16 letters and digits that tell the operator when, where and why, and nothing
 * about who. Two people who were refused in one minute for one reason have the same code.
 *
 * Crockford's base32: 15 characters, 75 bits, and one that checks them. The bits are the facts and 14 zeros, through a Feistel network of 8
 * rounds with HMAC-SHA256 (Luby and Rackoff, 1988; as in NIST SP 800-38G): a code that was made up reads as one in half a million times.
 */
import { sha256Bytes, utf8 } from "../../base/bytes.ts";
import type { GateKeys } from "./gate-keys.ts";

/** Only ever longer: a code says a place in the list. */
export const appealGates = ["work", "form", "sign-in", "reading"] as const;
export const appealReasons = [
  "overloaded",
  "forged ticket",
  "expired ticket",
  "asked too often",
  "rule",
  "ban",
  "challenge failed",
] as const;

export type AppealGate = (typeof appealGates)[number];
export type AppealReason = (typeof appealReasons)[number];

export interface Refused {
  readonly atMs: number;
  readonly gate: AppealGate;
  readonly reason: AppealReason;
  /** The rule's id, where it was one. */
  readonly rule?: string | undefined;
  /** Of what there is, what was taken: 0 to 1 and above. */
  readonly load: number;
}

export interface AppealFacts extends Omit<Refused, "rule"> {
  /** See `ruleMark`; undefined: no rule. */
  readonly ruleMark: number | undefined;
}

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const characters = 15;
/** Bits, from the left. */
const widths = { zeros: 14, minute: 24, gate: 4, reason: 6, rule: 20, load: 7 } as const;
/** Seven characters and eight. */
const [leftBits, rightBits] = [35n, 40n];
const rounds = 8;
const minuteMs = 60_000;
/** 24 bits of minutes last until 2051; then they begin anew. */
const sinceMs = Date.UTC(2020, 0);
/** This key never changes: an appeal may come late, and a code protects nothing but our reasons. */
const epoch = 0;
/** Longer than anybody types. */
const typedMax = 100;

/** XXXX-XXXX-XXXX-XXXX */
export function appealCode(keys: GateKeys, refused: Refused): string {
  const values: readonly (readonly [value: number, bits: number])[] = [
    [0, widths.zeros],
    [Math.floor((refused.atMs - sinceMs) / minuteMs), widths.minute],
    [appealGates.indexOf(refused.gate), widths.gate],
    [appealReasons.indexOf(refused.reason), widths.reason],
    [refused.rule === undefined ? 0 : ruleMark(refused.rule), widths.rule],
    [Math.min(100, Math.max(0, Math.round(refused.load * 100))), widths.load],
  ];
  const plain = values.reduce(
    (bits, [value, width]) => (bits << BigInt(width)) | BigInt(value % 2 ** width),
    0n,
  );
  const digits = digitsOf(mixed(keys, plain, "forward"));
  const text = [...digits, checkOf(digits)].map((digit) => alphabet[digit]).join("");
  return text.replace(/(.{4})(?=.)/g, "$1-");
}

/** Undefined: mistyped, or not ours. Capitals or not, spaces and hyphens anywhere, O for 0, I and L for 1, Arabic digits. */
export function readAppeal(keys: GateKeys, typed: string): AppealFacts | undefined {
  const all = typedDigits(typed);
  const digits = all?.slice(0, characters);
  if (digits === undefined || checkOf(digits) !== all?.[characters]) return undefined;
  const code = digits.reduce((bits, digit) => (bits << 5n) | BigInt(digit), 0n);
  let rest = mixed(keys, code, "back");
  const lowest = (bits: number): number => {
    const value = Number(BigInt.asUintN(bits, rest));
    rest >>= BigInt(bits);
    return value;
  };
  const [load, rule] = [lowest(widths.load) / 100, lowest(widths.rule)];
  const [reason, gate] = [appealReasons[lowest(widths.reason)], appealGates[lowest(widths.gate)]];
  const atMs = sinceMs + lowest(widths.minute) * minuteMs;
  if (rest !== 0n || reason === undefined || gate === undefined || load > 1) return undefined;
  return { atMs, gate, reason, ruleMark: rule === 0 ? undefined : rule, load };
}

/** 1 to 2^20 - 1: which of the rules that there are, not which of all. */
export function ruleMark(rule: string): number {
  const [high = 0, middle = 0, low = 0] = sha256Bytes(utf8(rule));
  return Math.max(1, ((high << 12) | (middle << 4) | (low >> 4)) >>> 0);
}

function typedDigits(typed: string): number[] | undefined {
  if (typed.length > typedMax) return undefined;
  const plain = typed
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
    .replace(/[\s\p{Dash_Punctuation}\p{Format}.,_]/gu, "")
    .toUpperCase()
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1");
  const digits = Array.from(plain, (character) => alphabet.indexOf(character));
  return digits.length === characters + 1 && !digits.includes(-1) ? digits : undefined;
}

function digitsOf(code: bigint): number[] {
  return Array.from({ length: characters }, (_, at) =>
    Number((code >> BigInt(5 * (characters - 1 - at))) & 31n),
  );
}

/** In GF(32), each digit has another weight: one wrong, or any two that changed places, are always noticed. */
function checkOf(digits: readonly number[]): number {
  return digits.reduce((sum, digit) => times2(sum ^ digit), 0);
}

/** Modulo x^5 + x^2 + 1, in which x is a generator. */
function times2(digit: number): number {
  const doubled = digit << 1;
  return doubled > 31 ? doubled ^ 0b10_0101 : doubled;
}

/** One half is changed by what the other one is, in turns; the same turns backwards undo it. */
function mixed(keys: GateKeys, code: bigint, way: "forward" | "back"): bigint {
  let [left, right] = [code >> rightBits, BigInt.asUintN(Number(rightBits), code)];
  for (let turn = 0; turn < rounds; turn += 1) {
    const round = way === "forward" ? turn : rounds - 1 - turn;
    if (round % 2 === 0) left ^= roundOf(keys, round, right) >> (64n - leftBits);
    else right ^= roundOf(keys, round, left) >> (64n - rightBits);
  }
  return (left << rightBits) | right;
}

/** 64 bits. */
function roundOf(keys: GateKeys, round: number, half: bigint): bigint {
  const message = new Uint8Array(8);
  new DataView(message.buffer).setBigUint64(0, half);
  const mac = keys.mac("appeal", epoch, message, `round ${round}`);
  return new DataView(mac.buffer, mac.byteOffset).getBigUint64(0);
}
