/** Whom a text says to write to, to call or to pay: facts by themselves, since a changed digit changes nothing else. */

/** Only so much of a text is read for them. */
const charactersMax = 300_000;
const contactsMax = 100;
/** What has neither is read for nothing else. */
const mayHaveAny = /@|\d(?:[ .()/-]{0,2}\w){8}/;

const patterns: readonly (readonly [scheme: string, pattern: RegExp, isOne: (plain: string) => boolean])[] = [
  ["mailto", /(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}\b/gi, always],
  ["iban", /(?<![\w])[A-Z]{2}\d{2}(?:[ -]?[A-Z\d]{4}){2,7}(?:[ -]?[A-Z\d]{1,3})?(?![\w])/g, isIban],
  // Bitcoin (Base58Check, BIP 173), Ethereum, Tron.
  [
    "wallet",
    /(?<![\w])(?:bc1[a-z\d]{25,60}|0x[\da-fA-F]{40}|[13T][1-9A-HJ-NP-Za-km-z]{25,34})(?![\w])/g,
    isWallet,
  ],
  // RIB and its like: 20 to 24 digits.
  ["account", /(?<![\w+])\d(?:[ -]?\d){19,23}(?![\w])/g, always],
  ["tel", /(?<![\w+.,/-])(?:\+|0)\d?(?:[ .()-]{0,2}\d){7,13}(?![\w])/g, isPhone],
];

/** As `scheme:value` without spaces, in their order; of addresses in lower case. */
export function contactsIn(text: string): string[] {
  const read = westernDigits(text.slice(0, charactersMax));
  if (!mayHaveAny.test(read)) return [];
  const found = patterns.flatMap(([scheme, pattern, isOne]) =>
    read
      .matchAll(pattern)
      .map(([written]) => (scheme === "mailto" ? written.toLowerCase() : plain(written)))
      .filter(isOne)
      .take(contactsMax)
      .map((value) => `${scheme}:${value}`)
      .toArray(),
  );
  return [...new Set(found)];
}

function always(): boolean {
  return true;
}

function plain(written: string): string {
  return written.replace(/[ .()-]/g, "").replace(/^00/, "+");
}

/** ISO 13616: the remainder by 97 is 1. */
function isIban(account: string): boolean {
  const digits = (account.slice(4) + account.slice(0, 4)).replace(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  );
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97;
  return account.length >= 15 && rest === 1;
}

/** A word or a number is none: they mix letters of both cases with digits. */
function isWallet(address: string): boolean {
  if (/^(bc1|0x)/.test(address)) return true;
  return /[a-z]/.test(address) && /[A-Z]/.test(address) && /\d/.test(address.slice(1));
}

/** E.164: at most 15 digits. Fewer than nine are a year and a day. */
function isPhone(number: string): boolean {
  const digits = number.replace(/\D/g, "").length;
  return digits >= 9 && digits <= 15;
}

function westernDigits(text: string): string {
  if (!/[\u0660-\u0669\u06f0-\u06f9]/.test(text)) return text;
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) % 16));
}
