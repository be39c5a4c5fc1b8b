// Addresses and networks: what is read, what is refused, and that membership agrees with arithmetic on bits.
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import ipaddr from "ipaddr.js";
import { containsNetwork, network, parseAddress, parseNetwork } from "./address.ts";
import { NetworkTable } from "./network-table.ts";

const bytes4 = fc.uint8Array({ minLength: 4, maxLength: 4 });
const dotted = (bytes: Uint8Array): string => [...bytes].join(".");
const bitsOf = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["::ffff:c000:207", "192.0.2.7"],
  ["2001:DB8::0:1", "2001:db8::1"],
])("%s is %s", (text, shortest) => {
  expect(parseAddress(text)?.text).toBe(shortest);
});

test.each([
  "",
  "1.2.3",
  "01.2.3.4",
  "0x7f.0.0.1",
  "1.2.3.4.5",
  "256.1.1.1",
  "fe80::1%eth0",
  "::1::",
  "localhost",
  "1.2.3.4 ",
])("%p is no address", (text) => {
  expect(parseAddress(text)).toBeUndefined();
});

test.each([
  ["192.0.2.7", "192.0.2.7/32"],
  ["192.0.2.7/24", "192.0.2.0/24"],
  ["0.0.0.0/0", "0.0.0.0/0"],
  ["::ffff:192.0.2.0/120", "192.0.2.0/24"],
  ["2001:db8:1:2::5/64", "2001:db8:1:2::/64"],
])("%s is the network %s", (text, shortest) => {
  expect(parseNetwork(text)?.text).toBe(shortest);
});

test.each([
  "192.0.2.0/33",
  "192.0.2.0/",
  "192.0.2.0/-1",
  "192.0.2.0/08",
  "192.0.2.0/2 4",
  "::ffff:1.2.3.4/95",
  "::/129",
  "/8",
])("%p is no network", (text) => {
  expect(parseNetwork(text)).toBeUndefined();
});

test("a table finds an address exactly in the networks that share its first bits", () => {
  const entry = fc.record({ bytes: bytes4, bits: fc.integer({ min: 0, max: 32 }) });
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 20 }), bytes4, (entries, bytes) => {
      const table = new NetworkTable<string>();
      for (const one of entries) {
        const parsed = parseNetwork(`${dotted(one.bytes)}/${one.bits}`);
        if (parsed !== undefined) table.set(parsed, parsed.text);
      }
      const around = entries.filter(
        (one) => bitsOf(one.bytes).slice(0, one.bits) === bitsOf(bytes).slice(0, one.bits),
      );
      const address = parseAddress(dotted(bytes));
      const found = address && table.find(address);
      expect(found !== undefined).toBe(around.length > 0);
    }),
  );
});

test("a network contains itself and what is narrower inside it", () => {
  const inside = (outer: string, inner: string): boolean | undefined => {
    const [left, right] = [parseNetwork(outer), parseNetwork(inner)];
    return left && right && containsNetwork(left, right);
  };
  expect(inside("192.0.2.0/24", "192.0.2.7/32")).toBe(true);
  expect(inside("192.0.2.0/24", "192.0.2.0/24")).toBe(true);
  expect(inside("192.0.2.0/24", "192.0.0.0/16")).toBe(false);
  expect(inside("0.0.0.0/0", "::1/128")).toBe(false);
});

test("masking keeps the first bits of an odd length", () => {
  const address = parseAddress("255.255.255.255");
  expect(address && network(address, 13).text).toBe("255.248.0.0/13");
});

test("what is read as IPv4 is just what ipaddr.js reads as four decimal parts, and the same bytes", () => {
  const part = fc.oneof(
    fc.nat(300).map(String),
    fc.constantFrom("", "0", "00", "01", "255", "256", "1e1", " 1", "-1"),
  );
  fc.assert(
    fc.property(fc.array(part, { minLength: 3, maxLength: 5 }), (parts) => {
      const text = parts.join(".");
      const expected = ipaddr.IPv4.isValidFourPartDecimal(text)
        ? ipaddr.IPv4.parse(text).toByteArray()
        : undefined;
      expect(parseAddress(text)?.bytes.join()).toBe(expected?.join());
    }),
    { numRuns: 2_000 },
  );
});
