/** HTML to a tree, as browsers read it (parse5), with limits that hold whatever the input. */
import { type DefaultTreeAdapterTypes, defaultTreeAdapter, html as standard, parseFragment } from "parse5";

export type Element = DefaultTreeAdapterTypes.Element;
export type Node = DefaultTreeAdapterTypes.ChildNode;
export type ParentNode = DefaultTreeAdapterTypes.ParentNode;

/** Far beyond what any editor makes; what is deeper or has more elements is an accident or an attack. */
export const treeLimits = { depth: 256, elements: 100_000 } as const;

class TooComplex extends Error {}

/** The content of an imaginary `<body>`; undefined where the tree would pass the limits. */
export function parseTree(html: string): ParentNode | undefined {
  const body = defaultTreeAdapter.createElement("body", standard.NS.HTML, []);
  try {
    return parseFragment(body, html, { treeAdapter: guardedAdapter(), scriptingEnabled: false });
  } catch (thrown) {
    if (thrown instanceof TooComplex) return undefined;
    throw thrown;
  }
}

/** Counts while the tree grows, so that a hostile one is given up early: parse5's own work grows with depth. */
function guardedAdapter(): typeof defaultTreeAdapter {
  let elements = 0;
  let depth = 0;
  return {
    ...defaultTreeAdapter,
    createElement(name, namespace, attributes) {
      elements += 1;
      if (elements > treeLimits.elements) throw new TooComplex();
      return defaultTreeAdapter.createElement(name, namespace, attributes);
    },
    onItemPush() {
      depth += 1;
      if (depth > treeLimits.depth) throw new TooComplex();
    },
    onItemPop() {
      depth -= 1;
    },
  };
}

export function isElement(node: Node | ParentNode): node is Element {
  return "tagName" in node;
}

/** Some of an element's children, to be walked by themselves. */
export function fragment(childNodes: Node[]): ParentNode {
  return { nodeName: "#document-fragment", childNodes };
}

export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((each) => each.name === name)?.value;
}

export function hasClass(element: Element, name: string): boolean {
  return (attribute(element, "class") ?? "").split(/\s+/).includes(name);
}

/** Every text below, in order; `<br>` is a line end. */
export function textBelow(parent: ParentNode, skipped: ReadonlySet<string>): string {
  return parent.childNodes
    .map((node) => {
      if (node.nodeName === "#text") return (node as DefaultTreeAdapterTypes.TextNode).value;
      if (!isElement(node) || skipped.has(node.tagName)) return "";
      return node.tagName === "br" ? "\n" : textBelow(node, skipped);
    })
    .join("");
}
