// The edge's own waiting pages, read by a program that only knows HTML; and what it keeps of their headers.
import { describe, expect, test } from "bun:test";
import { type ChallengePage, challengeAnswer } from "../src/edge/gate-pages/challenge-page.ts";
import { readGateForm } from "../src/edge/gate-pages/gate-form.ts";
import { cookieLines, Jar } from "./jar.ts";
import { formOf, readWaitingPage } from "./waiting-page.ts";

const page: ChallengePage = {
  language: "ar",
  ticket: "dGlja2V0".repeat(6),
  effort: 0,
  waitS: 4,
  target: '/?s=a&b="c"',
  sealed: undefined,
  siteName: "Mamfakinch",
  solver: "/_kasbah/gate/solver.js",
  tls: false,
};
const html = (changed: Partial<ChallengePage>): string =>
  challengeAnswer({ ...page, ...changed }, "text/html").body;

describe("a page to wait at", () => {
  test("without a puzzle is a form with a ticket, for the address that was asked for", () => {
    const read = readWaitingPage(html({}));
    expect(read).toMatchObject({ action: '/?s=a&b="c"', puzzle: undefined });
    expect(readGateForm(read === undefined ? "" : formOf(read))).toEqual({
      ticket: page.ticket,
      proof: undefined,
      sealed: undefined,
    });
  });

  test("names its puzzle, the solver's script and the field for the proof", () => {
    const read = readWaitingPage(html({ effort: 16, sealed: "c2VhbGVk" }));
    expect(read?.puzzle).toEqual({
      seed: expect.stringMatching(/^[0-9a-f]{64}$/),
      effort: 16,
      solver: page.solver,
      field: "kasbah-proof",
    });
    expect(readGateForm(read === undefined ? "" : formOf(read, "cHJvb2Y"))).toEqual({
      ticket: page.ticket,
      proof: "cHJvb2Y",
      sealed: "c2VhbGVk",
    });
  });

  test.each([
    "/wp-content/uploads/solver.js",
    "/_kasbah/gate/../../wp-content/uploads/solver.js",
    "/_kasbah/gate/%2e%2e/solver.js",
    "//example.org/_kasbah/gate/solver.js",
    "",
  ])("of a site that was taken over makes nobody run its script: %s", (solver) => {
    expect(readWaitingPage(html({ effort: 16, solver }))?.puzzle).toBeUndefined();
  });

  test("any other page is none", () => {
    expect(readWaitingPage("<form action='/search'><input name=q></form>")).toBeUndefined();
  });
});

test("cookies are kept by name, the last one counts, and so many of them", () => {
  const jar = new Jar();
  expect(jar.text).toBe("");
  jar.keep(
    cookieLines("HTTP/1.1 200 OK\r\nSet-Cookie: a=1; Path=/\r\nset-cookie: b=2\r\nX: set-cookie: c=3"),
  );
  jar.keep(["a=4; HttpOnly", "nothing"]);
  expect(jar.text).toBe("a=4; b=2");
  jar.keep(Array.from({ length: 100 }, (_, at) => `n${at}=x`));
  expect(jar.text.split("; ")).toHaveLength(32);
});
