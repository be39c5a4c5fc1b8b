/** Bytes as the text that browsers make of them (WHATWG HTML, 13.2.3; Encoding). */

export interface Decoded {
  readonly text: string;
  /** WHATWG's name of the encoding. */
  readonly encoding: string;
  /** What makes browsers differ: `utf-7`, `escape sequences`, `two character sets`. */
  readonly oddities: readonly string[];
}

/** Bytes in which browsers look for `<meta charset>`. */
const scannedBytes = 1_024;

/** `type`: the whole Content-Type. */
export function decode(body: Uint8Array, type: string): Decoded {
  const head = latin1(body.subarray(0, scannedBytes));
  const marked = byteOrderMark(head);
  const said = encodingOf(/charset\s*=\s*["']?\s*([^\s"';]+)/i.exec(type)?.[1]);
  const inside = declaredIn(head);
  const declared = marked ?? said ?? inside;
  const { text, encoding } = declared === undefined ? guessed(body) : decodedAs(body, declared);
  const oddities: string[] = [];
  const saysSeven = /utf-?7/i.test(type) || /charset\s*=\s*["']?\s*(unicode-1-1-)?utf-?7/i.test(head);
  if (saysSeven || (declared === undefined && text.includes("+ADw-"))) oddities.push("utf-7");
  // Where nothing is declared, some browsers take these for ISO-2022: bytes that look like text become tags.
  if (declared === undefined && hasEscapeSequences(body)) oddities.push("escape sequences");
  if (inside !== undefined && declared !== inside) oddities.push("two character sets");
  return { text, encoding, oddities };
}

/** ESC "$" or ESC "(". */
function hasEscapeSequences(body: Uint8Array): boolean {
  for (let at = body.indexOf(0x1b); at >= 0; at = body.indexOf(0x1b, at + 1)) {
    if (body[at + 1] === 0x24 || body[at + 1] === 0x28) return true;
  }
  return false;
}

function byteOrderMark(head: string): string | undefined {
  if (head.startsWith("\xef\xbb\xbf")) return "utf-8";
  if (head.startsWith("\xfe\xff")) return "utf-16be";
  if (head.startsWith("\xff\xfe")) return "utf-16le";
  return undefined;
}

/** The first <meta> that names one, or an XML declaration. */
function declaredIn(head: string): string | undefined {
  const xml = /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([^"']+)/.exec(head)?.[1];
  if (xml !== undefined) return encodingOf(xml);
  for (const [tag] of head.replace(/<!--[\s\S]*?(-->|$)/g, "").matchAll(/<meta[\s/][^>]*/gi)) {
    const found = encodingOf(/charset\s*=\s*["']?\s*([^\s"'/>;]+)/i.exec(tag)?.[1]);
    // A page whose ASCII could be read can't be UTF-16.
    if (found !== undefined) return found.startsWith("utf-16") ? "utf-8" : found;
  }
  return undefined;
}

/** WHATWG's name; undefined for labels that browsers don't know. */
function encodingOf(label: string | undefined): string | undefined {
  if (label === undefined) return undefined;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}

const strict = new TextDecoder("utf-8", { fatal: true });

/** Browsers guess here, too: UTF-8 where it can be nothing else. */
function guessed(body: Uint8Array): { text: string; encoding: string } {
  try {
    return { text: strict.decode(body), encoding: "utf-8" };
  } catch {
    return decodedAs(body, "windows-1252");
  }
}

function decodedAs(body: Uint8Array, encoding: string): { text: string; encoding: string } {
  return { text: new TextDecoder(encoding).decode(body), encoding };
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}
