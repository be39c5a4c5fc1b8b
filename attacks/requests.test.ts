// What a flood asks for is what its story says.
import { expect, test } from "bun:test";
import { sha256 } from "../src/base/bytes.ts";
import { seededRandom } from "../src/base/random.ts";
import type { Page } from "./pages.ts";
import type { Ask } from "./profile.ts";
import { Requests } from "./requests.ts";
import type { Target } from "./target.ts";

const page = (path: string, bytes: number, ...parts: readonly string[]): Page => ({
  path,
  sha256: sha256(""),
  bytes,
  parts,
});
const pages = [page("/", 10, "/s.css", "/i.png"), page("/large", 1_000, "/s.css", "/i.png")] as const;
const target: Target = { address: "127.0.0.1", port: 8080, tls: false, host: "portal.example" };
const signIn = { host: "studio.example", path: "/sign-in" };

function ask(what: Ask, at = target): string[] {
  const requests = new Requests(at, pages, seededRandom(1));
  return requests.next({ asks: [[1, what]] }).map(({ begin, body }) => begin + body);
}

test.each<[Ask, RegExp]>([
  [{ goal: "front" }, /^GET \/ HTTP\/1\.1\r\nHost: portal\.example\r\n$/],
  [{ goal: "front", method: "HEAD" }, /^HEAD \/ HTTP/],
  [{ goal: "linked" }, /^GET \/large HTTP/],
  [{ goal: "largest", query: "search" }, /^GET \/large\?s=\w+\+\w+ HTTP/],
  [{ goal: "front", query: "fresh" }, /^GET \/\?z=\w+ HTTP/],
  [{ goal: "nowhere" }, /^GET \/\w+\/\w+ HTTP/],
  [{ goal: "front", host: "address" }, /Host: 127\.0\.0\.1:8080\r\n/],
  [{ goal: "front", host: "unknown" }, /Host: \w+\.example\r\n/],
  [{ goal: "sign-in", method: "POST" }, /^POST \/wp-login\.php HTTP\/1\.1\r\nHost: portal\.example\r\n/],
])("%j", (what, expected) => {
  const requests = ask(what);
  expect(requests).toHaveLength(1);
  expect(requests[0]).toMatch(expected);
});

test("a visit is a page and then its parts", () => {
  expect(ask({ goal: "visit" }).map((text) => text.split(" ")[1])).toEqual([
    expect.stringMatching(/^\/(large)?$/),
    "/s.css",
    "/i.png",
  ]);
});

test("a form is as long as it says, and goes to where people sign in", () => {
  const [text = ""] = ask({ goal: "sign-in", method: "POST" }, { ...target, signIn });
  expect(text).toStartWith("POST /sign-in HTTP/1.1\r\nHost: studio.example\r\n");
  const [, length, body] = /Content-Length: (\d+)\r\n(.*)$/.exec(text) ?? [];
  expect(Number(length)).toBe(body?.length ?? 0);
});
