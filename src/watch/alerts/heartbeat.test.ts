// The sign of life: once a minute, never twice at a time, and a failure is said once.
import { expect, test } from "bun:test";
import { ManualClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import { Heartbeat } from "./heartbeat.ts";
import { outbound } from "./outbound.ts";

test("asks once a minute while it is told to", async () => {
  const asked: string[] = [];
  const waiting: (() => void)[] = [];
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch({ method, url }) {
      asked.push(`${method} ${new URL(url).pathname}`);
      waiting.splice(0).forEach((resolve) => resolve());
      return new Response("ok");
    },
  });
  const clock = new ManualClock(0);
  const heartbeat = new Heartbeat({ url: `${server.url}ping`, send: outbound(""), clock, log: silentLog });
  for (let minute = 0; minute < 3; minute += 1) {
    const arrived = new Promise<void>((resolve) => waiting.push(resolve));
    for (let second = 0; second < 60; second += 1) {
      heartbeat.beat();
      clock.advance(1_000);
    }
    await arrived;
    await heartbeat.idle;
  }
  expect(asked).toEqual(["GET /ping", "GET /ping", "GET /ping"]);
  await server.stop(true);
});

test("one that hangs is not asked again meanwhile; that it fails is said once", async () => {
  const said: string[] = [];
  const answers: PromiseWithResolvers<number>[] = [];
  const send = (): Promise<number> => {
    const answer = Promise.withResolvers<number>();
    answers.push(answer);
    return answer.promise;
  };
  const clock = new ManualClock(0);
  const log = { ...silentLog, warn: (event: string) => void said.push(event) };
  const heartbeat = new Heartbeat({ url: "http://127.0.0.1:9/", send, clock, log });
  heartbeat.beat();
  clock.advance(120_000);
  heartbeat.beat();
  expect(answers).toHaveLength(1);
  answers[0]?.resolve(500);
  await heartbeat.idle;
  heartbeat.beat();
  answers[1]?.reject(new Error("no line"));
  await heartbeat.idle;
  expect(said).toEqual(["the heartbeat was not taken"]);
});
