/** Which names are looked at: the operator's, and those of the same domain. */
import { expect, test } from "bun:test";
import { publicNames, siblingsOf } from "./sibling-names.ts";

const none = { own: ["www.cgem.example"], listed: [], certified: [], linked: [] };

test("names of the same domain, from certificates and links; the operator's first, whatever they are", () => {
  const names = siblingsOf({
    own: ["www.cgem.example", "localhost"],
    listed: ["visite.example"],
    certified: ["www.cgem.example", "*.cgem.example", "cgem.example", "shop.elsewhere.example"],
    linked: ["blog.cgem.example", "facebook.example", "notcgem.example", "mailto:", "cgem.example:8443"],
  });
  expect(names).toEqual(["visite.example", "cgem.example", "blog.cgem.example"]);
});

test("a domain above the site's own is somebody else's until the operator names it", () => {
  const own = ["cgem.blogs.example"];
  const certified = ["*.blogs.example", "blogs.example"];
  expect(siblingsOf({ ...none, own, certified, linked: ["other.blogs.example"] })).toEqual([]);
  expect(siblingsOf({ ...none, own, certified, listed: ["blogs.example"] })).toEqual(["blogs.example"]);
});

test("so many at most, and nothing that is no public name", () => {
  const linked = Array.from({ length: 100 }, (_, at) => `s${at}.cgem.example`);
  expect(siblingsOf({ ...none, linked })).toHaveLength(20);
  const odd = ["localhost", "a.localhost", "192.0.2.1", "*.cgem.example", "host", "a b.example", "-.example"];
  expect(publicNames(odd)).toEqual([]);
});
