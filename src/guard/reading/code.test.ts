/** The shape of code stays while what it is fed with changes; whoever changes what it does changes the shape or a literal. */
import { expect, test } from "bun:test";
import fc from "fast-check";
import { inlineCode } from "./code.ts";

const shape = (code: string): string => inlineCode("script", code).shape;
const literals = (code: string): readonly string[] => inlineCode("script", code).literals;

test("nonces, dates, comments, white space and lists of data make no new script", () => {
  const before = `/* 12 May */ var n = "a1b2", at = 1700000000;\n  posts = [{"id": 1, "t": "x"}, {"id": 2}];`;
  const after = `var n='zz',at=1800000000; // 13 May
    posts=[{"id":3,"t":"y","u":null},{"id":-4},{"id":5}];`;
  expect(shape(before.replaceAll('"a1b2"', "'a1b2'").replace("'a1b2'", '"q"'))).toBe(
    shape(after.replace("'zz'", '"zz"')),
  );
  expect(literals(before)).toEqual(["a1b2", "1700000000", `[{"id": 1, "t": "x"}, {"id": 2}]`]);
});

test("a big object of data is one literal, a small one keeps its values apart", () => {
  const state = (size: number) =>
    `window.state = {${Array.from({ length: size }, (_, at) => `"k${at}":${at}`).join(",")}};`;
  expect(shape(state(3))).toBe(shape(state(300)));
  expect(literals(state(2))).toEqual(["k0", "0", "k1", "1"]);
  expect(literals(state(300))).toHaveLength(1);
});

test("code is never taken for data", () => {
  expect(shape("x = [1, 2]")).not.toBe(shape("x = [1, steal()]"));
  expect(shape("x = {a: 1}")).not.toBe(shape("x = {a: steal}"));
  expect(shape("x = {'a': 1}")).not.toBe(shape("x = {['a']: b.c}"));
  expect(shape("x = [1]")).not.toBe(shape("x = [`${steal()}`]"));
  expect(shape("x = {}")).not.toBe(shape("x = {get a() {}}"));
  expect(shape("[1, [2, f()], 3]")).not.toBe(shape("[1, [2, 4], 3]"));
});

test("what stands in a template's holes is code", () => {
  expect(shape("a = `x${b}y`")).toBe(shape("a = `z${b}`"));
  expect(shape("a = `x${b}y`")).not.toBe(shape("a = `x${b()}y`"));
  expect(shape("a = `${`${b}`}`; c()")).not.toBe(shape("a = `${`${b}`}`; d()"));
});

test("regular expressions are code, and quotes in them begin no string", () => {
  expect(shape(`a = /["']/; f()`)).not.toBe(shape(`a = /["']/; g()`));
  expect(shape("a = /x/")).not.toBe(shape("a = /y/"));
  expect(shape(`return /[/"]/.test(b) ? f() : "s"`)).not.toBe(shape(`return /[/"]/.test(b) ? g() : "s"`));
});

test("code behind a slash that may divide or begin a pattern hides in no comment", () => {
  expect(shape("(a) /[/*]/.b; f() /* */")).not.toBe(shape("(a) /[/*]/.b; g() /* */"));
});

test("literals are shortened with a hash of all, and those without a place are summed", () => {
  const long = "x".repeat(5_000);
  const [one = ""] = literals(`a("${long}1")`);
  expect(one).toHaveLength(100);
  expect(one).not.toBe(literals(`a("${long}2")`)[0]);
  const many = (last: number) =>
    Array.from({ length: 300 }, (_, at) => `f(${at === 299 ? last : at});`).join("");
  expect(literals(many(1))).toHaveLength(101);
  expect(literals(many(1)).at(-1)).not.toBe(literals(many(2)).at(-1));
});

test("styles: numbers, colours and addresses are literals, properties are the shape", () => {
  const style = (css: string) => inlineCode("style", css);
  expect(style(".c-12 { color: #fff; margin: 3px }").shape).toBe(
    style(".c-12 {color:#000;margin:14px}").shape,
  );
  expect(style("a { color: red }").shape).not.toBe(style("a { display: none }").shape);
  expect(style("a { background: url(/x.png) } /* x */").literals).toEqual(["/x.png"]);
});

test("any text is read to its end", () => {
  const sign = fc.constantFrom(..."'\"`${}[]()/*\\\n;:,-1aé #".split(""));
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 60 }), fc.boolean(), (signs, isStyle) => {
      const code = signs.join("");
      const read = inlineCode(isStyle ? "style" : "script", code);
      expect(read.shape).toMatch(/^[0-9a-f]{32}$/);
      expect(read.literals.length).toBeLessThanOrEqual(101);
    }),
    { numRuns: 5_000 },
  );
});
