// Which target answers: spellings, queries, withdrawals; and that every page of an edition is found under every spelling of its address.
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { page } from "../../test/edition-fixture.ts";
import { sha256 } from "../base/bytes.ts";
import type { Withdrawal } from "../edition/edition.ts";
import type { Target } from "../edition/target.ts";
import { AddressBook } from "./address-book.ts";
import { canonicalSpelling, picked } from "./paths.ts";

function book(targets: readonly Target[], withdrawals: readonly Withdrawal[] = []): AddressBook {
  return new AddressBook({ id: sha256("an edition"), version: 1, targets, withdrawals });
}

function answer(addresses: AddressBook, path: string, query?: string): string {
  const found = addresses.find("portal", path, query);
  switch (found?.kind) {
    case "entry":
      return `${found.target.path}${found.target.query === undefined ? "" : `?${found.target.query}`}`;
    case "moved":
      return `to ${found.location}`;
    case "error":
      return String(found.error.status);
    default:
      return "nothing";
  }
}

const at = (path: string, query?: string): Target =>
  page({ site: "portal", path, ...(query === undefined ? {} : { query }) }, path);

test("a page is found under every spelling of its path", () => {
  const byte = fc.nat(255).map((value) => `%${value.toString(16).padStart(2, "0")}`);
  const part = fc.oneof(fc.constantFrom("a", "Z", "0", "-", "~", "_", ".", "/"), byte);
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), fc.func(fc.boolean()), (parts, upper) => {
      const path = `/${parts.join("")}`;
      const other = path.replace(/%[0-9a-f]{2}/g, (escape) =>
        upper(escape) ? escape.toUpperCase() : escape,
      );
      expect(answer(book([at(path)]), other)).toBe(path);
      expect(canonicalSpelling(canonicalSpelling(path))).toBe(canonicalSpelling(path));
    }),
  );
});

test("a trailing slash leads to the spelling that exists, and to nothing where none does", () => {
  const addresses = book([at("/ar/"), at("/ar/a"), at("/both"), at("/both/")]);
  expect(answer(addresses, "/ar")).toBe("to /ar/");
  expect(answer(addresses, "/ar/a/")).toBe("to /ar/a");
  expect(answer(addresses, "/both")).toBe("/both");
  expect(answer(addresses, "/both/")).toBe("/both/");
  expect(answer(addresses, "//evil.example/")).toBe("nothing");
  expect(answer(addresses, "/")).toBe("nothing");
});

test("parameters pick a target where the edition has one for them, in any order and among others", () => {
  const addresses = book([
    at("/"),
    at("/", "p=1"),
    at("/", "p=2"),
    at("/", "cat=3&paged=2"),
    at("/only", "x=1"),
  ]);
  expect(answer(addresses, "/", "p=2")).toBe("/?p=2");
  expect(answer(addresses, "/", "utm=x&p=1")).toBe("/?p=1");
  expect(answer(addresses, "/", "paged=2&cat=%33")).toBe("/?cat=3&paged=2");
  expect(answer(addresses, "/", "p=9")).toBe("/");
  expect(answer(addresses, "/", "")).toBe("/");
  expect(answer(addresses, "/only")).toBe("nothing");
});

test("thousands of old addresses at one path are one look-up", () => {
  const addresses = book(Array.from({ length: 5_000 }, (_, id) => at("/", `p=${id}`)));
  expect(answer(addresses, "/", "p=4999")).toBe("/?p=4999");
});

test("picking keeps only what is named, whatever the order", () => {
  const parameter = fc
    .tuple(fc.constantFrom("p", "q", "utm"), fc.nat(9))
    .map(([name, value]) => `${name}=${value}`);
  fc.assert(
    fc.property(fc.uniqueArray(parameter), (parameters) => {
      const names = new Set(["p", "q"]);
      const kept = parameters.filter((one) => !one.startsWith("utm")).sort();
      expect(picked(parameters.join("&"), names)).toBe(kept.join("&"));
      expect(picked(parameters.toReversed().join("&"), names)).toBe(kept.join("&"));
    }),
  );
});

test("a withdrawn address is gone, with the edition's page for it where there is one", () => {
  const withdrawal = (path: string): Withdrawal => ({
    site: "portal",
    path,
    at: "2011-07-31T14:00:00Z",
    blobs: [],
  });
  const addresses = book(
    [page({ site: "portal", path: "/with" }, "gone", { status: 410 })],
    [withdrawal("/with"), withdrawal("/without")],
  );
  expect(answer(addresses, "/with")).toBe("/with");
  expect(answer(addresses, "/without")).toBe("410");
});
