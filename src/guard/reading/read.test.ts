/** Whole answers, read. */
import { expect, test } from "bun:test";
import { utf8 } from "../../base/bytes.ts";
import { type Document, type ReadingLimits, read } from "./read.ts";

const limits: ReadingLimits = {
  bytesMax: 2_000_000,
  elementsMax: 50_000,
  depthMax: 512,
  msMax: 1_000,
  monotonicMs: () => 0,
};

function answer(body: string | Uint8Array, headers: Document["headers"] = [["content-type", "text/html"]]) {
  return {
    status: 200,
    headers,
    body: typeof body === "string" ? utf8(body) : body,
    url: "https://example.org/news/today?page=2",
    ownHosts: new Set(["www.example.org"]),
  };
}

test("what a page loads, links and asks for are sets of references", () => {
  const { sets } = read(
    answer(`<!doctype html><html lang=fr dir=ltr><head><title>A &amp; B</title>
      <link rel="stylesheet" href="/style.css?v=1"><link rel=preload as=font href=//fonts.example.net/a.woff2>
      <script src="https://www.example.org/own.js"></script><script src=//cdn.example.net/lib.js async></script>
      <body><h1>Head<b>line</b></h1><a href=../older#top>older</a><a href="https://other.example/x">x</a>
      <a href="&#106;ava&Tab;script:alert(1)">y</a>
      <iframe src="https://video.example/embed/1"></iframe><img src=a.jpg srcset="a.jpg 1x, https://img.example/b.jpg 2x">
      <form method=post action="/login?nonce=1"><input name=u><input type=PassWord></form>
      <meta http-equiv=refresh content="300;url=https://next.example/"><div style="background:url('https://bg.example/x.png')">`),
    limits,
  );
  expect(sets).toMatchObject({
    styles: ["/style.css?v=1"],
    preloads: ["//fonts.example.net/a.woff2"],
    scripts: ["/own.js", "//cdn.example.net/lib.js"],
    links: ["/older"],
    "link-hosts": ["other.example", "javascript:"],
    frames: ["//video.example/embed/1"],
    images: ["/news/a.jpg", "//img.example/b.jpg"],
    "media-hosts": ["img.example", "bg.example"],
    forms: ["POST /login password"],
    refreshes: ["//next.example/"],
  });
});

test("title, headings, language and words are what a reader sees", () => {
  const facts = read(
    answer(`<html lang=ar dir=rtl><title> خبر
      اليوم </title><h2>مَرحـبـا <i>بكم</i></h2><p>Bonjour<script>var hidden = "words"</script><p hidden>unseen</p>
      <p style="display: none">unseen</p><h3></h3>`),
    limits,
  );
  expect(facts).toMatchObject({
    title: "خبر اليوم",
    headings: ["مَرحـبـا بكم"],
    language: "ar",
    direction: "rtl",
  });
  expect(facts.words).toBe("مرحبا بكم bonjour");
  expect(facts.text.count).toBe(3);
});
