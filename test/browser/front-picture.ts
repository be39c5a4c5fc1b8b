/** Takes README's picture: the demo's Arabic front page on a desktop beside a French story on a phone at night. `bin/picture` runs it. */
import { mkdir } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { seededRandom } from "../../src/base/random.ts";
import { loadDemo } from "../../src/transfer/demo/load-demo.ts";
import { createModel } from "../model/model.ts";
import { renderAll, siteConfig, sourceOf } from "../model/render.ts";
import { launchBrowser } from "./browser.ts";
import { serveSite } from "./site-server.ts";

const file = resolve(import.meta.dir, "../../docs/pictures/front.png");
/** Behind the demo's last story, so that all of it is published. */
const day = "2026-05-20T12:00:00Z";
const story = "/fr/2026/05/mersa-rih-a-soif";
const desktop = { viewport: { width: 1280, height: 900 }, colorScheme: "light" } as const;
const phone = { viewport: { width: 390, height: 844 }, colorScheme: "dark" } as const;

await using browser = await launchBrowser();
if (browser === null) throw new Error("there is no Chromium that starts");
using server = serveSite(demoPages(), "portal");
const front = await photograph(browser, `${server.origin}/ar/`, desktop);
const night = await photograph(browser, server.origin + story, phone);
await mkdir(dirname(file), { recursive: true });
await Bun.write(file, await sideBySide(browser, front, night));
process.stdout.write(`wrote ${file}: ${Bun.file(file).size} bytes\n`);

function demoPages(): ReturnType<typeof renderAll> {
  const { database, clock } = createModel(Date.parse(day));
  const config = { ...siteConfig, site: { ...siteConfig.site, name: "Kasbah" } };
  loadDemo(database, { config, clock, random: seededRandom(1) });
  return renderAll(sourceOf({ database }, config));
}

async function photograph(on: Browser, url: string, screen: BrowserContextOptions): Promise<string> {
  await using page = await on.newPage(screen);
  await page.goto(url);
  return `data:image/png;base64,${(await page.screenshot()).toString("base64")}`;
}

/** On a transparent ground, so that it looks right on light and dark pages. */
async function sideBySide(on: Browser, wide: string, narrow: string): Promise<Buffer> {
  await using page = await on.newPage({ viewport: { width: 1280, height: 680 } });
  await page.setContent(`<style>
    body { margin: 0; padding: 12px; display: flex; gap: 28px; align-items: center; justify-content: center }
    img { display: block; box-sizing: border-box; border: 1px solid #8888; border-radius: 6px }
    img + img { border: 6px solid #444; border-radius: 26px }
  </style><img src="${wide}" width="900"><img src="${narrow}" width="296">`);
  return await page.locator("body").screenshot({ omitBackground: true });
}
