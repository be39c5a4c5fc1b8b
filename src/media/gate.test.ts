/** So many at a time, so many waiting, and nobody beyond. */
import { expect, test } from "bun:test";
import { full, Gate } from "./gate.ts";

test("lets two work, one wait, and turns the fourth away; whoever waits comes in turn", async () => {
  const gate = new Gate({ atOnce: 2, waiting: 1 });
  const ends: (() => void)[] = [];
  let inside = 0;
  let most = 0;
  const enter = (name: string): Promise<string | typeof full> =>
    gate.pass(async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise<void>((resolve) => ends.push(resolve));
      inside -= 1;
      return name;
    });
  const [first, second, third] = [enter("first"), enter("second"), enter("third")];
  expect(await enter("fourth")).toBe(full);
  ends[0]?.();
  expect(await first).toBe("first");
  await Bun.sleep(0);
  ends[1]?.();
  ends[2]?.();
  expect(await Promise.all([second, third])).toEqual(["second", "third"]);
  expect(most).toBe(2);
});

test("a place is free again after work that failed", async () => {
  const gate = new Gate({ atOnce: 1, waiting: 0 });
  const failing = gate.pass(() => Promise.reject(new Error("no")));
  expect(failing).rejects.toThrow("no");
  await failing.catch(() => {});
  expect(await gate.pass(() => Promise.resolve("in"))).toBe("in");
});
