/** Bytes become the text that browsers see. */
import { expect, test } from "bun:test";
import { utf8 } from "../../base/bytes.ts";
import { decode } from "./charset.ts";

const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "latin1"));

test("a byte order mark is stronger than Content-Type, which is stronger than <meta>", () => {
  const meta = "<meta charset=windows-1256>";
  expect(decode(utf8(`\ufeff${meta}`), "text/html; charset=koi8-r").encoding).toBe("utf-8");
  expect(decode(utf8(meta), 'text/html; charset="KOI8-R"').encoding).toBe("koi8-r");
  expect(decode(utf8(meta), "text/html").encoding).toBe("windows-1256");
  const utf16 = new Uint8Array(Buffer.from("\ufeff<p>\u0633", "utf16le"));
  expect(decode(utf16, "text/html")).toMatchObject({ text: "<p>\u0633", encoding: "utf-16le" });
});

test("Arabic in windows-1256 and French in windows-1252 are read", () => {
  const arabic = Uint8Array.of(0xe3, 0xd1, 0xcd, 0xc8, 0xc7);
  expect(decode(arabic, "text/html; charset=windows-1256").text).toBe("مرحبا");
  expect(decode(latin1("d\xe9fac\xe9"), "text/html; charset=iso-8859-1")).toMatchObject({
    text: "défacé",
    encoding: "windows-1252",
  });
});

test("where nothing is declared it is UTF-8 if it can be, else windows-1252", () => {
  expect(decode(utf8("é"), "text/html")).toEqual({ text: "é", encoding: "utf-8", oddities: [] });
  expect(decode(latin1("\xe9"), "text/html")).toMatchObject({ text: "é", encoding: "windows-1252" });
});

test("a <meta> that names UTF-16 means UTF-8; one in a comment means nothing", () => {
  expect(decode(utf8("<meta charset=utf-16>é"), "text/html").encoding).toBe("utf-8");
  expect(decode(latin1("<!-- <meta charset=utf-8> -->\xe9"), "text/html").encoding).toBe("windows-1252");
  expect(decode(utf8('<?xml version="1.0" encoding="ISO-8859-6"?>'), "text/xml").encoding).toBe("iso-8859-6");
});

test("what browsers may read in two ways is told", () => {
  expect(decode(utf8("<meta charset=utf-7>+ADw-script"), "text/html").oddities).toEqual(["utf-7"]);
  expect(decode(utf8("+ADw-script+AD4-"), "text/html").oddities).toEqual(["utf-7"]);
  expect(decode(latin1("\x1b$B<img>\x1b(B"), "text/html").oddities).toEqual(["escape sequences"]);
  expect(decode(utf8("<meta charset=gbk>"), "text/html; charset=utf-8").oddities).toEqual([
    "two character sets",
  ]);
});
