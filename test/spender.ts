// A worker that spends what others spend too (src/decision/gates/spent.test.ts).
import { Spent } from "../src/decision/gates/spent.ts";

declare const self: Worker;

interface Order {
  /** Shared with the others; or of its own, so many bytes. */
  readonly memory?: SharedArrayBuffer;
  readonly bytes?: number;
  readonly ids: number;
  readonly most: number;
  readonly times: number;
  readonly expiresMs: number;
  readonly nowMs: number;
}

self.addEventListener("message", ({ data }: MessageEvent<Order>) => {
  const { ids, most, times, expiresMs, nowMs } = data;
  const spent = new Spent(data.memory ?? new SharedArrayBuffer(data.bytes ?? 0));
  const granted = Array.from({ length: ids }, () => 0);
  for (let time = 0; time < times; time += 1) {
    for (let at = 0; at < ids; at += 1) {
      // Far apart, as random ids are.
      const id = BigInt.asUintN(64, BigInt(at + 1) * 0x9e37_79b9_7f4a_7c15n);
      if (spent.spend(id, most, expiresMs, nowMs)) granted[at] = (granted[at] ?? 0) + 1;
    }
  }
  self.postMessage(granted);
});
