/** Text that HTML and XML can carry: everything that is stored goes through here once, at the border. */

/** XML 1.0, section 2.2, and the C1 controls, which nobody types on purpose. Tab and line feed stay. */
// oxlint-disable-next-line no-control-regex
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufdd0-\ufdef\ufffe\uffff]/g;

/** Takes out control characters and non-characters; a lone surrogate becomes U+FFFD; line ends become `\n`. */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(unprintable, "").toWellFormed();
}
