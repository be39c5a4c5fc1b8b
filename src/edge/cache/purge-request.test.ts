// What `PURGE` means, in the forms in which caching plugins send it.
import { expect, test } from "bun:test";
import type { Purge } from "./purge.ts";
import { purgesAsked } from "./purge-request.ts";

test.each<[string, Record<string, string>, Purge[]]>([
  ["/2021/11/une-page/", {}, [{ kind: "address", address: "/2021/11/une-page/" }]],
  ["/?b=2&utm_source=x&a=1", {}, [{ kind: "address", address: "/?a=1&b=2" }]],
  ["/.*", { "x-purge-method": "regex" }, [{ kind: "all" }]],
  ["/.*", {}, [{ kind: "all" }]],
  ["/*", {}, [{ kind: "all" }]],
  ["/2021/.*", { "x-purge-method": "regex" }, [{ kind: "below", prefix: "/2021/" }]],
  ["/page.*", {}, [{ kind: "below", prefix: "/page" }]],
  ["/a.*b", {}, [{ kind: "address", address: "/a.*b" }]],
  ["/5*", {}, [{ kind: "address", address: "/5*" }]],
  [
    "/",
    { "surrogate-key": "post-1 post-2", "cache-tag": "post-2,home" },
    [
      { kind: "tag", tag: "post-2" },
      { kind: "tag", tag: "home" },
      { kind: "tag", tag: "post-1" },
    ],
  ],
  ["/", { "xkey-purge": "a" }, [{ kind: "tag", tag: "a" }]],
  ["/", { xkey: "" }, [{ kind: "address", address: "/" }]],
])("%s with %j", (address, headers, meant) => {
  const [path = "", query] = address.split("?");
  expect(purgesAsked({ path, query }, new Headers(headers))).toEqual(meant);
});
