/** A real Chromium looks at pages that a server of the test's own shows. */
import { describe, expect, test } from "bun:test";
import { fromUtf8, utf8 } from "../../base/bytes.ts";
import { areAlike, glimpseOf } from "./glimpse.ts";
import { findChromium, render, type Rendering } from "./render.ts";
import type { Shown } from "./stand.ts";

const hosts = new Set(["example.org"]);
const seconds = { timeout: 40_000 };

describe.skipIf(findChromium() === undefined)("a page is looked at", () => {
  test(
    "after its scripts have run",
    async () => {
      const { document, picture } = await look({
        "/": "<p id=p>avant</p><script>p.textContent='après'</script>",
      });
      expect(fromUtf8(document)).toContain('<p id="p">après</p>');
      expect(fromUtf8(picture.subarray(1, 4))).toBe("PNG");
    },
    seconds,
  );

  test(
    "what a script lays over it is seen in its picture, though not in its source",
    async () => {
      const text =
        "<h1>Le site de la fédération</h1><p>Une visite officielle.</p><script src=/own.js></script>";
      const over =
        "document.body.innerHTML='<div style=\"position:fixed;inset:0;background:#000\">owned</div>'";
      const before = await look({ "/": text, "/own.js": "" });
      const after = await look({ "/": text, "/own.js": over });
      expect(areAlike(await seen(before), await seen(before))).toBe(true);
      expect(areAlike(await seen(before), await seen(after))).toBe(false);
    },
    seconds,
  );

  test(
    "other hosts are not reached, whatever the page asks for",
    async () => {
      const asked: string[] = [];
      const { document } = await look(
        {
          "/": '<img src="http://elsewhere.example/x.png" onerror="document.title=\'none\'"><script src="http://127.0.0.1:1/"></script>',
        },
        asked,
      );
      expect(fromUtf8(document)).toContain("none");
      expect(asked.every((url) => url.startsWith("http://example.org/"))).toBe(true);
    },
    seconds,
  );

  test(
    "a page that never comes to rest is given up",
    async () => {
      const page = "<script>for(;;);</script>";
      const options = { hosts, secondsMax: 3 };
      expect(await render(new URL("http://example.org/"), async () => shown(page), options)).toBe("too slow");
    },
    seconds,
  );
});

test.skipIf(findChromium() === undefined)("whoever waits for it can end it", async () => {
  const options = { hosts, secondsMax: 60, signal: AbortSignal.timeout(200) };
  const show = async () => shown("<script>for(;;);</script>");
  expect(await render(new URL("http://example.org/"), show, options)).toBe("too slow");
});

test("without a browser it says so", async () => {
  const chromium = "/nowhere/chromium";
  const options = { hosts, secondsMax: 3, chromium };
  expect(await render(new URL("http://example.org/"), async () => undefined, options)).toBe("none");
});

async function look(pages: Readonly<Record<string, string>>, asked: string[] = []): Promise<Rendering> {
  const show = async (url: URL): Promise<Shown | undefined> => {
    asked.push(url.href);
    const page = pages[url.pathname];
    return page === undefined
      ? undefined
      : shown(page, url.pathname.endsWith(".js") ? "text/javascript" : "text/html");
  };
  const rendering = await render(new URL("http://example.org/"), show, { hosts, secondsMax: 20 });
  if (typeof rendering === "string") throw new Error(`it was not looked at: ${rendering}`);
  return rendering;
}

function shown(text: string, type = "text/html"): Shown {
  return { status: 200, headers: { "content-type": `${type}; charset=utf-8` }, body: utf8(text) };
}

async function seen({ picture }: Rendering) {
  const glimpse = await glimpseOf(picture);
  if (glimpse === undefined) throw new Error("the picture can't be looked at");
  return glimpse;
}
