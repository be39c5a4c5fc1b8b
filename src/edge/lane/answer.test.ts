// Answers read strictly: heads and bodies that are none, and the same body however its bytes are cut.
import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { AnswerBody } from "./answer-body.ts";
import { type AnswerFraming, readAnswerHead } from "./answer-head.ts";
import { clientHeaders } from "./answer-headers.ts";

const read = (text: string, method = "GET"): ReturnType<typeof readAnswerHead> =>
  readAnswerHead(text, method);

describe("a head", () => {
  test("names are in lower case, values as they came, doubles stay two", () => {
    const head = read(
      "HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nSET-COOKIE:\t b=2 \r\nX-Caf\xe9".replace("\xe9", "e: \xe9\xa0"),
    );
    expect(head?.fields).toEqual([
      ["set-cookie", "a=1"],
      ["set-cookie", "b=2"],
      ["x-cafe", "\xe9\xa0"],
    ]);
  });

  test.each([
    ["HTTP/0.9", "hello"],
    ["another version", "HTTP/2 200 OK"],
    ["no status", "HTTP/1.1 OK"],
    ["a status of four digits", "HTTP/1.1 2000 OK"],
    ["a status that is none", "HTTP/1.1 600 OK"],
    ["a space before the colon", "HTTP/1.1 200 OK\r\nA : b"],
    ["no colon", "HTTP/1.1 200 OK\r\nA"],
    ["no name", "HTTP/1.1 200 OK\r\n: b"],
    ["a folded line", "HTTP/1.1 200 OK\r\nA: b\r\n c"],
    ["a bare CR", "HTTP/1.1 200 OK\r\nA: b\rSet-Cookie: c"],
    ["a bare LF", "HTTP/1.1 200 OK\r\nA: b\nSet-Cookie: c"],
    ["a NUL", "HTTP/1.1 200 OK\r\nA: b\0c"],
    ["two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 3"],
    ["a list of lengths", "HTTP/1.1 200 OK\r\nContent-Length: 3, 3"],
    ["a signed length", "HTTP/1.1 200 OK\r\nContent-Length: +3"],
    ["a length beside a coding", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked"],
    ["a coding beside chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked"],
    ["an unknown coding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked"],
    ["a coding in HTTP/1.0", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked"],
    ["1,000 fields", `HTTP/1.1 200 OK${"\r\nA: b".repeat(1_000)}`],
  ])("that has %s is none", (_, text) => {
    expect(read(text)).toBeUndefined();
  });

  test.each<[string, string, string, AnswerFraming["kind"], boolean]>([
    ["a length", "HTTP/1.1 200 OK\r\nContent-Length: 3", "GET", "length", true],
    ["chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked", "GET", "chunked", true],
    ["neither", "HTTP/1.1 200 OK", "GET", "until-close", false],
    ["HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 3", "GET", "length", false],
    [
      "the server's wish to close",
      "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: x, Close",
      "GET",
      "length",
      false,
    ],
    ["HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 3", "HEAD", "none", true],
    ["204", "HTTP/1.1 204 No Content", "GET", "none", true],
    ["304", "HTTP/1.1 304 Not Modified\r\nContent-Length: 3", "GET", "none", true],
    ["no reason", "HTTP/1.1 200", "GET", "until-close", false],
  ])("with %s", (_, text, method, framing, persistent) => {
    expect([read(text, method)?.framing.kind, read(text, method)?.persistent]).toEqual([framing, persistent]);
  });

  test("of any bytes is read or refused, never thrown at", () => {
    const bytes = fc.uint8Array({ maxLength: 100 }).map((array) => Buffer.from(array).toString("latin1"));
    fc.assert(
      fc.property(bytes, (text) => {
        read(text);
        read(`HTTP/1.1 200 OK\r\n${text}`);
      }),
    );
  });
});

/** The body, and how it ended. */
function decode(framing: AnswerFraming, parts: readonly string[]): [body: string, end: string] {
  const body = new AnswerBody(framing);
  let text = "";
  for (const part of parts) {
    const pieces = body.read(Buffer.from(part, "latin1"));
    if (pieces === undefined) return [text, "malformed"];
    text += pieces.map((piece) => Buffer.from(piece).toString("latin1")).join("");
  }
  if (body.hasSurplus) return [text, "surplus"];
  return [text, body.isComplete ? "complete" : "open"];
}

const chunked: AnswerFraming = { kind: "chunked" };

describe("a body", () => {
  test.each<[string, AnswerFraming, string, string, string]>([
    ["by its length", { kind: "length", bytes: 3 }, "abc", "abc", "complete"],
    ["that is too short", { kind: "length", bytes: 3 }, "ab", "ab", "open"],
    ["that is too long", { kind: "length", bytes: 3 }, "abcd", "abc", "surplus"],
    ["of no length", { kind: "length", bytes: 0 }, "", "", "complete"],
    ["in chunks", chunked, "3\r\nabc\r\n0\r\n\r\n", "abc", "complete"],
    ["with extensions and trailers", chunked, '3;a="b"\r\nabc\r\n0\r\nX-A: b\r\n\r\n', "abc", "complete"],
    ["with something after it", chunked, "0\r\n\r\nHTTP/1.1 200 OK", "", "surplus"],
    ["whose last chunk is missing", chunked, "3\r\nabc\r\n", "abc", "open"],
    ["with a size that is none", chunked, "zz\r\n", "", "malformed"],
    ["with a signed size", chunked, "+3\r\nabc", "", "malformed"],
    ["with a huge size", chunked, "fffffffff\r\n", "", "malformed"],
    ["with an empty size", chunked, "\r\n", "", "malformed"],
    ["with a bare LF", chunked, "3\nabc\r\n", "", "malformed"],
    ["with a bare CR", chunked, "3\rabc\r\n", "", "malformed"],
    ["whose chunk is longer than it says", chunked, "3\r\nabcd\r\n", "", "malformed"],
    ["with an endless size line", chunked, `3;${"a".repeat(300)}`, "", "malformed"],
    ["with endless trailers", chunked, `0\r\n${"A: b\r\n".repeat(100)}`, "", "malformed"],
    ["until the end", { kind: "until-close" }, "abc", "abc", "open"],
  ])("%s", (_, framing, text, body, end) => {
    expect(decode(framing, [text])).toEqual([body, end]);
    expect(decode(framing, text.split(""))[1]).toBe(end);
  });

  test("ends with the connection only where nothing else tells its end", () => {
    expect(new AnswerBody({ kind: "until-close" }).end()).toBe(true);
    expect(new AnswerBody(chunked).end()).toBe(false);
    expect(new AnswerBody({ kind: "length", bytes: 1 }).end()).toBe(false);
  });

  test("is the same however its bytes are cut", () => {
    const pieces = fc.array(
      fc.uint8Array({ minLength: 1, maxLength: 20 }).map((array) => Buffer.from(array).toString("latin1")),
      {
        maxLength: 5,
      },
    );
    fc.assert(
      fc.property(pieces, fc.array(fc.nat(200)), (chunks, cuts) => {
        const text = `${chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join("")}0\r\n\r\n`;
        const at = [
          0,
          ...cuts.filter((cut) => cut < text.length).sort((left, right) => left - right),
          text.length,
        ];
        const parts = at.slice(1).map((end, index) => text.slice(at[index], end));
        expect(decode(chunked, parts)).toEqual([chunks.join(""), "complete"]);
      }),
    );
  });
});

describe("what a client gets of the headers", () => {
  const seen = {
    origin: "http://127.0.0.1:9000",
    scheme: "https",
    host: "example.org",
    tls: true,
    isHead: false,
  };
  const pass = (fields: readonly (readonly [string, string])[], more = {}): Headers =>
    clientHeaders({ status: 200, fields, framing: { kind: "none" }, persistent: true }, { ...seen, ...more });

  test.each([
    ["http://127.0.0.1:9000/a?b", "https://example.org/a?b"],
    ["http://127.0.0.1:9000", "https://example.org"],
    ["HTTP://127.0.0.1:9000/", "https://example.org/"],
    ["http://127.0.0.1:90001/a", "http://127.0.0.1:90001/a"],
    ["http://127.0.0.1:9000@evil.example/", "http://127.0.0.1:9000@evil.example/"],
    ["https://elsewhere.example/a", "https://elsewhere.example/a"],
    ["/a", "/a"],
  ])("a redirect to %s leads to %s", (location, expected) => {
    expect(pass([["location", location]]).get("location")).toBe(expected);
  });

  test("a refresh to the server's own address leads to the public one", () => {
    expect(pass([["refresh", "5; url=http://127.0.0.1:9000/a"]]).get("refresh")).toBe(
      "5; url=https://example.org/a",
    );
    expect(pass([["refresh", "5"]]).get("refresh")).toBe("5");
  });

  test("cookies stay apart, what is for the edge alone goes, Via grows", () => {
    const headers = pass([
      ["set-cookie", "a=1; Expires=Sun, 22 Nov 2026 08:00:00 GMT"],
      ["set-cookie", "b=2"],
      ["connection", "keep-alive, x-secret"],
      ["x-secret", "1"],
      ["keep-alive", "timeout=5"],
      ["proxy-authenticate", "Basic"],
      ["trailer", "x-a"],
      ["upgrade", "h2c"],
      ["alt-svc", 'h3=":443"'],
      ["via", "1.1 varnish"],
      ["content-encoding", "gzip"],
    ]);
    expect(headers.getSetCookie()).toEqual(["a=1; Expires=Sun, 22 Nov 2026 08:00:00 GMT", "b=2"]);
    expect([...headers.keys()].filter((name) => name !== "set-cookie")).toEqual([
      "content-encoding",
      "strict-transport-security",
      "via",
    ]);
    expect(headers.get("via")).toBe("1.1 varnish, 1.1 kasbah");
  });

  test("HSTS where the client came over TLS and the server says nothing itself", () => {
    expect(pass([]).get("strict-transport-security")).toBe("max-age=31536000");
    expect(pass([["strict-transport-security", "max-age=1"]]).get("strict-transport-security")).toBe(
      "max-age=1",
    );
    expect(pass([], { tls: false }).get("strict-transport-security")).toBeNull();
  });
});
