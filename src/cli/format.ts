/** Facts in a form that people read on a terminal. */
import { figure } from "../base/figures.ts";

/** "1 page", "12,345 pages". */
export function counted(value: number, noun: string, plural = `${noun}s`): string {
  return `${figure(value)} ${value === 1 ? noun : plural}`;
}

/** 3.2 MB; decimal units. */
export function bytes(value: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  const unit = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, value)) / 3)));
  return `${(value / 1000 ** unit).toFixed(unit === 0 ? 0 : 1)} ${units[unit]}`;
}

/** RFC 3339 → "2011-07-31 14:05 UTC". */
export function moment(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;
}

/** An address as a browser shows it: letters as letters. What could move a terminal's cursor stays encoded. */
export function readable(address: string): string {
  return address.replaceAll(/(?:%[89a-f][0-9a-f])+/gi, (encoded) => {
    const decoded = Buffer.from(encoded.replaceAll("%", ""), "hex").toString();
    return /^[\p{L}\p{M}\p{N}]+$/u.test(decoded) ? decoded : encoded;
  });
}

/** Columns as wide as their widest cell, two spaces apart; the last one is left ragged. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
