/** Every text stands on exactly one page, and what is full stays as it is. */
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { listPage, numberedPages, pageLength } from "./pagination.ts";

const list = (length: number): string[] => Array.from({ length }, (_, at) => `${length - at}`);
const pagesOf = (ids: readonly string[]): (number | null)[] => [
  null,
  ...Array.from({ length: numberedPages(ids.length) }, (_, at) => numberedPages(ids.length) - at),
];

test("all pages together are the list, in order, each linked to its neighbours", () => {
  fc.assert(
    fc.property(fc.nat({ max: 300 }), (length) => {
      const ids = list(length);
      const pages = pagesOf(ids).map((page) => listPage(ids, page));
      expect(pages.flatMap((page) => page?.ids ?? [])).toEqual(ids);
      pages.forEach((page, at) => {
        expect(page?.older ?? undefined).toBe(pagesOf(ids)[at + 1] ?? undefined);
      });
      expect(listPage(ids, numberedPages(length) + 1)).toBeUndefined();
      expect(listPage(ids, 0)).toBeUndefined();
    }),
  );
});

test("a new text changes the first page, and at most one other once a page is full", () => {
  for (let length = 0; length < 200; length += 1) {
    const [before, after] = [list(length), list(length + 1)];
    const changed = pagesOf(after).filter(
      (page) => JSON.stringify(listPage(before, page)) !== JSON.stringify(listPage(after, page)),
    );
    const opened = numberedPages(length + 1) - numberedPages(length);
    expect(changed.length).toBeLessThanOrEqual(opened === 0 ? 1 : 3);
  }
});

test("the first page is never short while there is more", () => {
  for (let length = 0; length < 200; length += 1) {
    const first = listPage(list(length), null)?.ids.length ?? 0;
    expect(first).toBeGreaterThanOrEqual(Math.min(length, pageLength));
    expect(first).toBeLessThan(2 * pageLength);
  }
});
