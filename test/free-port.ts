/** A port that stays free for a server which has to keep it over restarts. */
import { below, systemRandom } from "../src/base/random.ts";

/**
 * Below the range from which the system draws ports for outgoing connections (32768 up, on Linux), where a drill beside this
 * test would take it between two starts.
 */
export function freePort(): number {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = 10_000 + below(systemRandom, 22_000);
    try {
      Bun.listen({ hostname: "127.0.0.1", port, socket: { data() {} } }).stop(true);
      return port;
    } catch {
      // Taken: another one.
    }
  }
  throw new Error("found no free port");
}
