/** A real Chromium looks at pages that a server of the test's own shows. */
import { describe, expect, test } from "bun:test";
import { fromUtf8, utf8 } from "../../base/bytes.ts";
import { findChromium, render, type Rendering } from "./render.ts";
import type { Shown } from "./stand.ts";

const hosts = new Set(["example.org"]);
const seconds = { timeout: 40_000 };

describe.skipIf(findChromium() === undefined)("a page is looked at", () => {
  test(
    "after its scripts have run; other hosts are not reached, whatever it asks for",
    async () => {
      const asked: string[] = [];
      const { document, picture } = await look(
        {
          "/": `<p id=p>avant</p><script>p.textContent='après'</script><script src="http://127.0.0.1:1/"></script>
            <img src="http://elsewhere.example/x.png" onerror="document.title='none'">`,
        },
        asked,
      );
      expect(fromUtf8(document)).toContain('<p id="p">après</p>');
      expect(fromUtf8(document)).toContain("<title>none</title>");
      expect(fromUtf8(picture.subarray(1, 4))).toBe("PNG");
      expect(asked.length).toBeGreaterThan(0);
      expect(asked.every((url) => url.startsWith("http://example.org/"))).toBe(true);
    },
    seconds,
  );

  test(
    "a page that never comes to rest is given up, as is one whose look somebody ends",
    async () => {
      const page = async () => shown("<script>for(;;);</script>");
      const url = new URL("http://example.org/");
      const [late, ended] = await Promise.all([
        render(url, page, { hosts, secondsMax: 1 }),
        render(url, page, { hosts, secondsMax: 60, signal: AbortSignal.timeout(200) }),
      ]);
      expect([late, ended]).toEqual(["too slow", "too slow"]);
    },
    seconds,
  );
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
