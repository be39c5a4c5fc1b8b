/** Takes README's pictures of the studio, from a whole instance with the demo's newsroom: writing, and the watch during a drill. `bin/picture` runs it. */
import sharp from "sharp";
import { startInstance } from "../scenarios/instance.ts";
import { launchBrowser, opened } from "./browser.ts";
import { Colleague } from "./colleague.ts";
import { desk, phone, photographOf, writeSideBySide } from "./photographs-of-pages.ts";
import { illustrate, openText, readStudioIn, save, standfirst, startText, type } from "./studio-steps.ts";

/** Drawn here, so that nobody's photograph is in the repository. */
const harbour = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="640">
  <rect width="1200" height="640" fill="#e9c9a0"/><circle cx="880" cy="250" r="70" fill="#f6ead2"/>
  <rect y="330" width="1200" height="310" fill="#2f6f7e"/><rect y="330" width="1200" height="26" fill="#5a97a0"/>
  <path d="M0 330V190h60v-26h40v26h50v-26h40v26h50v-26h40v26h60v140z" fill="#9b5b3c"/>
  <path d="M150 164V70h60v-20h30v20h40v94z" fill="#8a4d31"/><path d="M206 330v-60a26 26 0 0 1 52 0v60z" fill="#4c2a1c"/>
  <path d="M560 470h260l-40 60H600z" fill="#b8432f"/><path d="M690 470V330l86 118z" fill="#f4efe4"/>
  <path d="M900 430h150l-24 36H924z" fill="#e8e0cf"/><path d="M980 430v-76l46 64z" fill="#c9b98f"/>
</svg>`;

await using browser = opened(await launchBrowser());
await using instance = await startInstance({ demo: true });
await using amina = await Colleague.at(browser, instance.studio, "ar");
await amina.comeIn(instance.firstLink ?? "", "Amina");
await writeSideBySide(browser, "editor.png", ...(await writing()));
await writeSideBySide(browser, "watch.png", ...(await watching()));

async function writing(): Promise<[Buffer, Buffer]> {
  const text = await startText(amina, "الصيادون يعودون إلى الميناء", "ar");
  await standfirst(amina, "بعد أسبوعين من الإضراب خرجت القوارب فجر الاثنين.");
  await type(amina, "كان الرصيف مضاء قبل الخامسة.");
  const picture = await sharp(Buffer.from(harbour)).jpeg().toBuffer();
  const file = { name: "marsa.jpg", mimeType: "image/jpeg", buffer: picture };
  await illustrate(amina, file, "قارب أحمر أمام أسوار المدينة", "مرسى الريح، فجر الاثنين");
  await save(amina);
  await openText(amina, text);
  await amina.page.locator(".editor-picture img").evaluate((image: HTMLImageElement) => image.decode());
  const wide = await photographOf(amina.page, desk);
  await readStudioIn(amina, "fr");
  await amina.visit("/");
  return [wide, await photographOf(amina.page, phone)];
}

/** Opened before the drill, so that the chart has grown in front of whoever looks. Taken while a rule meets it. */
async function watching(): Promise<[Buffer, Buffer]> {
  await amina.visit("/watch");
  const drill = instance.kasbah("attack", "mamfakinch-2011", "--sources", "500", "--seconds", "12");
  await amina.page.locator("#defence .rules .badge.bad").first().waitFor({ timeout: 20_000 });
  await amina.page.locator(".now.warning").waitFor();
  const wide = await photographOf(amina.page, desk);
  const { exitCode, stderr } = await drill;
  if (exitCode !== 0) throw new Error(stderr);
  await readStudioIn(amina, "ar");
  await amina.visit("/watch");
  await amina.page.locator("canvas").first().waitFor();
  return [wide, await photographOf(amina.page, phone)];
}
