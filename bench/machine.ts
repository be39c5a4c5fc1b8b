/** What the machine says: who it is, what processes used, what they hold in memory. Linux. */
import { readFileSync } from "node:fs";
import { availableParallelism, cpus, release, totalmem } from "node:os";

export function machineName(): string {
  const model = cpus()[0]?.model ?? "unknown processor";
  const gib = Math.round(totalmem() / 1024 ** 3);
  return `${model}, ${availableParallelism()} processors, ${gib} GiB, Linux ${release()}, Bun ${Bun.version}`;
}

/** Processor time that these processes used so far, ms. */
export function processorMs(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + processorMsOf(pid), 0);
}

/** utime and stime of proc(5), in ticks of 10 ms. */
function processorMsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Resident memory, bytes. */
export function residentBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
