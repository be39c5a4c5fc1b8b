// How fast an origin is asked: never faster than the rate, slower where it is slow, not at all while it asks to be left alone.
import { expect, test } from "bun:test";
import { ManualClock } from "../../base/clock.ts";
import { Pace } from "./pace.ts";

function pace(rate = 10) {
  const clock = new ManualClock(0);
  const wait = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await Promise.resolve();
  };
  const monotonicMs = (): number => clock.nowMs();
  return { clock, pace: new Pace({ rate, slowGapMs: 500, monotonicMs, wait }) };
}

async function timesOf(
  paced: ReturnType<typeof pace>,
  turns: number,
  after: () => void = () => {},
): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    await paced.pace.turn();
    times.push(paced.clock.nowMs());
    after();
  }
  return times;
}

test("as fast as the rate allows, also for several at once", async () => {
  const paced = pace();
  expect(await timesOf(paced, 4)).toEqual([0, 100, 200, 300]);
  await Promise.all([paced.pace.turn(), paced.pace.turn(), paced.pace.turn()]);
  expect(paced.clock.nowMs()).toBe(600);
});

test("a page that takes a second is not followed by another within half a second", async () => {
  const paced = pace();
  const times = await timesOf(paced, 3, () => paced.pace.answered(1_000));
  expect((times[2] ?? 0) - (times[1] ?? 0)).toBe(500);
});

test("too much: ever slower, until answers come in order again", async () => {
  const paced = pace();
  const slow = await timesOf(paced, 4, () => paced.pace.refused());
  expect(slow).toEqual([0, 500, 1_500, 3_500]);
  await timesOf(paced, 40, () => paced.pace.answered(10));
  const [before = 0, now = 0] = await timesOf(paced, 2, () => paced.pace.answered(10));
  expect(now - before).toBe(100);
});

test("Retry-After is heeded, within reason", async () => {
  const paced = pace();
  paced.pace.refused(20_000);
  expect(await timesOf(paced, 1)).toEqual([20_000]);
  paced.pace.refused(86_400_000);
  expect(await timesOf(paced, 1)).toEqual([20_000 + 5 * 60_000]);
});

test("a longer gap that robots.txt asks for holds, within reason", async () => {
  const paced = pace();
  paced.pace.atLeast(2_000);
  expect(await timesOf(paced, 3, () => paced.pace.answered(1))).toEqual([0, 2_000, 4_000]);
  paced.pace.atLeast(86_400_000);
  const [before = 0, now = 0] = (await timesOf(paced, 3)).slice(1);
  expect(now - before).toBe(30_000);
});

test("who is told to stop doesn't wait to the end", async () => {
  const paced = pace();
  paced.pace.refused(60_000);
  await paced.pace.turn(AbortSignal.abort());
  expect(paced.clock.nowMs()).toBe(0);
});
