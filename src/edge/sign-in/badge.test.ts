// Which session a request shows, by the name that its origin gives it, and which one an answer begins.
import { expect, test } from "bun:test";
import { badgeOf, sessionBegunBy } from "./badge.ts";

const [own, planted] = ["o".repeat(43), "p".repeat(43)];

function sessionIn(scheme: "http" | "https", cookie: string): string | undefined {
  const request = new Request("https://studio.example", { headers: { cookie } });
  return badgeOf({ request, scheme }, true).session;
}

test("over TLS a cookie that another host could have set is none", () => {
  expect(sessionIn("https", `kasbah=${planted}; __Host-kasbah=${own}`)).toBe(own);
  expect(sessionIn("https", `kasbah=${planted}`)).toBeUndefined();
});

test("without TLS, or behind a proxy that isn't trusted, it is the one that there is", () => {
  expect(sessionIn("http", `kasbah=${own}`)).toBe(own);
  expect(sessionIn("http", `__Host-kasbah=${own}`)).toBe(own);
  expect(sessionIn("http", `__Host-kasbah=${planted}; kasbah=${own}`)).toBe(own);
});

test("what can't be a session is none", () => {
  for (const value of ["", "short", "x".repeat(44), `${"x".repeat(42)}%`])
    expect(sessionIn("http", `kasbah=${value}`)).toBeUndefined();
});

test("an answer begins one by its cookie; one that ends a session begins none", () => {
  const begun = (...lines: readonly string[]): string | undefined =>
    sessionBegunBy({ fields: lines.map((line) => ["set-cookie", line] as const) });
  expect(begun(`kasbah-challenge=${planted}; Path=/`, `__Host-kasbah=${own}; Path=/; Secure`)).toBe(own);
  expect(begun(`kasbah=${own}`)).toBe(own);
  expect(begun("kasbah=; Max-Age=0", `kasbah-language=${planted}`)).toBeUndefined();
});
