/** How far long work is, on standard error: one line that changes on a terminal, a line now and then elsewhere. */
import type { Clock } from "../base/clock.ts";
import { figure, percent } from "../base/figures.ts";
import type { Event } from "../bus/bus.ts";

/** How often a line is written where there is no terminal to write it over. */
const plainLineEveryMs = 5_000;
const startOfLine = "\r\u001b[K";

/** Disposing takes the line away, so that whatever is said next begins at its start. */
export class ProgressLine implements Disposable {
  readonly #stream: Pick<NodeJS.WriteStream, "write" | "isTTY">;
  readonly #clock: Clock;
  #writtenAtMs: number;

  constructor(stream: Pick<NodeJS.WriteStream, "write" | "isTTY">, clock: Clock) {
    this.#stream = stream;
    this.#clock = clock;
    this.#writtenAtMs = clock.nowMs();
  }

  show(line: string): void {
    if (this.#stream.isTTY) this.#stream.write(startOfLine + line);
    else if (this.#clock.nowMs() - this.#writtenAtMs >= plainLineEveryMs) {
      this.#writtenAtMs = this.#clock.nowMs();
      this.#stream.write(`${line}\n`);
    }
  }

  [Symbol.dispose](): void {
    if (this.#stream.isTTY) this.#stream.write(startOfLine);
  }
}

/** "340 of 1,020 (33 %) /2011/07/une-marche". */
export function addressesDone({ done, known, address }: Event<"snapshot.progress">): string {
  const share = percent(known === 0 ? 0 : done / known);
  return `${figure(done)} of ${figure(known)} (${share}) ${address.slice(0, 60)}`;
}
