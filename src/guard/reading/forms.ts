/** The forms of a page: where they send, how, and whether they ask for a password. */
import type { Gathering } from "./gathering.ts";
import type { Tag } from "./tag.ts";

interface Form {
  readonly id: string | undefined;
  readonly method: string;
  readonly action: string;
  asksPassword: boolean;
}

const formsMax = 500;

export class Forms {
  readonly #facts: Gathering;
  readonly #forms: Form[] = [];
  #open: Form | undefined;
  /** Forms by id that password fields far away from them name. */
  readonly #passwordFor = new Set<string>();

  constructor(facts: Gathering) {
    this.#facts = facts;
  }

  open(tag: Tag): void {
    const form = this.#form(tag.get("method"), tag.get("action") ?? "", tag.get("id"));
    // Of forms within each other the outer one is sent; both are facts.
    this.#open ??= form;
  }

  close(): void {
    this.#open = undefined;
  }

  /** A button's own address. */
  submitTo(address: string): void {
    this.#form(undefined, address, undefined);
  }

  field(tag: Tag): void {
    if (tag.get("type")?.trim().toLowerCase() !== "password") return;
    const id = tag.get("form");
    if (id !== undefined) this.#passwordFor.add(id);
    else if (this.#open !== undefined) this.#open.asksPassword = true;
    // A script sends it.
    else this.#facts.add("forms", "- password");
  }

  finish(): void {
    for (const { id, method, action, asksPassword } of this.#forms) {
      const asks = asksPassword || (id !== undefined && this.#passwordFor.has(id));
      this.#facts.add("forms", `${method} ${action}${asks ? " password" : ""}`);
    }
    const ids = new Set(this.#forms.map(({ id }) => id));
    if ([...this.#passwordFor].some((id) => !ids.has(id))) this.#facts.add("forms", "- password");
  }

  #form(method: string | undefined, action: string, id: string | undefined): Form {
    const form = { id, method: methodOf(method), action: this.#address(action), asksPassword: false };
    if (this.#forms.length < formsMax) this.#forms.push(form);
    else this.#facts.over ??= "elements";
    return form;
  }

  /** Without its query, which is often new for each answer; "." is the page itself. */
  #address(action: string): string {
    if (action.trim() === "") return ".";
    this.#facts.codeIn(action);
    return this.#facts.references.of(action).split("?", 1)[0] ?? "";
  }
}

function methodOf(said: string | undefined): string {
  const method = said?.trim().toUpperCase();
  return method === "POST" || method === "DIALOG" ? method : "GET";
}
