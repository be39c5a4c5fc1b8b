// The line above an approved copy: where a browser has the body begin, in the page's language, and nothing else changed.
import { expect, test } from "bun:test";
import fc from "fast-check";
import { type DefaultTreeAdapterTypes as Tree, parse, serialize } from "parse5";
import { type NoticeFacts, withNotice } from "./notice.ts";

const facts: NoticeFacts = {
  sinceMs: Date.UTC(2011, 6, 31, 14, 5),
  language: "fr",
  timeZone: "Africa/Casablanca",
  form: "approved",
};

function noticed(html: string, more: Partial<NoticeFacts> = {}): string {
  return Buffer.from(withNotice(Buffer.from(html), { ...facts, ...more })).toString();
}

const element = /<div role="status"[^>]*>([^<]*)<\/div>/;

test("right after the body's tag, as text", () => {
  const page = noticed(
    '<!doctype html><html><head><title>a</title></head><body class="home"><h1>x</h1></body></html>',
  );
  expect(page.replace(element, "[here]")).toBe(
    '<!doctype html><html><head><title>a</title></head><body class="home">[here]<h1>x</h1></body></html>',
  );
});

function said(html: string): string {
  const [, text = ""] = element.exec(noticed(html)) ?? [];
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

test("in the page's own language, else in the site's", () => {
  expect(said("<html lang=ar-MA><body>x")).toContain("منذ 31 يوليوز 2011");
  expect(noticed("<html lang=ar-MA><body>x")).toContain('lang="ar" dir="rtl"');
  expect(said('<html lang="FR"><body>x')).toContain("injoignable depuis le 31 juillet 2011");
  expect(said("<html lang=en_GB><body>x")).toContain("since 31 July 2011 at 14:05");
  for (const html of ["<body>x", "<html lang=de><body>x", "<html lang=constructor><body>x"])
    expect(said(html)).toContain("injoignable");
});

test.each([
  ["a body's tag in a script", "<script>'<body>'</script><b>x", "<script>'<body>'</script>[here]<b>x"],
  ["in a comment", "<!-- <body> --><body>x", "<!-- <body> --><body>[here]x"],
  ["in a title", "<title><body></title><body>x", "<title><body></title><body>[here]x"],
  ["in an attribute", '<html data-x="<body>"><body>x', '<html data-x="<body>"><body>[here]x'],
  ["in a template", "<template><body>x</template>y", "<template><body>x</template>[here]y"],
  [
    "in what browsers without scripts read",
    "<head><noscript><p>a</noscript></head><body>x",
    "<head><noscript><p>a</noscript></head><body>[here]x",
  ],
  ["no tag at all", "<title>a</title><p>x", "<title>a</title>[here]<p>x"],
  ["only text", "x", "[here]x"],
  ["nothing", "", ""],
  ["a script without an end", "<script>x", "<script>x"],
  ["in capitals, over lines", "<BODY\n onload='a>b'\n>x", "<BODY\n onload='a>b'\n>[here]x"],
  ["text that belongs before a table", "<table>x<tr>", "[here]<table>x<tr>"],
  ["a character's name", "\n&eacute;t&eacute;", "\n[here]&eacute;t&eacute;"],
  ["a second body's tag", "<p>x<body class=a>y", "[here]<p>x<body class=a>y"],
])("odd HTML: %s", (_, html, wanted) => {
  expect(noticed(html).replace(element, "[here]")).toBe(wanted);
});

test("a frameset stays one, and what is in 16 bits as it is", () => {
  const frames = "<frameset cols=50%,50%><frame src=a><frame src=b></frameset>";
  expect(noticed(frames)).toBe(frames);
  const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("<body>x", "utf16le")]);
  expect(Buffer.from(withNotice(wide, facts))).toEqual(wide);
});

test("a byte order mark is no text, and bytes of other encodings stay what they were", () => {
  const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from("<title>a</title><p>x")]);
  expect(Buffer.from(withNotice(marked, facts)).toString().replace(element, "[here]")).toBe(
    "\ufeff<title>a</title>[here]<p>x",
  );
  const arabic1256 = Buffer.from([0x3c, 0x62, 0x6f, 0x64, 0x79, 0x3e, 0xe3, 0xd1, 0xcd, 0xc8, 0xc7]);
  const after = Buffer.from(withNotice(arabic1256, facts));
  expect(after.subarray(-5)).toEqual(arabic1256.subarray(-5));
  expect(after.subarray(0, -5).every((byte) => byte < 128)).toBe(true);
});

test("behind a head that is longer than most pages", () => {
  const head = `<style>${"a{}<".repeat(60_000)}</style>`;
  expect(noticed(`${head}<body>x`).replace(element, "[here]")).toBe(`${head}<body>[here]x`);
  expect(noticed(`${head}<p>x`).replace(element, "[here]")).toBe(`${head}[here]<p>x`);
});

function bodyOf(document: Tree.Document): Tree.Element | undefined {
  const root = document.childNodes.find((node) => node.nodeName === "html");
  const nodes = root !== undefined && "childNodes" in root ? root.childNodes : [];
  return nodes.find((node): node is Tree.Element => node.nodeName === "body" && "attrs" in node);
}

function isNotice(node: Tree.ChildNode | undefined): boolean {
  return node !== undefined && "attrs" in node && node.attrs.some(({ value }) => value === "status");
}

const scraps = fc.constantFrom(
  "<!doctype html>",
  "<html lang=ar>",
  "<head>",
  "</head>",
  "<body>",
  '<body class="a">',
  "<p>",
  "</p>",
  "text",
  " ",
  "\n",
  "<title>",
  "</title>",
  "<script>",
  "</script>",
  "<style>",
  "</style>",
  "<!--",
  "-->",
  "<template>",
  "</template>",
  "<table>",
  "<tr>",
  "<td>",
  "</table>",
  "<noscript>",
  "</noscript>",
  "<meta charset=utf-8>",
  "<link>",
  "<br>",
  "<div>",
  "</div>",
  "<select>",
  "<svg>",
  "</svg>",
  "<math>",
  "<textarea>",
  "</textarea>",
  "<",
  ">",
  "&amp",
  "\0",
  "é",
  "<form>",
  "<input>",
  "<a href='<body>'>",
);

test("whatever the HTML, a browser's tree is the same with the line in its body", () => {
  fc.assert(
    fc.property(fc.array(scraps, { maxLength: 40 }), (parts) => {
      const html = `${parts.join("")}</body></html>`;
      const before = parse(html, { sourceCodeLocationInfo: true });
      const after = parse(noticed(html));
      const body = bodyOf(after);
      // Nothing of the body stands in the source, or there is none.
      const isEmpty = bodyOf(before)?.childNodes.every((node) => !node.sourceCodeLocation) ?? true;
      const at = body?.childNodes.findIndex(isNotice) ?? -1;
      if (isEmpty && at < 0) return expect(noticed(html)).toBe(html);
      expect(at).toBeGreaterThanOrEqual(0);
      body?.childNodes.splice(at, 1);
      expect(serialize(after)).toBe(serialize(before));
    }),
    { numRuns: 2_000 },
  );
});
