/** The page on which somebody writes, in a real browser behind the real front door. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import type { BrowserContext, Page } from "playwright-core";
import type { InterfaceLanguage, LanguageTag } from "../../src/language/tags.ts";
import { type Body, wordsOf } from "../../src/pieces/body.ts";
import type { Revision } from "../../src/pieces/piece.ts";
import { json, Refusal } from "../../src/web/answers.ts";
import type { PersonRoute } from "../../src/web/route.ts";
import { bodyOf, contentOf, paragraphs } from "../model/model.ts";
import { openTextStudio, type TextStudio } from "../studio/text-studio.ts";
import { launchBrowser, opened } from "./browser.ts";
import { faults } from "./faults.ts";

const browser = await launchBrowser();
const timeoutMs = 30_000;
const picture = "01J9Z3K5Q8R2T4V6X8Z0B2D4F6";
const pixel = Uint8Array.fromBase64("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

/** Takes what begins as a GIF, as the newsroom's own intake would. */
const pictures: readonly PersonRoute[] = [
  {
    method: "POST",
    path: "/pictures",
    access: { act: "write", at: "anywhere" },
    handle: async ({ request }) => {
      const bytes = new Uint8Array(await request.arrayBuffer());
      const kind = new TextDecoder().decode(bytes.slice(0, 3));
      if (kind === "BIG")
        return json({ id: picture, width: 1, height: 1, note: "Only its first image was kept." });
      return kind === "GIF"
        ? json({ id: picture, width: 1, height: 1 })
        : json({ error: "That is no picture." }, 415);
    },
  },
  {
    method: "GET",
    path: "/pictures/:picture",
    access: "signed in",
    handle: ({ params }) => {
      if (params["picture"] !== picture) throw new Refusal(404);
      return new Response(pixel, { headers: { "content-type": "image/gif" } });
    },
  },
];

