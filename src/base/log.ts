/** One line an event, on standard error. Never a reader's address, never what somebody reads. */
import { rfc3339, systemClock } from "./clock.ts";

export type Level = "debug" | "info" | "warn" | "error";
export type Fields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Log {
  debug(event: string, fields?: Fields): void;
  info(event: string, fields?: Fields): void;
  warn(event: string, fields?: Fields): void;
  error(event: string, fields?: Fields): void;
}

const ranks: Readonly<Record<Level, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

/** `2026-11-22T04:35:40.000Z info edge: swapped the edition version=12`. */
export function createLog(
  role: string,
  threshold: Level = "info",
  write = (line: string): unknown => process.stderr.write(line),
): Log {
  const at =
    (level: Level) =>
    (event: string, fields: Fields = {}): void => {
      if (ranks[level] < ranks[threshold]) return;
      const facts = Object.entries(fields)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => ` ${name}=${typeof value === "string" ? JSON.stringify(value) : value}`);
      write(`${rfc3339(systemClock.nowMs())} ${level} ${role}: ${event}${facts.join("")}\n`);
    };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
