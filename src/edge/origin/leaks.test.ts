// Where the protected site lies is told to nobody: what is rewritten, what is dropped, what is found.
import { expect, test } from "bun:test";
import fc from "fast-check";
import { leaksIn, publicBody, publicHeader, publicText, type Seen } from "./leaks.ts";

const local: Seen = { origin: "http://127.0.0.1:9000", scheme: "https", host: "example.org" };
const far: Seen = { origin: "https://origin.example.net", scheme: "https", host: "example.org" };

test.each([
  ["http://127.0.0.1:9000/a?b#c", "https://example.org/a?b#c"],
  ["http://127.0.0.1:9000", "https://example.org"],
  ["HTTP://127.0.0.1:9000/", "https://example.org/"],
  ["//127.0.0.1:9000/a.css", "//example.org/a.css"],
  [String.raw`"url":"http:\/\/127.0.0.1:9000\/a"`, String.raw`"url":"https:\/\/example.org\/a"`],
  ["?next=http%3A%2F%2F127.0.0.1%3A9000%2Fa", "?next=https%3A%2F%2Fexample.org%2Fa"],
  ["?next=http%3a%2f%2f127.0.0.1%3a9000", "?next=https%3A%2f%2fexample.org"],
  [
    "<a href='http://127.0.0.1:9000/'>x</a><b>http://127.0.0.1:9000.</b>",
    "<a href='https://example.org/'>x</a><b>https://example.org.</b>",
  ],
  ["url(http://127.0.0.1:9000/a.png)", "url(https://example.org/a.png)"],
])("%s", (text, wanted) => {
  expect(publicText(text, local)).toBe(wanted);
});

test.each([
  "http://127.0.0.1:90001/",
  "http://127.0.0.1/",
  "http://127.0.0.1:9000a",
  "http://x127.0.0.1:9000/",
  "http://127.0.0.1:9000.evil.example/",
  "127.0.0.1:9000",
])("%s is another address, or none", (text) => {
  expect(publicText(text, local)).toBe(text);
});

test("an address on its scheme's own port is the same with that port and without", () => {
  expect(publicText("https://Origin.example.net/a https://origin.example.net:443/b", far)).toBe(
    "https://example.org/a https://example.org/b",
  );
  expect(publicText("https://origin.example.net:8443/", far)).toBe("https://origin.example.net:8443/");
});

test.each([
  ["server", "nginx/1.22.1 (Debian) at web-3.internal", "nginx"],
  ["x-powered-by", "PHP/8.2.7", "PHP"],
  ["x-backend", "web-3", undefined],
  ["x-backend-server", "10.0.0.5", undefined],
  ["x-served-by", "cache-3", undefined],
  ["x-frame-options", "DENY", "DENY"],
  ["location", "http://127.0.0.1:9000/x", "https://example.org/x"],
  [
    "location",
    "https://login.example/?next=http://127.0.0.1:9000/x",
    "https://login.example/?next=https://example.org/x",
  ],
  ["refresh", "5; url=http://127.0.0.1:9000/x", "5; url=https://example.org/x"],
  [
    "link",
    '<http://127.0.0.1:9000/wp-json/>; rel="https://api.w.org/"',
    '<https://example.org/wp-json/>; rel="https://api.w.org/"',
  ],
  ["content-security-policy", "default-src http://127.0.0.1:9000", "default-src https://example.org"],
  ["set-cookie", "a=b; Path=/; Domain=127.0.0.1; Secure", "a=b; Path=/; Secure"],
  ["set-cookie", "a=b; domain=example.org", "a=b; domain=example.org"],
])("%s: %s", (name, value, wanted) => {
  expect(publicHeader(name, value, local)).toBe(wanted);
});

const bytes = (text: string): Uint8Array => Buffer.from(text);
const text = (from: Uint8Array): string => Buffer.from(from).toString();

test("pages, styles, scripts and feeds are rewritten; plain text and pictures are not, but what they tell is found", () => {
  for (const kind of ["html", "style", "script", "xml", "svg", "data"] as const)
    expect(text(publicBody(kind, bytes("http://127.0.0.1:9000/a"), local).bytes)).toBe(
      "https://example.org/a",
    );
  const plain = publicBody("text", bytes("see http://127.0.0.1:9000/a"), local);
  expect(text(plain.bytes)).toBe("see http://127.0.0.1:9000/a");
  expect(plain.leaks).toEqual([{ where: "body", value: "see http://127.0.0.1:9000/a" }]);
  expect(publicBody("image", bytes("http://127.0.0.1:9000/a"), local).leaks).toEqual([]);
});

test("what has no leak comes back as it is, without a copy", () => {
  const page = bytes("<p>127.0.0.2, localhost, example.org</p>");
  expect(publicBody("html", page, local).bytes).toBe(page);
});

test("a name or number that only the origin has tells it by itself; what everybody has doesn't", () => {
  expect(leaksIn("body", "<!-- origin.example.net, 12 ms -->", far)).toHaveLength(1);
  expect(leaksIn("body", "x.origin.example.net origin.example.net.uk origin.example.network", far)).toEqual(
    [],
  );
  expect(leaksIn("body", "http://127.0.0.1/", local)).toEqual([]);
  expect(leaksIn("body", "Warning: upstream 127.0.0.1:9000", local)).toHaveLength(1);
  const byNumber: Seen = { ...local, origin: "http://10.0.0.5" };
  expect(leaksIn("body", "10.0.0.5:8080 110.0.0.5 10.0.0.51 1.10.0.0.5", byNumber)).toHaveLength(1);
});

test("a server that is called like the site is told by its port alone", () => {
  const same: Seen = { origin: "http://example.org:8081", scheme: "https", host: "www.example.org" };
  expect(leaksIn("body", "example.org www.example.org mail@example.org", same)).toEqual([]);
  expect(leaksIn("body", "example.org:8081", same)).toHaveLength(1);
});

test("however often it stands there, few are told, each cut short", () => {
  const leaks = leaksIn("body", "127.0.0.1:9000 ".repeat(10_000), local);
  expect(leaks).toHaveLength(8);
  for (const { value } of leaks) expect(value.length).toBeLessThanOrEqual(120);
});

test("bytes that are no address's stay what they are, in any encoding that extends ASCII", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 200 }), (before, after) => {
      const url = bytes(" http://127.0.0.1:9000/ ");
      const page = Buffer.concat([before, url, after]);
      const shown = publicBody("html", page, local).bytes;
      expect(Buffer.from(shown)).toEqual(Buffer.concat([before, bytes(" https://example.org/ "), after]));
    }),
  );
});
