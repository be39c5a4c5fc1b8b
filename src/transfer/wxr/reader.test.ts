/** Reading exports: whole ones in any portions, broken and hostile ones with one clear line and nothing kept. */
import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import fc from "fast-check";
import { OperatorError } from "../../base/errors.ts";
import type { WxrPart } from "./parts.ts";
import { readWxr } from "./reader.ts";

const fixture = await Bun.file(join(import.meta.dir, "../../../test/fixtures/wxr/newsroom.xml")).bytes();

async function read(chunks: Iterable<Uint8Array | string>, itemsMax = 1_000): Promise<WxrPart[]> {
  const encoder = new TextEncoder();
  const stream = async function* (): AsyncGenerator<Uint8Array> {
    for (const chunk of chunks) yield typeof chunk === "string" ? encoder.encode(chunk) : chunk;
  };
  return await Array.fromAsync(readWxr(stream(), { file: "x.xml", itemsMax }));
}

/** The one line that an operator reads. */
async function faultIn(chunks: Iterable<Uint8Array | string>, itemsMax?: number): Promise<string> {
  try {
    await read(chunks, itemsMax);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(OperatorError);
    expect((thrown as OperatorError).exitCode).toBe(2);
    expect((thrown as OperatorError).message).not.toContain("\n");
    return (thrown as OperatorError).message;
  }
  throw new Error("it was read");
}

const head = `<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><wp:wxr_version>1.2</wp:wxr_version>`;
const tail = "</channel></rss>";
const item = (content: string): string =>
  `<item><wp:post_id>1</wp:post_id><content:encoded>${content}</content:encoded></item>`;

function contentsIn(parts: readonly WxrPart[]): string[] {
  return parts.flatMap((part) => (part.kind === "item" ? [part.item.content] : []));
}

describe("a whole export", () => {
  test("is read to its end, however it is cut into portions", async () => {
    const whole = await read([fixture]);
    expect(whole.filter(({ kind }) => kind === "item")).toHaveLength(16);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(fixture.length), { maxLength: 40 }), async (cuts) => {
        const edges = [0, ...cuts.sort((a, b) => a - b), fixture.length];
        const chunks = edges.slice(1).map((edge, at) => fixture.subarray(edges[at], edge));
        expect(await read(chunks)).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });

  test("hands over no e-mail address, no comment, no password, no first or last name", async () => {
    const parts = JSON.stringify(await read([fixture]), (_, value: unknown) =>
      value instanceof Map ? [...value] : value,
    );
    expect(new TextDecoder().decode(fixture)).toMatch(/commentatrice@secret.*sesame-secret/s);
    const withoutAuthor = parts.replaceAll('"name":"lina@secret.example"', "");
    expect(withoutAuthor).not.toMatch(
      /@secret|Commentatrice|203\.0\.113|parole-secrete|sesame|Prenom|Nom-Secret/,
    );
  });

  test("may hold characters that XML forbids", async () => {
    const parts = await read([head, item("<![CDATA[one\u0008 two\u0000]]>"), tail]);
    expect(contentsIn(parts)).toEqual(["one two"]);
  });

  test("knows the five entities and numbers", async () => {
    const parts = await read([head, item("&lt;&amp;&quot;&#x645;&#1575;"), tail]);
    expect(contentsIn(parts)).toEqual(['<&"ما']);
  });

  test("keeps the first of two fields of a name, and skips other vocabularies", async () => {
    const parts = await read([
      head,
      `<item xmlns:x="urn:x"><x:title>no</x:title><title>one</title><title>two</title></item>`,
      tail,
    ]);
    expect(parts.find((part) => part.kind === "item")).toMatchObject({ item: { title: "one", content: "" } });
  });

  test("says which field is longer than is read, and keeps nothing of it", async () => {
    const [part] = await read([head, item("x".repeat(4_000_001)), tail]);
    expect(part).toMatchObject({ item: { content: "", tooLong: ["content:encoded"] } });
  });
});

