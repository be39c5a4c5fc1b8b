/** The settings table for people: docs/settings.md, and `kasbah help settings` on a terminal. */
import { takes } from "./check.ts";
import type { Setting } from "./setting.ts";
import { settings } from "./settings.ts";

interface Entry {
  readonly key: string;
  readonly setting: Setting;
}

export const sectionNames: readonly string[] = Object.keys(settings);

const introduction = `# Settings

Everything that can be set in \`kasbah.toml\`. \`kasbah init\` writes that file with every setting explained; what it leaves out
stands at its default. This page is drawn from the table in \`src/config/settings.ts\` by \`bin/docs\`.
`;

/** docs/settings.md. */
export function settingsMarkdown(): string {
  const sections = sectionNames.map((section) => {
    const rows = entriesOf(section).map(({ key, setting }) => {
      const cells = [`\`${key}\``, setting.prose, takes(setting), `\`${JSON.stringify(setting.default)}\``];
      return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
    });
    return [
      `## [${section}]`,
      "",
      "| setting | what it does | takes | default |",
      "|---|---|---|---|",
      ...rows,
      "",
    ].join("\n");
  });
  return [introduction, ...sections].join("\n");
}

/** For a terminal: one section, or all of them. */
export function settingsText(sections: readonly string[] = sectionNames): string {
  return sections
    .map((section) => [`[${section}]`, ...entriesOf(section).map(entryText)].join("\n\n"))
    .join("\n\n");
}

function entryText({ key, setting }: Entry): string {
  return `  ${key}\n    ${setting.prose}\n    Takes ${takes(setting)}. Default: ${JSON.stringify(setting.default)}`;
}

function entriesOf(section: string): Entry[] {
  const table: Readonly<Record<string, Readonly<Record<string, Setting>>>> = settings;
  return Object.entries(table[section] ?? {}).map(([key, setting]) => ({ key, setting }));
}
