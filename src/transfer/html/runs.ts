/** The words of one paragraph while it is being written: runs of text with their marks, whitespace collapsed as browsers do. */
import { cleanText } from "../../language/clean.ts";
import type { Inline, Mark } from "../../pieces/body.ts";
import { safeMedia } from "./links.ts";

/** Nothing that a reader would see: white space of any kind and characters without width. */
const invisible = /^[\s\u200b-\u200f\u2060]*$/;
/** HTML's own white space; a no-break space is a character like any other. */
const whitespace = /[ \t\n\f\r]+/g;

export class Runs {
  #runs: Inline[] = [];
  /** At the beginning of a line or after a space: another space would not be seen. */
  #atEdge = true;

  get isBlank(): boolean {
    return this.#runs.every((run) => run.type === "hardBreak" || invisible.test(run.text));
  }

  get endsWithBreak(): boolean {
    return this.#runs.at(-1)?.type === "hardBreak";
  }

  /** White space becomes one space, and none at the beginning of a line. */
  text(value: string, marks: readonly Mark[]): void {
    const collapsed = cleanText(value).replace(whitespace, " ");
    const text = this.#atEdge ? collapsed.replace(/^ /, "") : collapsed;
    if (text === "") return;
    this.#atEdge = text.endsWith(" ");
    const last = this.#runs.at(-1);
    if (last?.type === "text" && sameMarks(last.marks ?? [], marks)) last.text += text;
    else this.#runs.push({ type: "text", text, ...(marks.length > 0 && { marks: [...marks] }) });
  }

  lineBreak(): void {
    this.#trimEnd();
    if (this.#runs.length > 0) this.#runs.push({ type: "hardBreak" });
    this.#atEdge = true;
  }

  /** What was written, without breaks and spaces at its end; empty where nobody would see it. Begins anew. */
  take(): Inline[] {
    const taken = this.isBlank ? [] : this.#trimmed();
    this.#runs = [];
    this.#atEdge = true;
    return taken.map(linked);
  }

  #trimmed(): Inline[] {
    while (this.endsWithBreak) this.#runs.pop();
    this.#trimEnd();
    return this.#runs;
  }

  #trimEnd(): void {
    const last = this.#runs.at(-1);
    if (last?.type !== "text") return;
    last.text = last.text.replace(/ $/, "");
    if (last.text === "") this.#runs.pop();
  }
}

function sameMarks(left: readonly Mark[], right: readonly Mark[]): boolean {
  return left.length === right.length && JSON.stringify(left) === JSON.stringify(right);
}

/** An address alone on its line is a link: WordPress shows what it points to there. */
function linked(run: Inline): Inline {
  if (run.type !== "text" || run.marks?.some(({ type }) => type === "link")) return run;
  const href = /^https?:\/\/\S+$/.test(run.text) ? safeMedia(run.text) : undefined;
  return href === undefined
    ? run
    : { ...run, marks: [{ type: "link", attrs: { href } }, ...(run.marks ?? [])] };
}
