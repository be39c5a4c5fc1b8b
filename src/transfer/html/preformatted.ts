/** Text whose line ends count: code, and poems that WordPress keeps in the same element. */
import type { Handler } from "./context.ts";
import { cleanText } from "../../language/clean.ts";
import { blockContext } from "./declared.ts";
import { unseenElements } from "./elements.ts";
import { hasClass, textBelow } from "./parse.ts";

const preformatted: Handler = (walk, element, context) => {
  const inside = { ...blockContext(element, context), newlines: true };
  if (hasClass(element, "wp-block-verse")) {
    return walk.writer.paragraphs(inside.declared, () => walk.children(element, inside));
  }
  const text = cleanText(textBelow(element, unseenElements)).replace(/^\n+|\s+$/g, "");
  if (text === "") return;
  walk.writer.block({
    type: "codeBlock",
    attrs: walk.writer.attributes(text, inside.declared),
    content: [{ type: "text", text }],
  });
};

export const preformattedHandlers: ReadonlyMap<string, Handler> = new Map([
  ["pre", preformatted],
  ["listing", preformatted],
  ["xmp", preformatted],
]);
