// Who passes by judging, and who only looks like it.
import { describe, expect, test } from "bun:test";
import { defaultConfig } from "../../config/load.ts";
import { Staff } from "./staff.ts";

const staff = new Staff(defaultConfig().origin);
const has = (path: string, headers: Record<string, string> = {}): boolean =>
  staff.has({ path, headers: new Headers(headers) });

test.each(["/wp-admin", "/wp-admin/", "/wp-admin/edit.php", "/wp-login.php", "/%77p-admin/x"])(
  "%s is where people work",
  (path) => {
    expect(has(path)).toBe(true);
  },
);

test.each([
  "/",
  "/wp-administrators",
  "/a/wp-admin/",
  "/wp-login.phpx",
  "/WP-ADMIN/",
  "//wp-admin/",
  "/wp-content/wp-admin",
  "/wp-admin/admin-ajax.php",
  "/wp-admin/%61dmin-ajax.php",
])("%s is not", (path) => {
  expect(has(path)).toBe(false);
});

test.each([
  "wordpress_logged_in_0123456789abcdef=editor%7C1",
  "lang=fr; wordpress_sec_0123456789abcdef=x",
  "SSESSfedcba98=x",
  "SESSfedcba98=x",
  "joomla_user_state=logged_in",
  "be_typo_user=x",
  "spip_admin=%40admin",
])("a cookie of a CMS's own is a sign-in: %s", (cookie) => {
  expect(has("/", { cookie })).toBe(true);
});

test.each([
  "PHPSESSID=0123456789abcdef",
  "wordpress_test_cookie=WP",
  "comment_author_0123=x",
  "x=wordpress_logged_in_1",
  "xwordpress_logged_in_1=x",
  "fe_typo_user=x",
  "",
])("others are a reader's: %s", (cookie) => {
  expect(has("/", { cookie })).toBe(false);
});

test("what a Set-Cookie field would sign in with is known by the same names", () => {
  expect(staff.isSignIn("wordpress_logged_in_1=x; Path=/; HttpOnly")).toBe(true);
  expect(staff.isSignIn(" wordpress_logged_in_1 =x")).toBe(true);
  expect(staff.isSignIn("lang=wordpress_logged_in_1; Path=/")).toBe(false);
});

test("who authenticates in the head of the request is staff", () => {
  expect(has("/", { authorization: "Basic YTpi" })).toBe(true);
});

describe("an answer may sign in", () => {
  const navigates = { "sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate", "sec-fetch-user": "?1" };
  const may = (path: string, headers: Record<string, string>): boolean =>
    staff.maySignIn({ path, headers: new Headers(headers) });

  test("who comes to where one signs in by their own deed, and who is signed in", () => {
    expect(may("/wp-login.php", navigates)).toBe(true);
    expect(may("/wp-login.php", { ...navigates, "sec-fetch-site": "none" })).toBe(true);
    expect(may("/wp-login.php", { "upgrade-insecure-requests": "1" })).toBe(true);
    expect(may("/", { cookie: "wordpress_logged_in_1=x" })).toBe(true);
  });

  test.each([
    ["a page elsewhere", "/", navigates],
    ["what a page loads", "/wp-login.php", { ...navigates, "sec-fetch-mode": "no-cors" }],
    [
      "what a page sends by itself",
      "/wp-login.php",
      { "sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate" },
    ],
    ["another site's form", "/wp-login.php", { ...navigates, "sec-fetch-site": "cross-site" }],
    ["what scripts of public pages ask for", "/wp-admin/admin-ajax.php", navigates],
    ["a program", "/wp-login.php", {}],
  ])("never: %s", (_, path, headers) => {
    expect(may(path, headers)).toBe(false);
  });
});