describe.skipIf(browser === null)("in Chromium", () => {
  let where: TextStudio;
  let context: BrowserContext;
  let page: Page;
  const complaints: string[] = [];

  const open = async (language: InterfaceLanguage = "en"): Promise<void> => {
    where = await openTextStudio(language, () => pictures);
    where.signIn("editor");
  };
  beforeAll(() => void complaints.splice(0));
  beforeEach(async () => {
    context = await opened(browser).newContext();
    page = await context.newPage();
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
  });
  afterEach(async () => {
    await context.close();
    await where[Symbol.asyncDispose]();
  });
  afterAll(async () => {
    await browser?.close();
  });

  const startText = (language: LanguageTag, title: string, body: Body = paragraphs("")): string => {
    const { piece } = where.newsroom.pieces.addPiece({ site: "portal", kind: "story" });
    const content = contentOf(title, "", body);
    return where.newsroom.pieces.addText({ pieceId: piece.id, language, content }).text.id;
  };
  const visit = async (text: string, on = page): Promise<void> => {
    await on.goto(`${where.studio.origin}/texts/${text}`);
    await on.locator("[role=textbox].body").waitFor();
  };
  const working = (text: string): Revision => {
    const { pieces } = where.newsroom;
    const found = pieces.revision(pieces.text(text)?.workingRevision ?? "");
    if (found === undefined) throw new Error("the text has no revision");
    return found;
  };
  const save = async (on = page): Promise<void> => {
    await on.keyboard.press("Control+s");
    await on.getByText(/^(Saved at|Enregistré à|حُفظ في)/).waitFor();
  };
  const write = async (on = page): Promise<void> => on.locator("[role=textbox].body").click();

  test(
    "somebody writes in Arabic and French, with headings and marks, and it is saved as it stands",
    async () => {
      await open("ar");
      const text = startText("ar", "مسيرة");
      await visit(text);
      await page.getByRole("textbox", { name: "العنوان", exact: true }).fill("مسيرة الأحد");
      await write();
      await page.keyboard.type("في الرباط ");
      await page.keyboard.press("Control+b");
      await page.keyboard.type("آلاف");
      await page.keyboard.press("Control+b");
      await page.keyboard.press("Enter");
      await page.keyboard.type("Bab el Had, 14 h");
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "عنوان فرعي", exact: true }).click();
      await page.keyboard.type("ما رأيناه");
      await page.getByText("10 كلمات").waitFor();
      expect(
        await page.locator(".body p", { hasText: "Bab" }).evaluate((p) => getComputedStyle(p).direction),
      ).toBe("ltr");
      await save();
      const { title, body } = working(text);
      expect(title).toBe("مسيرة الأحد");
      const [first, second, third] = body.doc.content;
      expect(first).toMatchObject({
        type: "paragraph",
        content: [{ text: "في الرباط " }, { text: "آلاف", marks: [{ type: "bold" }] }],
      });
      expect(first?.attrs).toEqual({ id: "p0" });
      expect(second).toMatchObject({ attrs: { dir: "auto" }, content: [{ text: "Bab el Had, 14 h" }] });
      expect(third).toMatchObject({ type: "heading", attrs: { level: 2 } });
      expect(new Set(body.doc.content.map(({ attrs }) => attrs.id)).size).toBe(3);
    },
    timeoutMs,
  );

  test.each(["ar", "fr", "en"] as const)(
    "%s: axe finds nothing, nothing overflows, by day and by night, on a phone and on a desk",
    async (language) => {
      await open(language);
      const text = startText(
        language,
        "ⵜⴰⵡⴰⴷⴰ",
        bodyOf(...paragraphs("One", "Two").doc.content, ...everyKind),
      );
      await visit(text);
      expect(await faults(page)).toEqual([]);
      expect(complaints).toEqual([]);
    },
    timeoutMs,
  );

  test(
    "what was loaded and not touched comes out as it went in",
    async () => {
      await open();
      const body = bodyOf(...paragraphs("One").doc.content, ...everyKind);
      const text = startText("fr", "Tout", body);
      await visit(text);
      await page.getByLabel("Title").fill("Tout, encore");
      await save();
      expect(working(text).title).toBe("Tout, encore");
      expect(working(text).body).toEqual(body);
    },
    timeoutMs,
  );

  test(
    "a link that a browser could run is refused with words, a usual one is set, also by keyboard alone",
    async () => {
      await open();
      const text = startText("fr", "Lien", paragraphs("ici"));
      await visit(text);
      await write();
      await page.keyboard.press("Control+a");
      await page.keyboard.press("Control+k");
      await page.keyboard.type("javascript:alert(1)");
      await page.keyboard.press("Enter");
      await page.getByText("A link starts with").waitFor();
      await page.getByLabel("Address", { exact: true }).fill("example.org/a");
      await page.keyboard.press("Enter");
      await page.locator('.body a[href="https://example.org/a"]').waitFor();
      await save();
      expect(working(text).body.doc.content[0]).toMatchObject({
        content: [{ text: "ici", marks: [{ type: "link", attrs: { href: "https://example.org/a" } }] }],
      });
    },
    timeoutMs,
  );

  test(
    "Alt+F10 leads to the tools, arrows move among them, Escape leads back",
    async () => {
      await open("ar");
      await visit(startText("ar", "أ", paragraphs("كلمة")));
      await write();
      await page.keyboard.press("Alt+F10");
      const focused = () => page.evaluate(() => document.activeElement?.getAttribute("data-tool") ?? null);
      expect(await focused()).toBe("paragraph");
      await page.keyboard.press("ArrowLeft");
      expect(await focused()).toBe("heading2");
      await page.keyboard.press("Enter");
      expect(await page.locator(".body h2").textContent()).toBe("كلمة");
      await page.keyboard.press("Alt+F10");
      await page.keyboard.press("Escape");
      await page.waitForFunction(() => document.activeElement?.getAttribute("role") === "textbox");
      await page.getByRole("button", { name: "من اليسار إلى اليمين" }).click();
      expect(await page.locator(".body h2").getAttribute("dir")).toBe("ltr");
    },
    timeoutMs,
  );

  test(
    "a picture comes in, is asked for its words, and is saved; what is none is refused in the newsroom's words",
    async () => {
      await open();
      const text = startText("fr", "Photo");
      await visit(text);
      const chooser = page.locator("input[type=file]");
      await chooser.setInputFiles({ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("no") });
      await page.getByText("a.txt was not taken: That is no picture.").waitFor();
      await chooser.setInputFiles({ name: "a.gif", mimeType: "image/gif", buffer: Buffer.from(pixel) });
      const alt = page.getByLabel("What does the picture show?");
      await alt.waitFor();
      await page.getByText("One picture has no description yet.").waitFor();
      expect(await alt.evaluate((field) => field === document.activeElement)).toBe(true);
      await page.keyboard.type("La foule");
      await page.getByLabel("Caption, with who took it").fill("Rabat");
      await save();
      const found = working(text).body.doc.content.find(({ type }) => type === "image");
      expect(found?.attrs).toMatchObject({ media: picture, alt: "La foule", caption: "Rabat" });
      await page.getByLabel("It only decorates").check();
      await save();
      expect(working(text).body.doc.content.find(({ type }) => type === "image")?.attrs).toMatchObject({
        alt: "",
        decorative: true,
      });
      await visit(text);
      expect(await page.getByLabel("It only decorates").isChecked()).toBe(true);
      expect(await page.getByText("no description").count()).toBe(0);
      await chooser.setInputFiles({ name: "b.gif", mimeType: "image/gif", buffer: Buffer.from("BIG") });
      await page.getByText("b.gif: Only its first image was kept.").waitFor();
    },
    timeoutMs,
  );

  test(
    "two people save the same text: both are kept, the second sees who and when, and takes one or both",
    async () => {
      await open();
      const text = startText("fr", "Deux", paragraphs("début"));
      await using other = await opened(browser).newPage();
      await visit(text);
      await visit(text, other);
      await write(other);
      await other.keyboard.type("L’autre. ");
      await save(other);
      const theirs = working(text);
      where.signIn("steward");
      await write();
      await page.keyboard.press("End");
      await page.keyboard.type(" Le mien.");
      await page.keyboard.press("Control+s");
      await page.getByRole("heading", { name: "Two people changed this text" }).waitFor();
      await page.getByText("editor of all saved a version on 31 July 2011").waitFor();
      await page.locator(".editor-theirs", { hasText: "L’autre." }).waitFor();
      expect(working(text).id).toBe(theirs.id);
      const [branch] = where.newsroom.pieces.branchesOf(text);
      expect(wordsOf(branch?.body ?? paragraphs())).toContain("Le mien.");
      expect(await faults(page)).toEqual([]);

      await page.reload();
      await page.getByText("It is kept, but not brought together").waitFor();
      await page.getByRole("link", { name: "Open it beside the present one" }).click();
      await page.getByRole("button", { name: "Go on with theirs" }).click();
      await page.getByText(/^Saved at/).waitFor();
      expect(where.newsroom.pieces.branchesOf(text)).toEqual([]);
      expect(working(text)).toMatchObject({ parent: theirs.id, merges: branch?.id ?? "", body: theirs.body });
    },
    timeoutMs,
  );

  test(
    "a session that ended loses nothing: sign in elsewhere, save again",
    async () => {
      await open();
      const text = startText("fr", "Session", paragraphs("a"));
      await visit(text);
      await write();
      await page.keyboard.type("Gardé. ");
      where.studio.become(undefined);
      await page.keyboard.press("Control+s");
      await page.getByText("Your session has ended.").waitFor();
      expect(await page.getByRole("link", { name: "Sign in" }).getAttribute("target")).toBe("_blank");
      where.signIn("editor");
      await page.getByRole("button", { name: "Save again" }).click();
      await page.getByText(/^Saved at/).waitFor();
      expect(wordsOf(working(text).body)).toContain("Gardé.");
    },
    timeoutMs,
  );

  test(
    "what a browser took along when it died is brought back, or thrown away",
    async () => {
      await open();
      const text = startText("fr", "Panne", paragraphs("a"));
      await using dying = await opened(browser).newContext();
      const lost = await dying.newPage();
      await lost.clock.install();
      await visit(text, lost);
      await write(lost);
      await lost.keyboard.type("Presque perdu. ");
      const lent = lost.waitForResponse("**/unsaved");
      await lost.clock.runFor(10_000);
      expect((await lent).status()).toBe(204);
      await dying.close();

      await visit(text);
      await page.getByRole("button", { name: "Bring it back" }).click();
      expect(await page.locator(".body").textContent()).toContain("Presque perdu.");
      expect(working(text).parent).toBeNull();
      await save();
      expect(wordsOf(working(text).body)).toContain("Presque perdu.");
      await visit(text);
      expect(await page.getByRole("button", { name: "Bring it back" }).count()).toBe(0);
    },
    timeoutMs,
  );

  test(
    "a newsroom that can't be reached is said; the same words saved twice make one revision",
    async () => {
      await open();
      const text = startText("fr", "Réseau", paragraphs("a"));
      await visit(text);
      await write();
      await page.keyboard.type("b");
      let lost = 0;
      await page.route(
        "**/revisions",
        async (route) => {
          await route.fetch();
          lost += 1;
          await route.abort();
        },
        { times: 1 },
      );
      await page.keyboard.press("Control+s");
      await page.getByText("can’t be reached, so this is not saved").waitFor();
      await page.getByRole("button", { name: "Save again" }).click();
      await page.getByText(/^Saved at/).waitFor();
      expect(lost).toBe(1);
      expect(where.newsroom.pieces.revisionsOf(text)).toHaveLength(2);
    },
    timeoutMs,
  );

  test(
    "what is pasted keeps what a text may hold, and nothing else",
    async () => {
      await open();
      const text = startText("fr", "Coller");
      await visit(text);
      await write();
      await page.evaluate(paste, wordHtml);
      await save();
      const { body } = working(text);
      expect(wordsOf(body)).toContain("Titre");
      expect(JSON.stringify(body)).not.toMatch(/script|onerror|MsoNormal|javascript|evil|style/);
      expect(body.doc.content.map(({ type }) => type)).toEqual([
        "heading",
        "paragraph",
        "bulletList",
        "table",
      ]);
      expect(body.doc.content[1]).toMatchObject({
        content: [{ text: "gras", marks: [{ type: "bold" }] }, { text: " lien" }],
      });
    },
    timeoutMs,
  );

  test(
    "a picture that is pasted with words comes in after them; a table's picture of itself doesn't",
    async () => {
      await open();
      const text = startText("fr", "Coller");
      await visit(text);
      await write();
      const sent = page.waitForResponse("**/pictures");
      await page.evaluate(pasteWithGif, [
        `<p>Avant</p><img src="https://evil.example/a.gif">`,
        pixel.toBase64(),
      ]);
      await sent;
      await page.getByLabel("What does the picture show?").fill("Une place");
      await page.getByText("Avant").click();
      await page.evaluate(pasteWithGif, ["<table><tr><td>1</td></tr></table>", pixel.toBase64()]);
      await save();
      const types = working(text).body.doc.content.map(({ type }) => type);
      expect(types.filter((type) => type === "image")).toHaveLength(1);
      expect(types).toContain("table");
      expect(wordsOf(working(text).body)).toContain("Avant");
    },
    timeoutMs,
  );

  test(
    "a line turns as it is written, but not in the middle of a composed word; nothing of that is lost",
    async () => {
      await open();
      const text = startText("ar", "أ", paragraphs(""));
      await visit(text);
      await write();
      const line = page.locator(".body > p").last();
      const direction = async (): Promise<string> =>
        await line.evaluate((p) => getComputedStyle(p).direction);
      expect(await direction()).toBe("rtl");
      await page.keyboard.type("12 B");
      expect(await direction()).toBe("ltr");
      await page.keyboard.type("ab");
      expect(await line.textContent()).toBe("12 Bab");
      await page.keyboard.press("Enter");
      expect(await direction()).toBe("rtl");
      const keyboard = await context.newCDPSession(page);
      const compose = async (words: string): Promise<void> => {
        await keyboard.send("Input.imeSetComposition", {
          text: words,
          selectionStart: words.length,
          selectionEnd: words.length,
        });
      };
      await compose("sa");
      await compose("sala");
      expect(await line.textContent()).toBe("sala");
      expect(await direction()).toBe("rtl");
      await keyboard.send("Input.insertText", { text: "salam" });
      await page.waitForFunction(() => {
        const last = document.querySelector(".body > p:last-of-type");
        return last !== null && getComputedStyle(last).direction === "ltr";
      });
      await compose("é");
      await keyboard.send("Input.insertText", { text: "é" });
      await page.keyboard.type("!");
      await save();
      expect(wordsOf(working(text).body)).toBe("12 Bab\nsalamé!");
      expect(working(text).body.doc.content.map(({ attrs }) => attrs.dir)).toEqual(["auto", "auto"]);
    },
    timeoutMs,
  );

  test(
    "lists: Tab and Shift+Tab move items in and out; marks and a quotation's rule stand where their words begin",
    async () => {
      await open("ar");
      const text = startText("ar", "أ", paragraphs(""));
      await visit(text);
      await write();
      await page.keyboard.type("- أوّل");
      await page.keyboard.press("Enter");
      await page.keyboard.type("Bab el Had");
      const second = page.locator(".body li", { hasText: "Bab" }).last();
      const sides = async (): Promise<unknown> =>
        await second.evaluate((item) => {
          const { direction, marginLeft, marginRight } = getComputedStyle(item);
          return { direction, left: parseFloat(marginLeft) > 0, right: parseFloat(marginRight) > 0 };
        });
      expect(await sides()).toEqual({ direction: "ltr", left: true, right: false });
      await page.keyboard.press("Tab");
      expect(await page.locator(".body li li").count()).toBe(1);
      await page.keyboard.press("Shift+Tab");
      expect(await page.locator(".body li li").count()).toBe(0);
      expect(await page.locator(".body li").count()).toBe(2);
      await page.keyboard.press("Enter");
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "اقتباس" }).click();
      await page.keyboard.type("قال لنا");
      const rule = async (): Promise<string> =>
        await page.locator(".body blockquote").evaluate((quote) => getComputedStyle(quote).borderRightWidth);
      expect(await rule()).toBe("3px");
      await page.keyboard.press("Home");
      await page.keyboard.type("Il dit : ");
      expect(await rule()).toBe("0px");
    },
    timeoutMs,
  );

  test(
    "what was written before a save can be undone after it",
    async () => {
      await open();
      const text = startText("fr", "Annuler", paragraphs("Début."));
      await visit(text);
      await write();
      await page.keyboard.press("End");
      await page.keyboard.type(" Suite.");
      await save();
      expect(wordsOf(working(text).body)).toBe("Début. Suite.");
      await page.keyboard.press("Control+z");
      await page.getByText("Not saved yet").waitFor();
      await save();
      expect(wordsOf(working(text).body)).toBe("Début.");
    },
    timeoutMs,
  );

  test(
    "on a phone the tools are one row that can be pushed along",
    async () => {
      await open("ar");
      await page.setViewportSize({ width: 390, height: 800 });
      await visit(startText("ar", "أ"));
      const bar = await page.getByRole("toolbar").boundingBox();
      expect(bar?.height).toBeLessThan(70);
      await write();
      await page.keyboard.press("Alt+F10");
      await page.keyboard.press("End");
      const last = await page.evaluate(() => document.activeElement?.getBoundingClientRect().left ?? -1);
      expect(last).toBeGreaterThanOrEqual(0);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    },
    timeoutMs,
  );

  test(
    "who translates has the original beside it, and material says what it claims and how far that is checked",
    async () => {
      await open("en");
      const { pieces, material } = where.newsroom;
      const { material: video } = material.addMaterial({
        kind: "video",
        source: null,
        claim: { ar: "ضربٌ في الساحة" },
      });
      const shown = bodyOf(...paragraphs("كلمات الأصل.").doc.content, {
        type: "material",
        attrs: { id: "m", material: video.id },
      });
      const source = pieces.text(startText("ar", "مسيرة", shown));
      if (source === undefined) throw new Error("the original is gone");
      const { text } = pieces.addText({
        pieceId: source.pieceId,
        language: "fr",
        content: contentOf("مسيرة", "", shown),
        sourceRevision: source.workingRevision,
      });
      await visit(text.id);
      const original = page.locator("details.original");
      expect(await original.getByText("كلمات الأصل.").isVisible()).toBe(true);
      expect(await original.locator("article").evaluate((words) => getComputedStyle(words).direction)).toBe(
        "rtl",
      );
      const card = page.locator("[role=textbox] .editor-material");
      expect(await card.textContent()).toContain("Video · Not verified");
      expect(await card.locator("[lang=ar]").textContent()).toBe("ضربٌ في الساحة");
      expect(await faults(page)).toEqual([]);
      await original.locator("summary").click();
      expect(await original.getByText("كلمات الأصل.").isVisible()).toBe(false);
      await write();
      await page.keyboard.press("Control+a");
      await page.keyboard.type("Les mots.");
      await save();
      await page.getByText("still word for word").waitFor();
    },
    timeoutMs,
  );

  test(
    "no payload in any field of a body runs, is loaded, or breaks out of the page",
    async () => {
      await open();
      const text = startText("fr", payload, bodyOf(...hostile));
      let ran = 0;
      await page.exposeFunction("ran", () => (ran += 1));
      const requested: string[] = [];
      page.on("request", (request) => requested.push(new URL(request.url()).host));
      await visit(text);
      await write();
      await page.keyboard.type("x");
      await save();
      expect(ran).toBe(0);
      expect(
        await page.locator("script:not([src]):not([type='application/json']), img[onerror]").count(),
      ).toBe(0);
      expect(new Set(requested)).toEqual(new Set([new URL(where.studio.origin).host]));
    },
    timeoutMs,
  );

  test(
    "without JavaScript the text can be read, and the page says what writing needs",
    async () => {
      await open("fr");
      const text = startText("fr", "Lire", paragraphs("Des mots."));
      await using plain = await opened(browser).newContext({ javaScriptEnabled: false });
      const quiet = await plain.newPage();
      await quiet.goto(`${where.studio.origin}/texts/${text}`);
      expect(await quiet.locator("#text-view").textContent()).toContain("Des mots.");
      // Parsed as an element only where scripts don't run.
      expect(await quiet.locator("noscript .notice").textContent()).toContain("a besoin de JavaScript");
      expect(await quiet.locator("#writing").isVisible()).toBe(false);
    },
    timeoutMs,
  );
});

