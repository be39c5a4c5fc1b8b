/** The list of withdrawals: one form, only growing. */
import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { sha256, utf8 } from "../base/bytes.ts";
import type { Withdrawal } from "./edition.ts";
import {
  decodeWithdrawals,
  encodeWithdrawals,
  mergeWithdrawals,
  missingWithdrawal,
  Withdrawn,
} from "./withdrawals.ts";

const withdrawals: fc.Arbitrary<readonly Withdrawal[]> = fc.uniqueArray(
  fc.record({
    site: fc.constantFrom("portal", "blog"),
    path: fc.webPath().map((path) => `/${path.replaceAll("/", "-")}`),
    at: fc.constantFrom("2011-07-31T14:05:09.000Z", "2012-02-17T08:00:00.000Z"),
    blobs: fc
      .array(
        fc.nat(9).map((at) => sha256(`blob ${at}`)),
        { maxLength: 4 },
      )
      .map((blobs) => Array.from(new Set(blobs))),
  }),
  { maxLength: 8, selector: ({ site, path }) => `${site} ${path}` },
);

test("a list comes back as it was written, in one form whatever the order", () => {
  fc.assert(
    fc.property(withdrawals, (list) => {
      const encoded = encodeWithdrawals(list);
      expect(encodeWithdrawals(decodeWithdrawals(encoded))).toEqual(encoded);
      expect(encodeWithdrawals([...list].reverse())).toEqual(encoded);
    }),
  );
});

test("what is merged lacks nothing of either list, and each list lacks what only the other has", () => {
  fc.assert(
    fc.property(withdrawals, withdrawals, (known, added) => {
      const merged = mergeWithdrawals(known, added);
      expect(missingWithdrawal(merged, known)).toBeUndefined();
      const blobs = new Withdrawn(merged).blobs;
      expect([...known, ...added].every((entry) => entry.blobs.every((blob) => blobs.has(blob)))).toBe(true);
      const grown = encodeWithdrawals(merged).length > encodeWithdrawals(known).length;
      expect(missingWithdrawal(known, merged) !== undefined).toBe(grown);
    }),
  );
});

describe("a list is refused", () => {
  test.each([
    ["in another form", '{"type":"kasbah-withdrawals/1","withdrawals":[] }', "canonical"],
    ["of another type", '{"type":"kasbah-withdrawals/2","withdrawals":[]}', "kasbah-withdrawals/1"],
    ["with what is no hash", listText('"00"'), "blobs"],
    ["that names an address twice", listText("", listEntry("")), "twice"],
  ])("%s", (_, text, reason) => {
    expect(() => decodeWithdrawals(utf8(text))).toThrow(reason);
  });
});

function listEntry(blobs: string): string {
  return `{"at":"2011-07-31T14:05:09Z","blobs":[${blobs}],"path":"/x","site":"portal"}`;
}

function listText(blobs: string, ...more: string[]): string {
  return `{"type":"kasbah-withdrawals/1","withdrawals":[${[listEntry(blobs), ...more].join(",")}]}`;
}
