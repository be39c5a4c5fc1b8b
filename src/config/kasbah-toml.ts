/** Writes kasbah.toml: every setting with its prose, at its default and commented out, save those that somebody chose. */
import { stringify } from "smol-toml";
import { takes } from "./check.ts";
import type { Setting } from "./setting.ts";
import { settings } from "./settings.ts";

/** Values by section and key: `{ site: { name: "…" } }`. */
export type Chosen = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const lineLengthMax = 100;

const head = `# Kasbah's settings. Lines that start with "#" are explanations; a setting behind "#" stands at its default:
# take the "#" away to change it. \`kasbah doctor\` checks this file and all that it names.`;

export function kasbahToml(chosen: Chosen = {}): string {
  const sections = Object.entries(settings).map(([section, known]) => {
    const keys = Object.entries<Setting>(known).map(([key, setting]) =>
      entry(key, setting, chosen[section]?.[key]),
    );
    return [`[${section}]`, ...keys].join("\n\n");
  });
  return `${[head, ...sections].join("\n\n")}\n`;
}

function entry(key: string, setting: Setting, chosen: unknown): string {
  const assignment = stringify({ [key]: chosen ?? setting.default }).trimEnd();
  const explanation = [...wrapped(setting.prose), ...wrapped(`Takes ${takes(setting)}.`)];
  return [...explanation, chosen === undefined ? `#${assignment}` : assignment].join("\n");
}

function wrapped(prose: string): string[] {
  const lines: string[] = [];
  for (const word of prose.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < lineLengthMax)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`# ${word}`);
  }
  return lines;
}