const payload = `"><img src=x onerror=ran()></script><script>ran()</script>`;
const wordHtml = `<html><head><style>p{color:red}</style></head><body><!--StartFragment-->
<h1 class=MsoTitle>Titre</h1><p class=MsoNormal style="margin:0"><b>gras</b><o:p></o:p> <a href="javascript:ran()">lien</a>
<img src="https://evil.example/a.png" onerror="ran()"></p><ul><li>un</li></ul>
<table><tr><td colspan=2>a</td></tr></table><script>ran()</script><!--EndFragment--></body></html>`;

const everyKind: Body["doc"]["content"] = [
  { type: "heading", attrs: { id: "h", level: 2, lang: "fr" }, content: [{ type: "text", text: "Titre" }] },
  {
    type: "paragraph",
    attrs: { id: "m" },
    content: [
      { type: "text", text: "سلمية", marks: [{ type: "language", attrs: { lang: "ar" } }] },
      { type: "hardBreak" },
      { type: "text", text: "ls", marks: [{ type: "code" }, { type: "bold" }] },
    ],
  },
  { type: "bulletList", attrs: { id: "l" }, content: [{ type: "listItem", content: [] }] },
  { type: "image", attrs: { id: "i", media: picture, alt: "Une place", caption: "Rabat" } },
  { type: "image", attrs: { id: "j", source: "https://example.org/a.jpg", alt: "" } },
  { type: "codeBlock", attrs: { id: "c" }, content: [{ type: "text", text: "a\nb" }] },
  { type: "horizontalRule", attrs: { id: "r" } },
  {
    type: "table",
    attrs: { id: "t" },
    content: [
      {
        type: "tableRow",
        content: [{ type: "tableHeader", content: paragraphs("Ville").doc.content.slice() }],
      },
    ],
  },
];

