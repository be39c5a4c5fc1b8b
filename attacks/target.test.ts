// A drill goes to loopback and nowhere else.
import { expect, test } from "bun:test";
import { sha256 } from "../src/base/bytes.ts";
import { flood } from "./flood.ts";
import { drawPlan } from "./plan.ts";
import { mamfakinch2011 } from "./profiles/mamfakinch-2011.ts";
import { Readers } from "./readers.ts";
import { assertLoopback, chooseTarget } from "./target.ts";

const elsewhere = [
  "192.0.2.1",
  "10.0.0.1",
  "0.0.0.0",
  "::1",
  "localhost",
  "example.org",
  "127.0.0.1.example.org",
  "127.0.0.999",
  "1270.0.0.1",
];

test.each(elsewhere)("never goes to %s", (address) => {
  expect(() => assertLoopback({ address, port: 80, tls: false, host: "localhost" })).toThrow(
    /only to 127\.0\.0\.0\/8/,
  );
});

test("flood and readers ask again, each by itself", () => {
  const target = { address: "192.0.2.1", port: 80, tls: false, host: "localhost" };
  const plan = drawPlan(mamfakinch2011, { seed: 1, sources: 1, seconds: 1, known: [] });
  const page = { path: "/", sha256: sha256(""), bytes: 0, parts: [] };
  expect(flood({ plan: plan.flood, target, pages: [page] })).rejects.toThrow(/only to 127/);
  const found = { pages: [page], feed: undefined } as const;
  expect(() => new Readers({ plan, target, found })).toThrow(/only to 127/);
});

test("of an instance's addresses it takes the first on loopback, in clear", () => {
  const addresses = ["http://192.0.2.1:80", "https://127.0.0.1:8443", "http://127.0.0.1:8080"];
  expect(chooseTarget(addresses, "portal.example")).toEqual({
    address: "127.0.0.1",
    port: 8080,
    tls: false,
    host: "portal.example",
  });
});

test("over TLS where there is nothing in clear", () => {
  expect(chooseTarget(["https://192.0.2.1:8443", "https://127.0.0.1"], "portal.example")).toEqual({
    address: "127.0.0.1",
    port: 443,
    tls: true,
    host: "portal.example",
  });
});

test.each([
  [["http://0.0.0.0:8080"]],
  [["http://192.0.2.1:8080"]],
  [["https://192.0.2.1:8443"]],
  [["http://[::1]:8080"]],
  [["http://localhost:8080"]],
  [[]],
])("an instance on %j is not drilled", (addresses) => {
  expect(() => chooseTarget(addresses, "localhost")).toThrow(/only goes to loopback/);
});
