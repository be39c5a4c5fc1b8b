/** What a machine can tell is wrong with a page: whom it keeps out, and what doesn't fit its screen. */
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const axe = await Bun.file(Bun.resolveSync("axe-core/axe.min.js", import.meta.dir)).text();

/** Each width once and each scheme once: what one breaks shows in one of them. */
const screens = [
  { name: "phone, light", size: { width: 360, height: 740 }, colorScheme: "light" },
  { name: "desktop, dark", size: { width: 1280, height: 900 }, colorScheme: "dark" },
] as const;

/** WCAG 2.5.5, and what a thumb needs. */
const targetPx = 44;

/** What is wrong with the open page, on a phone and on a desk, by day and by night. */
export async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found: string[] = [];
  for (const { name, size, colorScheme } of screens) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (overflow > 0) found.push(`${name}: ${overflow} px too wide`);
    // Without a style of its own the browser's colours hold; axe takes its dark canvas for white.
    const isPlain = (await page.locator("link[rel=stylesheet], style").count()) === 0;
    const rules = isPlain ? { "color-contrast": { enabled: false } } : {};
    const options = JSON.stringify({ rules, reporter: "no-passes", preload: false });
    const { violations } = (await page.evaluate(`axe.run(${options})`)) as AxeResults;
    found.push(...violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html}`));
  }
  return found;
}

/** What can be pressed and is smaller than a thumb; links within running words are exempt (WCAG 2.5.5). */
export function smallTargets(page: Page): Promise<string[]> {
  return page
    .locator(":is(a, button, input, select, textarea):not([type=hidden], .skip, p:not(.bar-name) a)")
    .evaluateAll(
      (all, least) =>
        all
          .map((element) => element.closest("label") ?? element)
          .filter((element) => {
            const { width, height } = element.getBoundingClientRect();
            const isShown = width > 0 && height > 0;
            return isShown && (height < least || width < least);
          })
          .map((element) => element.outerHTML),
      targetPx,
    );
}
