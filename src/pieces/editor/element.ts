/** Makes elements. Everything that comes in is set as text or as an attribute, never read as markup. */

type Attributes = Readonly<Record<string, string | boolean | undefined>>;

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (typeof value === "string") made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

export function button(label: string, onClick: () => void, kind = "plain"): HTMLButtonElement {
  const made = element("button", { type: "button", class: `button ${kind}` }, label);
  made.addEventListener("click", onClick);
  return made;
}

let numbered = 0;

/** For a label to name what it belongs to. */
export function freshId(stem: string): string {
  numbered += 1;
  return `${stem}-${numbered}`;
}

/** A field with its label. */
export function labelled(label: string, field: HTMLInputElement): HTMLElement {
  field.id = freshId("field");
  return element("div", { class: "field" }, element("label", { for: field.id }, label), field);
}
