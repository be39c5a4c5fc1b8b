/** Who searches needn't write a word as it was written. */
import { expect, test } from "bun:test";
import { folded } from "./fold.ts";

test.each([
  ["Élection", "election"],
  ["أحمد", "احمد"],
  ["إِضْرَاب", "اضراب"],
  ["الحُسَيْمَة", "الحسيمه"],
  ["مستشفى", "مستشفي"],
  ["حــراك", "حراك"],
  ["  two\n words ", "two words"],
])("%s is found by %s", (written, sought) => {
  expect(folded(written)).toBe(folded(sought));
});
