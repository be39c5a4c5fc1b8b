/** Networks as operators write them. */
import { expect, test } from "bun:test";
import { normalHost, normalNetwork, parseListenAddress } from "./network.ts";

test.each([
  ["192.0.2.0/24", "192.0.2.0/24"],
  ["192.0.2.7", "192.0.2.7/32"],
  ["0.0.0.0/0", "0.0.0.0/0"],
  ["2001:DB8::/32", "2001:db8::/32"],
  ["2001:db8::1", "2001:db8::1/128"],
  ["::/0", "::/0"],
])("%s is %s", (written, normal) => {
  expect(normalNetwork(written)).toBe(normal);
});

test.each([
  "",
  "/",
  "/24",
  "192.0.2.0/",
  "192.0.2.0/33",
  "192.0.2.0/024",
  "192.0.2.0/-1",
  "192.0.2.0/24/24",
  "192.0.2.1/24",
  "2001:db8::1/32",
  "2001:db8::/129",
  "10.1/16",
  "0x7f.0.0.1",
  "010.0.0.1",
  "fe80::1%eth0",
  "localhost",
  "a".repeat(10_000),
])("%s is no network", (written) => {
  expect(normalNetwork(written)).toBeUndefined();
});

test.each([
  ["127.0.0.1:8080", { hostname: "127.0.0.1", port: 8080 }],
  ["0.0.0.0:0", { hostname: "0.0.0.0", port: 0 }],
  ["localhost:65535", { hostname: "localhost", port: 65_535 }],
  ["[::1]:443", { hostname: "::1", port: 443 }],
])("%s is an address to listen on", (written, address) => {
  expect(parseListenAddress(written)).toEqual(address);
});

test.each([
  "",
  ":80",
  "8080",
  "127.0.0.1",
  "127.0.0.1:",
  "127.0.0.1:65536",
  "127.0.0.1:-1",
  "::1:80",
  "[127.0.0.1]:80",
  "[]:80",
  "example.org:80",
  "127.0.0.1:80 ",
])("%s is none", (written) => {
  expect(parseListenAddress(written)).toBeUndefined();
});

test.each([
  ["example.org", "example.org"],
  ["Blog.Example.ORG", "blog.example.org"],
  ["127.0.0.1", "127.0.0.1"],
  ["مثال.com", "xn--mgbh0fb.com"],
])("%s is the host %s", (written, host) => {
  expect(normalHost(written)).toBe(host);
});

test.each([
  "",
  "https://example.org",
  "example.org:80",
  "example.org/",
  "a b",
  "a@b",
  "a?b",
  "a\\b",
  "x".repeat(300),
])("%s is no host", (written) => {
  expect(normalHost(written)).toBeUndefined();
});
