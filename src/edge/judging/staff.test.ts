// Who passes by judging, and who only looks like it.
import { expect, test } from "bun:test";
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
