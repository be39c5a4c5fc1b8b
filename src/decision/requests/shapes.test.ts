// Shapes of what is asked for: by real addresses, and bounded whatever a client sends.
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { isBareAddress, methodShape, pageAt, pickingPart, queryShape, referrerHost } from "./shapes.ts";
import { closedValues } from "./trait-values.ts";

test("pages are told by their address, ours and those of other software", () => {
  const at = (...paths: readonly string[]): string[] => paths.map(pageAt);
  expect(at("/", "/ar", "/fr/", "/zgh-Tfng/")).toEqual(["front", "front", "front", "front"]);
  expect(at("/feed.xml", "/ar/feed.json", "/feed/", "/blog/rss", "/news.atom")).toEqual(
    Array(5).fill("feed"),
  );
  expect(at("/ar/2011/07/march/text", "/fr/text")).toEqual(["text", "text"]);
  expect(at("/ar/section/news", "/fr/tag/20fev", "/ar/2011/07", "/ar/search", "/sitemap.xml")).toEqual(
    Array(5).fill("list"),
  );
  expect(at("/ar/2011/07/march", "/fr/about", "/wp-login.php", "/textile")).toEqual(Array(4).fill("page"));
});

test("a query's shape is the names of its parameters, without their values, order and digits", () => {
  expect([undefined, "", "utm_source=x&fbclid=1"].map(queryShape)).toEqual(["none", "none", "tracking"]);
  expect(["z=1", "z=2", "z="].map(queryShape)).toEqual(["?z", "?z", "?z"]);
  expect(["4711", "xkcd", "&&"].map(queryShape)).toEqual(["?", "?", "?"]);
  expect(["b=1&a=2", "a=&b=&a=", "utm_medium=m&a=1&b="].map(queryShape)).toEqual(["?a&b", "?a&b", "?a&b"]);
  expect(["page1=x", "page27=y"].map(queryShape)).toEqual(["?page0", "?page0"]);
});

test("referrers count by their host", () => {
  const self = "localhost:8080";
  expect(referrerHost("", self)).toBe("none");
  expect(referrerHost("http://localhost:8080/ar/", self)).toBe("self");
  expect(referrerHost("https://l.facebook.com/l.php?u=x", self)).toBe("l.facebook.com");
  expect(referrerHost("https://user@evil.example/", self)).toBe("other");
  expect(referrerHost("android-app://com.google.android.gm/", self)).toBe("com.google.android.gm");
  expect(referrerHost("nonsense", self)).toBe("other");
});

test("hosts that are addresses, methods that readers use", () => {
  expect(["127.0.0.1", "127.0.0.1:8080", "[::1]", "[2001:db8::1]:443"].every(isBareAddress)).toBe(true);
  expect(["localhost", "1.example", "", "1.2.3"].some(isBareAddress)).toBe(false);
  expect(["GET", "HEAD", "POST", "PROPFIND", "get"].map(methodShape)).toEqual([
    "GET",
    "HEAD",
    "POST",
    "other",
    "other",
  ]);
});

test("whatever is sent has a short shape", () => {
  const text = fc.string({ unit: "binary", maxLength: 4_000 });
  fc.assert(
    fc.property(text, text, (left, right) => {
      expect(queryShape(left).length).toBeLessThanOrEqual(250);
      expect(referrerHost(left, right).length).toBeLessThanOrEqual(80);
      expect(closedValues.place).toContain(pageAt(left));
    }),
  );
});

test("what picks is the query without what was added to share it; of one that no reader sends, all", () => {
  expect(pickingPart("p=1&utm_source=x&fbclid=y")).toBe("p=1");
  expect(pickingPart("fbclid=y")).toBe("");
  const long = `${"a=1&".repeat(40)}fbclid=y`;
  expect(pickingPart(long)).toBe(long);
});

test("of a query of thousands of parameters, no more are looked at than a reader sends", () => {
  expect(queryShape(`${"&".repeat(40)}z=1`)).toBe("?");
  expect(queryShape(`${"&".repeat(20)}z=1`)).toBe("?&z");
});

test("thousands of parameters make no longer shape than nine", () => {
  const many = Array.from(
    { length: 2_000 },
    (_, at) => `${String.fromCharCode(97 + (at % 26))}${"x".repeat(at % 40)}=1`,
  );
  expect(queryShape(many.join("&"))).toEndWith("&…");
  expect(queryShape(many.join("&")).length).toBeLessThan(250);
});
