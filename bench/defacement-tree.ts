/** Pages as trees that the bench of defacements changes: what to find in them, and how to put something else there. */
import {
  type DefaultTreeAdapterTypes as Tree,
  defaultTreeAdapter,
  parse,
  parseFragment,
  serialize,
} from "parse5";

export type Element = Tree.Element;

export class PageTree {
  readonly document: Tree.Document;

  constructor(markup: string) {
    this.document = parse(markup);
  }

  get html(): string {
    return serialize(this.document);
  }

  all(...names: readonly string[]): Element[] {
    const found: Element[] = [];
    const walk = (node: Tree.ParentNode): void => {
      for (const child of node.childNodes) {
        if (!("tagName" in child)) continue;
        if (names.includes(child.tagName)) found.push(child);
        walk(child);
      }
    };
    walk(this.document);
    return found;
  }

  get body(): Element {
    const [body] = this.all("body", "frameset");
    if (body === undefined) throw new Error("reading a sample: it has no body");
    return body;
  }

  get head(): Element {
    const [head] = this.all("head");
    if (head === undefined) throw new Error("reading a sample: it has no head");
    return head;
  }

  /** The smallest element with most of the text: what a theme puts between header and footer. */
  get main(): Element {
    let { body: found } = this;
    const whole = textOf(found).length;
    for (;;) {
      const next = found.childNodes.find(
        (child): child is Element => "tagName" in child && textOf(child).length > whole * 0.5,
      );
      if (next === undefined) return found;
      found = next;
    }
  }
}

export function textOf(node: Tree.Node): string {
  if ("value" in node) return node.value;
  if (!("childNodes" in node)) return "";
  if ("tagName" in node && ["script", "style", "noscript"].includes(node.tagName)) return "";
  return node.childNodes.map(textOf).join("");
}

export function setText(element: Element, text: string): void {
  element.childNodes = [];
  defaultTreeAdapter.insertText(element, text);
}

export function setInner(element: Element, markup: string): void {
  element.childNodes = [];
  append(element, markup);
}

export function append(element: Element, markup: string): void {
  for (const child of parseFragment(markup).childNodes) defaultTreeAdapter.appendChild(element, child);
}

export function prepend(element: Element, markup: string): void {
  const rest = [...element.childNodes];
  element.childNodes = [];
  append(element, markup);
  for (const child of rest) element.childNodes.push(child);
}

export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((one) => one.name === name)?.value;
}

export function setAttribute(element: Element, name: string, value: string): void {
  element.attrs = [...element.attrs.filter((one) => one.name !== name), { name, value }];
}

/** Beside itself, once more. */
export function copyAfter(element: Element): Element {
  const parent = element.parentNode;
  const [copy] = parseFragment(serialize({ ...emptyFragment(), childNodes: [element] })).childNodes;
  if (parent === null || copy === undefined || !("tagName" in copy)) return element;
  copy.parentNode = parent;
  parent.childNodes.splice(parent.childNodes.indexOf(element) + 1, 0, copy);
  return copy;
}

function emptyFragment(): Tree.DocumentFragment {
  return { nodeName: "#document-fragment", childNodes: [] };
}
