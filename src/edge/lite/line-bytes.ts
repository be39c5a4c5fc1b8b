/** What this machine has sent on its lines to elsewhere, as Linux counts it: everything, with what packets and repeats add. */
import { readFileSync } from "node:fs";

/** Bytes since the machine started; undefined where nobody counts them. */
export function sentToElsewhere(
  read: () => string = () => readFileSync("/proc/net/dev", "latin1"),
): number | undefined {
  try {
    return transmittedOf(read());
  } catch {
    return undefined;
  }
}

/** Name, eight figures of what came, then what was sent (proc_net_dev(5)). */
const row = /^\s*([^\s:]+):((?:\s*\d+){9,})/;
const sentColumn = 8;

function transmittedOf(table: string): number | undefined {
  const sent = table.split("\n").flatMap((line) => {
    const [, name = "lo", figures = ""] = row.exec(line) ?? [];
    return name === "lo" ? [] : Number(figures.trim().split(/\s+/)[sentColumn]);
  });
  return sent.length === 0 ? undefined : sent.reduce((sum, bytes) => sum + bytes, 0);
}
