/** A page prepared once, with places that are filled in for each answer: a flood asks for thousands of them a second. */

export class Template<Slot extends string> {
  /** Text and slots by turns; text first and last. */
  readonly #parts: readonly string[];

  /** `text` has its slots as `{slot}`; other braces are text. */
  constructor(text: string, slots: readonly Slot[]) {
    this.#parts = text.split(new RegExp(`\\{(${slots.join("|")})\\}`));
  }

  /** Values stand as they are: whoever hands them in has escaped them. */
  filledWith(values: Readonly<Record<Slot, string>>): string {
    let filled = "";
    this.#parts.forEach((part, at) => {
      filled += at % 2 === 0 ? part : values[part as Slot];
    });
    return filled;
  }
}
