/** A picture of ours in a real browser: it loads from the site itself, in a fitting size, within its column, and axe finds nothing. */
import { afterAll, expect, test } from "bun:test";
import { Pictures } from "../../src/media/store.ts";
import { createSources } from "../../src/site/source.ts";
import { createModel, type Model } from "../model/model.ts";
import { publishStory } from "../model/newsroom.ts";
import { renderAll, siteConfig } from "../model/render.ts";
import { drawn, openPictures } from "../pictures.ts";
import { launchBrowser, opened } from "./browser.ts";
import { faults } from "./faults.ts";
import { serveSite } from "./site-server.ts";

const browser = await launchBrowser();
afterAll(async () => await browser?.close());

test.skipIf(browser === null).each(["ar", "fr"] as const)(
  "in a story in %s, on a phone and on a desktop",
  async (language) => {
    await using store = openPictures();
    const model = createModel();
    const pictures = new Pictures({ ...store.options, database: model.database });
    const path = await publishWithPicture(model, pictures, language);
    const sources = createSources(model.database, siteConfig, (file) => pictures.file(file));
    using server = serveSite(renderAll(sources()), "portal");
    const loaded: string[] = [];
    for (const width of [390, 1_280]) {
      await using page = await opened(browser).newPage({ viewport: { width, height: 800 } });
      await page.goto(server.origin + path);
      const image = page.locator(".picture img");
      await image.scrollIntoViewIfNeeded();
      await image.evaluate((shown: HTMLImageElement) => shown.decode());
      loaded.push(await image.evaluate((shown: HTMLImageElement) => new URL(shown.currentSrc).pathname));
      expect(await faults(page)).toEqual([]);
    }
    expect(loaded.map((each) => each.split("-").at(-1))).toEqual(["480.webp", "960.webp"]);
    model.database.close();
  },
  30_000,
);

async function publishWithPicture(model: Model, pictures: Pictures, language: "ar" | "fr"): Promise<string> {
  const added = await pictures.add(await drawn("jpeg", 1_000, 600), null);
  if (added.outcome === "refused") throw new Error(`refused: ${added.reason}`);
  const attrs = { id: "i", media: added.picture.id, alt: "La place vide", caption: "Rabat, dimanche." };
  const texts = publishStory(model, {
    hoursAgo: 1,
    words: { [language]: ["Une place", "", "Un.", "Deux."] },
    blocks: [{ type: "image", attrs }],
  });
  return model.pieces.text(texts.get(language) ?? "")?.path ?? "";
}
