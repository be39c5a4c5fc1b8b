/** What browsers make of answers, by their type and their first bytes. */
import { expect, test } from "bun:test";
import { utf8 } from "../../base/bytes.ts";
import { isHeldWhole, kindOf } from "./kind.ts";

function kind(type: string | undefined, bytes: string | Uint8Array, more: [string, string][] = []): string {
  const headers: [string, string][] = type === undefined ? more : [["content-type", type], ...more];
  return kindOf({ status: 200, headers }, typeof bytes === "string" ? utf8(bytes) : bytes);
}

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]);

test("the type that is said decides", () => {
  expect(kind("Text/HTML; charset=x", "")).toBe("html");
  expect(kind("application/xhtml+xml", "")).toBe("html");
  expect(kind("image/svg+xml", "")).toBe("svg");
  expect(kind("application/rss+xml", "")).toBe("xml");
  expect(kind("application/x-javascript", "")).toBe("script");
  expect(kind("text/javascript1.5", "")).toBe("script");
  expect(kind("text/css", "<html>")).toBe("style");
  expect(kind("font/woff2", "")).toBe("font");
  expect(kind("application/vnd.api+json", "")).toBe("data");
  expect(kind("image/avif", "")).toBe("image");
  expect(kind("text/csv", "")).toBe("text");
  expect(kind("application/pdf", "%PDF")).toBe("other");
  expect(kind("video/mp4", "")).toBe("other");
});

test("a missing or senseless type is guessed from the first bytes, whatever nosniff says", () => {
  const nosniff: [string, string][] = [["x-content-type-options", "nosniff"]];
  for (const type of [undefined, "", "*/*", "unknown/unknown", "html"]) {
    expect(kind(type, "\n\t<!DOCTYPE html><p>", nosniff)).toBe("html");
    expect(kind(type, "<scripT>")).toBe("html");
    expect(kind(type, "<!-- hello")).toBe("html");
    expect(kind(type, '<?xml version="1.0"?><svg/>')).toBe("xml");
    expect(kind(type, png)).toBe("image");
    expect(kind(type, "plain words <b>")).toBe("text");
    expect(kind(type, new Uint8Array([1, 2, 3, 0]))).toBe("other");
  }
});

test("text/plain that holds no text is what it looks like, unless nosniff is said; it is never HTML", () => {
  expect(kind("text/plain", png)).toBe("image");
  expect(kind("text/plain", png, [["x-content-type-options", "NoSniff"]])).toBe("text");
  expect(kind("text/plain", "<html><script>")).toBe("text");
});

test("of several types the last counts, as in browsers", () => {
  expect(kind("text/plain", "", [["content-type", "text/html"]])).toBe("html");
});

test("everything that a page shows or runs is held whole; what is only downloaded or played streams", () => {
  expect((["html", "svg", "text", "script", "image"] as const).every(isHeldWhole)).toBe(true);
  expect(isHeldWhole("other")).toBe(false);
});
