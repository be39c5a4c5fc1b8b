/** Text whose line ends count: code, and poems that WordPress keeps in the same element. */
import type { Handler } from "./context.ts";
import { cleanText } from "../../language/clean.ts";
import { declaredBy } from "./declared.ts";
import { unseenElements } from "./elements.ts";
import { hasClass, textBelow } from "./parse.ts";

const preformatted: Handler = (walk, element, context) => {
  const declared = { ...context.declared, ...declaredBy(element) };
  if (hasClass(element, "wp-block-verse")) {
    const inside = { ...context, declared, newlines: true };
    return walk.writer.paragraphs({ type: "paragraph" }, declared, () => walk.children(element, inside));
  }
  const text = cleanText(textBelow(element, unseenElements)).replace(/^\n+|\s+$/g, "");
  if (text === "") return;
  walk.writer.block({
    type: "codeBlock",
    attrs: walk.writer.attributes(text, declared),
    content: [{ type: "text", text }],
  });
};

export const preformattedHandlers: ReadonlyMap<string, Handler> = new Map([
  ["pre", preformatted],
  ["listing", preformatted],
  ["xmp", preformatted],
]);
