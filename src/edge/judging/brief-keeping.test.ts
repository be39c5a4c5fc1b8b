// What others may keep of an answer that nobody vouches for: never longer than the origin said, never without asking again.
import { expect, test } from "bun:test";
import { keepBriefly } from "./brief-keeping.ts";

test.each([
  [undefined, "no-cache"],
  ["public, max-age=31536000, immutable", "no-cache"],
  ["s-maxage=600, stale-while-revalidate=86400, stale-if-error=86400", "no-cache"],
  ["Private, Max-Age=600", "private, no-cache"],
  ['private="set-cookie, x-user", max-age=600', "private, no-cache"],
  ["NO-STORE, no-transform", "no-store, no-transform"],
])("%p becomes %p", (said, kept) => {
  const headers = new Headers(said === undefined ? {} : { "cache-control": said });
  keepBriefly(headers);
  expect(headers.get("cache-control")).toBe(kept);
});

test("what is said to some caches alone doesn't hold either", () => {
  const headers = new Headers({
    expires: "Thu, 01 Jan 2037 00:00:00 GMT",
    "cdn-cache-control": "max-age=600",
    "cloudflare-cdn-cache-control": "max-age=600",
    "surrogate-control": "max-age=600",
    "x-accel-expires": "600",
    etag: '"x"',
  });
  keepBriefly(headers);
  expect([...headers.keys()].sort()).toEqual(["cache-control", "etag"]);
});
