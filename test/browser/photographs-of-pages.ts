/** Pictures of pages for README and docs: a desk's screen beside a phone's, in one file that stays small. */
import { mkdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import sharp from "sharp";

const folder = resolve(import.meta.dir, "../../docs/pictures");
/** A page that shows several of them is to open on a bad line, too. */
const bytesMax = 200_000;

export const desk = { viewport: { width: 1280, height: 900 }, colorScheme: "light" } as const;
export const phone = { viewport: { width: 390, height: 844 }, colorScheme: "dark" } as const;

export async function photographAt(on: Browser, url: string, screen: BrowserContextOptions): Promise<Buffer> {
  await using page = await on.newPage(screen);
  await page.goto(url);
  return await page.screenshot();
}

/** Of a page that somebody is signed in on. */
export async function photographOf(page: Page, { viewport, colorScheme }: typeof desk | typeof phone) {
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme });
  return await page.screenshot();
}

/** On a transparent ground, so that it looks right on light and dark pages. Throws where the file would be too large. */
export async function writeSideBySide(
  on: Browser,
  name: string,
  wide: Buffer,
  narrow: Buffer,
): Promise<void> {
  const file = join(folder, name);
  const small = await sharp(await sideBySide(on, wide, narrow))
    .png({ palette: true, quality: 90, effort: 10 })
    .toBuffer();
  if (small.length > bytesMax) throw new Error(`${name} has ${small.length} bytes; ${bytesMax} are the most`);
  await mkdir(dirname(file), { recursive: true });
  await Bun.write(file, small);
  process.stdout.write(`wrote ${file}: ${small.length} bytes\n`);
}

async function sideBySide(on: Browser, wide: Buffer, narrow: Buffer): Promise<Buffer> {
  await using page = await on.newPage({ viewport: { width: 1280, height: 680 } });
  const [left, right] = [wide, narrow].map((image) => `data:image/png;base64,${image.toString("base64")}`);
  await page.setContent(`<style>
    body { margin: 0; padding: 12px; display: flex; gap: 28px; align-items: center; justify-content: center }
    img { display: block; box-sizing: border-box; border: 1px solid #8888; border-radius: 6px }
    img + img { border: 6px solid #444; border-radius: 26px }
  </style><img src="${left}" width="900"><img src="${right}" width="296">`);
  return await page.locator("body").screenshot({ omitBackground: true });
}
