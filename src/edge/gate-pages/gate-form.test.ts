// What comes back from a waiting page is read only as one of ours sends it.
import { expect, test } from "bun:test";
import fc from "fast-check";
import { gateFormBytesMax, isGateForm, readGateForm } from "./gate-form.ts";

test("a form of ours is read, and nothing else", () => {
  const ours = { ticket: "abc", proof: undefined, sealed: undefined };
  expect(readGateForm("kasbah-ticket=abc&kasbah-proof=")).toEqual(ours);
  const whole = "kasbah-ticket=abc&kasbah-proof=p_-1&kasbah-sealed=s";
  expect(readGateForm(whole)).toEqual({ ticket: "abc", proof: "p_-1", sealed: "s" });
  for (const body of [
    "comment=hello&kasbah-ticket=abc",
    "kasbah-ticket=",
    "kasbah-ticket=a%0d%0ab",
    `kasbah-ticket=${"a".repeat(201)}`,
    `kasbah-ticket=a&kasbah-sealed=${"a".repeat(gateFormBytesMax)}`,
  ]) {
    expect(readGateForm(body)).toBeUndefined();
  }
});

test("whatever is sent: nothing, or texts that are safe to look at", () => {
  fc.assert(
    fc.property(fc.string(), (rest) => {
      const form = readGateForm(`kasbah-ticket=a${rest}`);
      for (const value of Object.values(form ?? {})) expect(value ?? "").toMatch(/^[\w-]*$/);
    }),
  );
  expect(isGateForm("kasbah-ticket")).toBe(false);
});
