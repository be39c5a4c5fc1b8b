/** bench/RESULTS.md: one section for each harness, written by the harness itself, with the machine that it ran on. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { machineName } from "./machine.ts";

const file = join(import.meta.dir, "RESULTS.md");
const preamble = `# What was measured

Written by the harnesses in this folder, never by hand. Figures of different runs or machines are not to be compared; peers stand in the same run.
`;

/** Replaces the section of that name, or adds it. `lines`: Markdown. */
export function writeSection(name: string, command: string, at: string, lines: readonly string[]): void {
  const before = existsSync(file) ? readFileSync(file, "utf8") : preamble;
  const sections = before.split(/^(?=## )/m);
  const section = [
    `## ${name}`,
    "",
    `\`${command}\`, ${at.slice(0, 10)}, on ${machineName()}; load when it ended: ${loadavg()[0]?.toFixed(1)}`,
    "",
    ...lines,
    "",
  ].join("\n");
  const place = sections.findIndex((other) => other.startsWith(`## ${name}\n`));
  const others = place < 0 ? [...sections, section] : sections.with(place, section);
  writeFileSync(file, `${others.map((one) => one.trimEnd()).join("\n\n")}\n`);
}