const hostile: Body["doc"]["content"] = [
  {
    type: "paragraph",
    attrs: { id: "p", lang: "fr" },
    content: [
      {
        type: "text",
        text: payload,
        marks: [{ type: "link", attrs: { href: `https://e.example/${encodeURI(payload)}'"><x` } }],
      },
    ],
  },
  { type: "image", attrs: { id: "i", media: picture, alt: payload, caption: payload } },
  { type: "image", attrs: { id: "j", source: `https://e.example/"onerror="ran()`, alt: payload } },
  { type: "codeBlock", attrs: { id: "c" }, content: [{ type: "text", text: payload }] },
];

/** As a browser hands over a picture that was copied with what stands around it. */
function pasteWithGif([html, gif]: string[]): void {
  const transfer = new DataTransfer();
  transfer.setData("text/html", html ?? "");
  const bytes = Uint8Array.from(atob(gif ?? ""), (character) => character.charCodeAt(0));
  transfer.items.add(new File([bytes], "a.gif", { type: "image/gif" }));
  const event = new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true });
  document.querySelector(".body")?.dispatchEvent(event);
}

/** As a browser hands over what was copied elsewhere. */
function paste(html: string): void {
  const transfer = new DataTransfer();
  transfer.setData("text/html", html);
  const event = new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true });
  document.querySelector(".body")?.dispatchEvent(event);
}
