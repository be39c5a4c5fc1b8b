/** Notices when words of somebody's have become part of a page: a script that ran, a request that they made, an element that they left. */
import type { BrowserContext, Page } from "playwright-core";

const trapPaths = ["/trap", "/trap.js", "/trap.css"];

export class Trap {
  /** What went off, and on which page. */
  readonly sprung: string[] = [];

  static async in(context: BrowserContext): Promise<Trap> {
    const trap = new Trap();
    await context.exposeFunction("trap", () => trap.sprung.push("trap() was called"));
    context.on("page", (page) => trap.#watch(page));
    for (const page of context.pages()) trap.#watch(page);
    return trap;
  }

  /** What is in the page as it stands now. */
  async look(page: Page): Promise<void> {
    const left = await page.evaluate(traces);
    for (const each of left) this.sprung.push(`${page.url()}: ${each}`);
  }

  #watch(page: Page): void {
    const note = (what: string): void => void this.sprung.push(`${page.url()}: ${what}`);
    page.on("dialog", (dialog) => {
      note(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => {
      const { hostname, pathname } = new URL(request.url());
      if (hostname === "trap.invalid" || trapPaths.includes(pathname)) note(`asked for ${request.url()}`);
    });
    page.on("console", (message) => {
      if (/Content Security Policy|trap/i.test(message.text())) note(message.text());
    });
    page.on("pageerror", (error) => note(String(error)));
  }
}

/** Elements that no page of ours has. Runs in the page. */
function traces(): string[] {
  const strange =
    "[data-trap], [onload], [onerror], [onfocus], [onmouseover], base, iframe[srcdoc], a[href^='javascript:' i]";
  const inline = "script:not([src]):not([type='application/json'])";
  return [...document.querySelectorAll(`${strange}, ${inline}`)].map((found) =>
    found.outerHTML.slice(0, 200),
  );
}
