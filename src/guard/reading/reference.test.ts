/** Addresses become references, the quick way and the sure way alike. */
import { expect, test } from "bun:test";
import fc from "fast-check";
import { References, hostOf, stripped } from "./reference.ts";

const own = new Set(["www.example.org", "127.0.0.1:9000"]);
const references = (): References => new References("https://example.org/news/today?page=2", own);

test("the site's own addresses are paths, others name their host", () => {
  const of = (address: string) => references().of(address);
  expect(of("/a?b=c#d")).toBe("/a?b=c");
  expect(of("a/../b")).toBe("/news/b");
  expect(of("?page=3")).toBe("/news/today?page=3");
  expect(of("")).toBe("/news/today?page=2");
  expect(of("HTTPS://WWW.Example.org")).toBe("/");
  expect(of("http://127.0.0.1:9000/wp-content/x.js?ver=1")).toBe("/wp-content/x.js?ver=1");
  expect(of("//cdn.example.net/x.js")).toBe("//cdn.example.net/x.js");
  expect(of("\\\\cdn.example.net\\x.js")).toBe("//cdn.example.net/x.js");
  expect(of("https://user:pass@evil.example:8443/")).toBe("//evil.example:8443/");
  expect(of("https://0x7f.1/")).toBe("//127.0.0.1/");
  expect(of(" \u0001ht\ntps://evil.example/\t")).toBe("//evil.example/");
});

test("what carries its contents is a hash, what a browser hands on is its scheme", () => {
  const of = (address: string) => references().of(address);
  expect(of("data:text/html,<p>")).toMatch(/^data:[0-9a-f]{32}$/);
  expect(of("data:text/html,<p>")).not.toBe(of("data:text/html,<b>"));
  expect(of(" jAvA\nscript:alert(1)")).toMatch(/^javascript:[0-9a-f]{32}$/);
  expect(of("mailto:a@example.org")).toBe("mailto:");
  expect(of("about:blank")).toBe("about:blank");
  expect(of("https://")).toMatch(/^invalid:/);
});

test("a base changes what follows, and only the first counts", () => {
  const based = references();
  based.rebase("https://other.example/dir/");
  based.rebase("https://example.org/");
  expect([based.of("a"), based.of("/b"), based.of("//example.org/c")]).toEqual([
    "//other.example/dir/a",
    "//other.example/b",
    "/c",
  ]);
});

test("a very long address keeps a hash of all of it", () => {
  const [one, two] = ["1", "2"].map((end) => references().of(`/${"x".repeat(5_000)}${end}`));
  expect(one).toHaveLength(1_000);
  expect(one).not.toBe(two);
});

test("hosts of references", () => {
  expect(["//a.example/x", "//a.example", "/x", "mailto:", "data:00"].map(hostOf)).toEqual([
    "a.example",
    "a.example",
    "",
    "mailto:",
    "data:",
  ]);
});

test("whatever the address, it is read as new URL() reads it", () => {
  const part = fc.constantFrom(
    ..."https: http: // / \\ . .. ? # : @ a b.c example.org www.example.org evil.example xn--e 1.2 % %2e %20 é é.example [ ] & = ' \" < + - ; , ! A \t \n 0x1 ( ) ~ * | ^ {".split(
      " ",
    ),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 9 }), fc.boolean(), (parts, isBased) => {
      const address = parts.join("");
      const base = isBased ? "https://base.example/d/" : "https://example.org/news/today?page=2";
      const tested = references();
      if (isBased) tested.rebase(base);
      const url = URL.parse(address, base);
      if (url === null || !/^https?:$/.test(url.protocol)) return;
      const isOwn = ["example.org", ...own].includes(url.host);
      expect(tested.of(address)).toBe((isOwn ? "" : `//${url.host}`) + url.pathname + url.search);
    }),
    { numRuns: 20_000 },
  );
});

test("what browsers strip is stripped", () => {
  expect(stripped("\u0000 \n java\tscript:\r1 \u001f")).toBe("javascript:1");
});
