/** Takes README's first picture: the demo's Arabic front page on a desk beside a French story on a phone at night. `bin/picture` runs it. */
import { seededRandom } from "../../src/base/random.ts";
import { loadDemo } from "../../src/transfer/demo/load-demo.ts";
import { createModel } from "../model/model.ts";
import { renderAll, siteConfig, sourceOf } from "../model/render.ts";
import { launchBrowser, opened } from "./browser.ts";
import { desk, phone, photographAt, writeSideBySide } from "./photographs-of-pages.ts";
import { serveSite } from "./site-server.ts";

/** Behind the demo's last story, so that all of it is published. */
const day = "2026-05-20T12:00:00Z";
const story = "/fr/2026/05/mersa-rih-a-soif";

await using browser = opened(await launchBrowser());
using server = serveSite(demoPages(), "portal");
const front = await photographAt(browser, `${server.origin}/ar/`, desk);
const night = await photographAt(browser, server.origin + story, phone);
await writeSideBySide(browser, "front.png", front, night);

function demoPages(): ReturnType<typeof renderAll> {
  const { database, clock } = createModel(Date.parse(day));
  const config = { ...siteConfig, site: { ...siteConfig.site, name: "Kasbah" } };
  loadDemo(database, { config, clock, random: seededRandom(1) });
  return renderAll(sourceOf({ database }, config));
}
