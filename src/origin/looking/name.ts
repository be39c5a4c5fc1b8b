/**
 * What the names that are watched lead to: their addresses, name servers and mail, and the certificate that is shown there. A site can
 * be taken away from its readers without its server being touched.
 */
import type { NewFact } from "../../guard/verdict.ts";

export interface NameRecord {
  readonly name: string;
  /** A and AAAA, sorted; the same for the others. */
  readonly addresses: readonly string[];
  readonly aliases: readonly string[];
  readonly nameServers: readonly string[];
  readonly mail: readonly string[];
  readonly certificate: Certificate | null;
}

export interface Certificate {
  /** SHA-256 of its bytes, in hexadecimal digits. */
  readonly fingerprint: string;
  /** The issuer's organisation, or its name. */
  readonly issuer: string;
  /** RFC 3339. */
  readonly expiresAt: string;
  /** It vouches for the name, and its chain is trusted here. */
  readonly isValid: boolean;
  /** That it was made for: `example.org`, `*.example.org`. */
  readonly names: readonly string[];
}

/** A fortnight before its end a certificate should have been renewed. */
const renewedBeforeMs = 14 * 86_400_000;

/**
 * What became different. A name that leads nowhere any more, or to other name servers, or a certificate that is not valid, contradicts; other addresses
 * and another issuer are doubts, since hosts move; a renewal is nothing.
 */
export function changesOf(before: NameRecord, now: NameRecord, nowMs: number): NewFact[] {
  return [
    ...changeOf("addresses", before.addresses, now.addresses, isDisjoint(before.addresses, now.addresses)),
    ...changeOf("aliases", before.aliases, now.aliases, !same(before.aliases, now.aliases)),
    ...changeOf(
      "name servers",
      before.nameServers,
      now.nameServers,
      !same(before.nameServers, now.nameServers),
    ),
    ...changeOf("mail", before.mail, now.mail, !same(before.mail, now.mail)),
    ...certificateChanges(before.certificate, now.certificate, nowMs),
  ];
}

/** Round robin gives some of the same addresses in each answer; a name that moved shares none with what it was. */
function isDisjoint(before: readonly string[], now: readonly string[]): boolean {
  return before.length > 0 && !now.some((address) => before.includes(address));
}

function same(before: readonly string[], now: readonly string[]): boolean {
  return before.length === now.length && before.every((each, at) => each === now[at]);
}

type Watched = "addresses" | "aliases" | "name servers" | "mail";
const weights: Readonly<Record<Watched, NewFact["weight"]>> = {
  addresses: "doubt",
  aliases: "doubt",
  "name servers": "contradicts",
  mail: "doubt",
};

function changeOf(
  what: Watched,
  before: readonly string[],
  now: readonly string[],
  isChanged: boolean,
): NewFact[] {
  if (!isChanged) return [];
  const isGone = now.length === 0 && what === "addresses";
  const weight = isGone ? "contradicts" : weights[what];
  return [{ what: `dns ${what}`, value: list(now), before: list(before), weight }];
}

function certificateChanges(before: Certificate | null, now: Certificate | null, nowMs: number): NewFact[] {
  if (before === null && now === null) return [];
  if (now === null) return [told("certificate", "none is shown", before?.issuer, "contradicts")];
  if (!now.isValid && before?.isValid !== false)
    return [told("certificate", `not valid: ${now.issuer}`, before?.issuer, "contradicts")];
  const issuer =
    before !== null && before.issuer !== now.issuer
      ? [told("certificate issuer", now.issuer, before.issuer, "doubt")]
      : [];
  const endsSoon = Date.parse(now.expiresAt) - nowMs < renewedBeforeMs;
  return endsSoon ? [...issuer, told("certificate", `ends ${now.expiresAt}`, undefined, "note")] : issuer;
}

function told(what: string, value: string, before: string | undefined, weight: NewFact["weight"]): NewFact {
  return before === undefined ? { what, value, weight } : { what, value, before, weight };
}

function list(values: readonly string[]): string {
  return values.length === 0 ? "none" : values.join(", ").slice(0, 500);
}