describe("a broken file", () => {
  test("that breaks off is refused wherever it does, with the line", async () => {
    const text = new TextDecoder().decode(fixture);
    const half = text.indexOf("La criée a rouvert");
    expect(await faultIn([text.slice(0, half)])).toBe(
      `x.xml breaks off at line ${text.slice(0, half).split("\n").length}, after 0 whole items: nothing was imported`,
    );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: fixture.length - 12 }), async (length) => {
        expect(await faultIn([fixture.subarray(0, length)])).toMatch(/breaks off at line \d+|not XML/);
      }),
      { numRuns: 40 },
    );
  });

  test.each([
    ["empty", "", /is not XML/],
    ["blank", " \n ", /breaks off/],
    ["plain text", "Dear editors", /is not XML/],
    ["JSON", '{"posts": []}', /is not XML/],
    ["a page", "<!DOCTYPE html><html><body>x</body></html>", /document type/],
    ["another vocabulary", '<feed xmlns="http://www.w3.org/2005/Atom"></feed>', /begins with <feed>/],
    [
      "a feed",
      "<rss><channel><title>x</title><item><title>y</title></item></channel></rss>",
      /is an RSS feed/,
    ],
    ["mismatched tags", `${head}<item></channel></rss>`, /not well-formed XML at line 2/],
    ["an unknown entity", `${head}${item("&eacute;")}${tail}`, /not well-formed XML at line 2 .*entity/],
    ["an unbound prefix", `${head}<x:y/>${tail}`, /not well-formed XML/],
    ["another encoding", '<?xml version="1.0" encoding="windows-1256"?><rss/>', /written in windows-1256/],
    ["two roots", `${head}${tail}<rss/>`, /not well-formed/],
  ])("%s", async (_, text, fault) => {
    expect(await faultIn([text])).toMatch(fault);
  });

  test("of another format is named", async () => {
    expect(await faultIn([Bun.gzipSync("<rss/>")])).toBe("x.xml is compressed");
    expect(await faultIn([new Uint8Array([0xff, 0xfe, 0x3c, 0])])).toContain("UTF-16");
  });

  test("that is not UTF-8 is refused with the line", async () => {
    const latin = Buffer.from(`${head}\n${item("caf\u00e9")}${tail}`, "latin1");
    expect(await faultIn([latin])).toMatch(/not valid UTF-8 at line \d/);
  });
});

describe("a hostile file", () => {
  test("may not declare entities, so none can grow", async () => {
    const laughs = Array.from(
      { length: 9 },
      (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`,
    ).join("");
    const text = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">${laughs}]><rss><channel><title>&l9;</title></channel></rss>`;
    expect(await faultIn([text])).toMatch(/declares a document type or entities at line 1/);
  });

  test("may not name files", async () => {
    const text =
      '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>';
    expect(await faultIn([text])).toMatch(/document type/);
  });

  test("may not nest without end", async () => {
    expect(await faultIn([head, "<a>".repeat(100_000)])).toMatch(/nests elements deeper/);
  });

  test("may not have more items than the limit", async () => {
    expect(await faultIn([head, item("").repeat(4), tail], 3)).toMatch(/more than 3 items \(line 2\)/);
    expect(await read([head, item("").repeat(3), tail], 3)).toHaveLength(4);
  });

  test("may not hold back the end of a text for ever", async () => {
    const piece = "x".repeat(1024 * 1024);
    const endless = function* (): Generator<string> {
      yield `${head}<!--`;
      for (;;) yield piece;
    };
    expect(await faultIn(endless())).toMatch(/does not end, from line 2/);
  });

  test("named after JavaScript's own properties is nothing special", async () => {
    const names = ["constructor", "__proto__", "toString"].map((name) => `<${name}>x</${name}>`).join("");
    expect(await read([head, names, `<item>${names}</item>`, tail])).toHaveLength(2);
  });
});
