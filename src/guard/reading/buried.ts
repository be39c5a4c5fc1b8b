/** What might be markup to another parser than ours, or to a script that unpacks it: known again by a hash. */
import { sha256 } from "../../base/bytes.ts";
import { type References, hostOf } from "./reference.ts";
import { Tag, isLetter } from "./tag.ts";

const tagsMax = 300;
/** Tags without an end are looked for only so often: each takes a walk to the end. */
const brokenMax = 4;
/** Whole addresses of these count; of others only the host: what lies in comments changes with a page's own links. */
const strong: ReadonlySet<string> = new Set([
  "script",
  "iframe",
  "frame",
  "object",
  "embed",
  "base",
  "form",
  "meta",
  "link",
]);
const addresses: ReadonlySet<string> = new Set([
  "src",
  "href",
  "action",
  "data",
  "formaction",
  "srcdoc",
  "content",
]);

/** Undefined where there is no tag in it. */
export function buriedMarkup(
  text: string,
  from: number,
  to: number,
  references: References,
): string | undefined {
  const part = text.slice(from, to);
  const found: string[] = [];
  const tag = new Tag();
  let broken = 0;
  for (let at = part.indexOf("<"); at >= 0 && found.length < tagsMax; at = part.indexOf("<", at)) {
    if (isLetter(part.charCodeAt(at + 1)) && broken < brokenMax) {
      if (tag.read(part, at, at + 1)) {
        found.push(described(tag, references));
        at = tag.end;
        continue;
      }
      broken += 1;
    }
    at += 1;
  }
  return found.length === 0 ? undefined : sha256(found.join("\n")).slice(0, 32);
}

function described(tag: Tag, references: References): string {
  const parts = [tag.name];
  for (let at = 0; at < tag.count; at += 1) {
    const name = tag.names[at] ?? "";
    if (name.startsWith("on")) parts.push(name, tag.value(at));
    else if (addresses.has(name)) {
      const reference = references.of(tag.value(at));
      parts.push(strong.has(tag.name) ? (reference.split("?", 1)[0] ?? "") : hostOf(reference));
    }
  }
  return parts.join(" ");
}
