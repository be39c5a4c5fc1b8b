/** Signals as wishes: the first one asks to stop, a later one insists. */
import type { Clock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";

export interface StopSignals {
  readonly asked: AbortSignal;
  readonly insisted: AbortSignal;
}

/** Whoever signals a whole group may reach us twice at once; that is still one wish. */
const oneWishMs = 1_000;

/** From here on SIGINT, SIGTERM and SIGHUP don't end the process by themselves. */
export function stopSignals(clock: Clock, log: Log): StopSignals {
  const asking = new AbortController();
  const insisting = new AbortController();
  let askedAtMs = 0;
  const heard = (signal: string): void => {
    if (!asking.signal.aborted) {
      log.info("stops; another signal stops it at once", { signal });
      askedAtMs = clock.nowMs();
      asking.abort();
    } else if (clock.nowMs() - askedAtMs >= oneWishMs) insisting.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, heard);
  return { asked: asking.signal, insisted: insisting.signal };
}

export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
