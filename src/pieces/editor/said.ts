/** What the page says above the tools to whoever writes: a fault with what can be done about it, an offer, a conflict. One at a time. */
import { button, element } from "./element.ts";
import type { SaveAnswer } from "./exchange.ts";
import type { Sent } from "./sending.ts";
import type { EditorWords } from "./words.ts";

export type SaveFault = Exclude<Sent, SaveAnswer>;

export class Said {
  readonly area = element("div", { class: "editor-said" });
  readonly #words: EditorWords["faults"];

  constructor({ faults }: EditorWords) {
    this.#words = faults;
  }

  clear(): void {
    this.area.replaceChildren();
  }

  show(panel: HTMLElement): void {
    this.area.replaceChildren(panel);
  }

  /** "bad": something is in the way; "warning": something to be decided on. */
  tell(tone: "bad" | "warning", sentence: string, ...actions: readonly HTMLElement[]): void {
    const notice = element(
      "div",
      { class: `notice ${tone}`, role: "alert" },
      element("p", {}, sentence),
      element("div", { class: "actions" }, ...actions),
    );
    this.show(notice);
    notice.scrollIntoView({ block: "nearest" });
  }

  /** Why it isn't saved, and the way to try once more. */
  fault(fault: SaveFault, retry: () => void): void {
    const words = this.#words;
    const again = button(words.retry, retry);
    switch (fault.outcome) {
      case "signed out":
        return this.tell("bad", words.signedOut, signInLink(words.signIn), again);
      case "unreachable":
        return this.tell("bad", words.unreachable, again);
      case "refused":
        return this.tell("bad", words.refused(reasonOf(fault, words)), again);
    }
  }
}

function reasonOf(
  { status, reason }: Extract<SaveFault, { outcome: "refused" }>,
  words: EditorWords["faults"],
): string {
  if (status === 413) return words.tooLong;
  return status === 422 ? words.notOurs : reason;
}

/** In another window, so that what is written here stays. */
function signInLink(words: string): HTMLAnchorElement {
  return element("a", { class: "button", href: "/sign-in", target: "_blank", rel: "noopener" }, words);
}
