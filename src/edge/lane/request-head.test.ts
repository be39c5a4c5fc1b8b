// What of a client's request reaches the server behind the edge: a table of headers, and of targets byte by byte.
import { describe, expect, test } from "bun:test";
import { type ClientRequest, requestHead } from "./request-head.ts";

function headOf(headers: HeadersInit, more: Partial<ClientRequest> = {}): string {
  const request: ClientRequest = {
    method: "GET",
    target: "/",
    headers: new Headers(headers),
    host: "example.org",
    address: "192.0.2.1",
    scheme: "https",
    ...more,
  };
  return Buffer.from(requestHead(request, { kind: "none" }) ?? []).toString("latin1");
}

const valueOf = (head: string, name: string): string | undefined =>
  head
    .split("\r\n")
    .filter((line) => line.startsWith(`${name}: `))
    .map((line) => line.slice(name.length + 2))
    .join(" + ") || undefined;

describe("what the client says goes through as it is", () => {
  test.each([
    ["accept-encoding", "br;q=0.5, gzip"],
    ["cookie", "a=1; b=2"],
    ["range", "bytes=4-"],
    ["if-none-match", 'W/"x"'],
    ["if-range", '"x"'],
    ["authorization", "Basic eDp5"],
    ["user-agent", "curl/8"],
    ["cache-control", "no-cache"],
    ["x-csrf-token", "caf\xe9"],
    ["origin", "https://example.org"],
    ["content-encoding", "gzip"],
  ])("%s", (name, value) => {
    expect(valueOf(headOf({ [name]: value }), name)).toBe(value);
  });

  test("and nothing is made up: no Accept, no User-Agent", () => {
    const names = headOf({})
      .split("\r\n")
      .slice(1, -2)
      .map((line) => line.split(":")[0]);
    expect(names).toEqual([
      "host",
      "forwarded",
      "x-forwarded-for",
      "x-forwarded-host",
      "x-forwarded-proto",
      "x-real-ip",
      "via",
    ]);
  });
});

describe("what is for this connection alone stays here", () => {
  test.each([
    "connection",
    "keep-alive",
    "proxy-connection",
    "proxy-authorization",
    "proxy",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "expect",
    "content-length",
  ])("%s", (name) => {
    expect(valueOf(headOf({ [name]: "x" }), name)).toBeUndefined();
  });

  test("and what Connection names", () => {
    const head = headOf({ connection: "close, X-Secret ,te", "x-secret": "1", "x-other": "2" });
    expect([valueOf(head, "x-secret"), valueOf(head, "x-other")]).toEqual([undefined, "2"]);
  });

  test("but Connection can't take away what the edge says", () => {
    const head = headOf({ connection: "x-forwarded-for, host, via" });
    expect(valueOf(head, "x-forwarded-for")).toBe("192.0.2.1");
    expect(valueOf(head, "host")).toBe("example.org");
  });
});

describe("who asks is said by the edge, never by the client", () => {
  test.each([
    ["x-forwarded-for", "192.0.2.1"],
    ["x-forwarded-proto", "https"],
    ["x-forwarded-host", "example.org"],
    ["x-real-ip", "192.0.2.1"],
    ["forwarded", 'for=192.0.2.1;host="example.org";proto=https'],
    ["host", "example.org"],
    ["x-forwarded-port", undefined],
    ["x-forwarded-prefix", undefined],
    ["x_forwarded_for", undefined],
    ["x-forwarded_for", undefined],
    ["x-client-ip", undefined],
    ["client-ip", undefined],
    ["true-client-ip", undefined],
    ["cf-connecting-ip", undefined],
    ["x-original-url", undefined],
    ["x-rewrite-url", undefined],
  ])("%s", (name, said) => {
    expect(valueOf(headOf({ [name]: "10.0.0.1" }), name)).toBe(said);
  });

  test("IPv6 in its brackets; an IPv4 address that came over IPv6 is an IPv4 address", () => {
    const head = headOf({}, { address: "2001:db8::1" });
    expect(valueOf(head, "forwarded")).toBe('for="[2001:db8::1]";host="example.org";proto=https');
    expect(valueOf(head, "x-forwarded-for")).toBe("2001:db8::1");
    expect(valueOf(headOf({}, { address: "::ffff:192.0.2.1" }), "x-real-ip")).toBe("192.0.2.1");
  });

  test("Via grows", () => {
    expect(valueOf(headOf({ via: "1.0 fred" }), "via")).toBe("1.0 fred, 1.1 kasbah");
  });
});

describe("targets", () => {
  test.each(["/", "//a//b", "/a%2Fb", "/a/..;/b", "/%2e%2e/a", "/a?b=%2f../..&c", "/a?", "/%C3%A9", "/a|b"])(
    "%s stands as it came",
    (target) => {
      expect(headOf({}, { target }).split("\r\n")[0]).toBe(`GET ${target} HTTP/1.1`);
    },
  );

  test.each(["a", "", "/a b", "/a\r\nX: y", "/a#b", "/\0", "/\xe9", "http://evil/"])(
    "%j is refused",
    (target) => {
      expect(headOf({}, { target })).toBe("");
    },
  );
});

test("one range is asked for, several at once are not: the whole is the answer", () => {
  expect(valueOf(headOf({ range: "bytes=0-499" }), "range")).toBe("bytes=0-499");
  const ranges = Array.from({ length: 1_300 }, (_, at) => `5-${at}`).join();
  for (const range of [`bytes=0-,${ranges}`, "bytes=0-1,2-3", "bytes=0-1 , 0-1"])
    expect(valueOf(headOf({ range }), "range")).toBeUndefined();
});

test("how the body is framed is the edge's own word", () => {
  const framingOf = (method: string, framing: Parameters<typeof requestHead>[1]): string => {
    const headers = new Headers({ "content-length": "9", "transfer-encoding": "gzip, chunked" });
    const request = {
      method,
      target: "/",
      headers,
      host: "a",
      address: "192.0.2.1",
      scheme: "http",
    } as const;
    const head = Buffer.from(requestHead(request, framing) ?? []).toString();
    return head
      .split("\r\n")
      .filter((line) => /^(content-length|transfer-encoding)/.test(line))
      .join();
  };
  expect(framingOf("POST", { kind: "length", bytes: 5 })).toBe("content-length: 5");
  expect(framingOf("POST", { kind: "chunked" })).toBe("transfer-encoding: chunked");
  expect(framingOf("POST", { kind: "none" })).toBe("content-length: 0");
  expect(framingOf("GET", { kind: "none" })).toBe("");
});

describe("the studio's cookies", () => {
  const cookie = "a=1; kasbah=secret; __Host-kasbah=secret; kasbah-challenge=secret; kasbahs=2; b=kasbah";

  test("reach the studio, and no origin that shares its host name", () => {
    expect(valueOf(headOf({ cookie }), "cookie")).toBe("a=1; kasbahs=2; b=kasbah");
    expect(valueOf(headOf({ cookie }, { isForStudio: true }), "cookie")).toBe(cookie);
  });

  test("alone leave no empty header", () => {
    expect(valueOf(headOf({ cookie: "kasbah=secret" }), "cookie")).toBeUndefined();
  });
});
