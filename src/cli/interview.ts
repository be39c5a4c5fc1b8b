/** The questions of `kasbah init`: few, each with what is taken where the answer is empty, asked again until all is right. */
import { check } from "../config/check.ts";
import { ConfigError } from "../config/config-error.ts";
import { kasbahToml } from "../config/kasbah-toml.ts";
import { parseConfig } from "../config/load.ts";
import type { ListSetting, TextSetting } from "../config/setting.ts";
import { settings } from "../config/settings.ts";

/** Shows these words to a person and gives back the line that was typed. */
export type Answer = (words: string) => Promise<string>;

type Given = string | readonly string[];

interface Question {
  readonly section: string;
  readonly key: string;
  readonly setting: TextSetting | ListSetting<string>;
  readonly words: string;
}

const { site, edge, studio } = settings;

const questions: readonly Question[] = [
  { section: "site", key: "name", setting: site.name, words: "What is the site called?" },
  {
    section: "site",
    key: "languages",
    setting: site.languages,
    words: "Which languages have a front page? With spaces between them.",
  },
  {
    section: "site",
    key: "default_language",
    setting: site.default_language,
    words: "Which of them do readers see first?",
  },
  {
    section: "site.portal",
    key: "hosts",
    setting: settings["site.portal"].hosts,
    words: "Under which host names is the portal reached? With spaces between them.",
  },
  { section: "site.blog", key: "hosts", setting: settings["site.blog"].hosts, words: "And the blog?" },
  {
    section: "edge",
    key: "listen",
    setting: edge.listen,
    words: "Where are readers answered? 0.0.0.0:80 lets in everybody.",
  },
  {
    section: "studio",
    key: "hostname",
    setting: studio.hostname,
    words:
      "Under which host name will the studio be reached? Passkeys stay bound to it; it may be named later.",
  },
];

/** The text for `configFile`, in which nothing is wrong. */
export async function interview(answer: Answer, configFile: string): Promise<string> {
  const given = new Map<Question, Given>();
  for (;;) {
    for (const question of questions) given.set(question, await ask(question, given.get(question), answer));
    const text = kasbahToml(chosen(given));
    const complaints = complaintsAbout(text, configFile);
    if (complaints.length === 0) return text;
    await answer(`${complaints.join("\n")}\nOnce more, please; Enter keeps what you wrote. `);
  }
}

async function ask({ setting, words }: Question, before: Given | undefined, answer: Answer): Promise<Given> {
  const usual: Given = before ?? setting.default;
  const shown = [usual].flat().join(" ");
  let asked = shown === "" ? `${words} ` : `${words} [${shown}] `;
  for (;;) {
    const line = (await answer(asked)).trim();
    const typed = setting.type === "list" ? line.split(/[\s,]+/) : line;
    const { value, flaws } = check(setting, line === "" ? usual : typed);
    // A text setting's value is a text and a list's a list of texts.
    if (flaws[0] === undefined) return value as Given;
    asked = `${flaws[0].found} does not fit; it takes ${flaws[0].takes}: `;
  }
}

/** By section and key, without what stands at its default anyway. */
function chosen(given: ReadonlyMap<Question, Given>): Record<string, Record<string, unknown>> {
  const sections: Record<string, Record<string, unknown>> = {};
  for (const [{ section, key, setting }, value] of given) {
    if (JSON.stringify(value) === JSON.stringify(setting.default)) continue;
    sections[section] = { ...sections[section], [key]: value };
  }
  return sections;
}

function complaintsAbout(text: string, configFile: string): readonly string[] {
  try {
    parseConfig(text, configFile);
    return [];
  } catch (thrown) {
    if (thrown instanceof ConfigError) return thrown.lines.map((line) => line.replace(/^.*?:\d+: /, ""));
    throw thrown;
  }
}
