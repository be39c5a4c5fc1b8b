/** What is looked at first, and that the rest gets its turn. */
import { expect, test } from "bun:test";
import type { OriginAddress } from "../client/protected-site.ts";
import { WorthALook } from "./worth-a-look.ts";

const at = (path: string): OriginAddress => path as OriginAddress;

test("findings come first, then what is read most; then the others have their turn", () => {
  const worth = new WorthALook();
  worth.read(at("/little"), 8);
  worth.read(at("/much"), 90);
  worth.read(at("/much"), 90);
  worth.found(at("/odd"));
  expect(worth.take(2)).toEqual([at("/odd"), at("/much")]);
  worth.read(at("/much"), 3);
  expect(worth.take(1)).toEqual([at("/little")]);
  expect(worth.take(5)).toEqual([at("/much")]);
  expect(worth.take(5)).toEqual([]);
});

test("whatever is read and found, as much is remembered as there is room for", () => {
  const worth = new WorthALook();
  worth.read(at("/much"), 90);
  for (let page = 0; page < 1_000; page += 1) {
    worth.read(at(`/read-${page}`), 2);
    worth.found(at(`/found-${page}`));
  }
  const taken = worth.take(10_000);
  expect(taken.length).toBe(220);
  expect(taken[0]).toBe(at("/found-980"));
  expect(taken[20]).toBe(at("/much"));
});
