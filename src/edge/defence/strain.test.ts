// What health is judged by: lag of the slowest worker, processor time of all threads, and how the protected site does.
import { expect, test } from "bun:test";
import { Strain } from "./strain.ts";

function strain(): { readonly strain: Strain; readonly used: { ms: number } } {
  const used = { ms: 0 };
  return { strain: new Strain({ processors: 2, usedMs: () => used.ms }), used };
}

test("lag is the slowest worker's since the last look, and grows while nobody reports", () => {
  const { strain: own } = strain();
  expect(own.look(0).lagMs).toBe(0);
  own.hear(3, undefined, 100);
  own.hear(40, undefined, 100);
  own.hear(7, undefined, 100);
  expect(own.look(100).lagMs).toBe(40);
  expect([own.look(200).lagMs, own.look(600).lagMs]).toEqual([100, 500]);
  own.hear(2, undefined, 650);
  expect(own.look(700).lagMs).toBe(2);
});

test("processor time is a share of what there is, over half a second or longer", () => {
  const { strain: own, used } = strain();
  const shares = [0, 100, 200, 300, 400, 500, 600].map((ms) => {
    used.ms = ms * 1.5;
    return own.look(ms).cpuShare;
  });
  expect(shares).toEqual([0, 0, 0, 0, 0, 0.75, 0.75]);
});

test("the protected site counts once enough was asked of it, and what was long ago no longer", () => {
  const { strain: own } = strain();
  expect(own.look(0)).toMatchObject({ originMs: undefined, originErrors: undefined });
  own.hear(0, { requests: 6, failed: 1, tookMs: [10, 20, 30, 40, 50, 60] }, 100);
  expect(own.look(100).originMs).toBeUndefined();
  own.hear(0, { requests: 6, failed: 2, tookMs: [15, 25, 35, 45, 55, 65] }, 1_000);
  expect(own.look(1_000)).toMatchObject({ originMs: 40, originErrors: 0.25 });
  expect(own.look(5_500).originMs).toBeUndefined();
});
