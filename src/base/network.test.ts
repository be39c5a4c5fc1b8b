/** Networks as operators write them. */
import { expect, test } from "bun:test";
import { normalNetwork } from "./network.ts";

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
