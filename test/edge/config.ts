/** A configuration for tests: every setting at its default, except what the test says. */
import { defaultConfig } from "../../src/config/load.ts";
import type { Config } from "../../src/config/settings.ts";

export type Overrides = { readonly [S in keyof Config]?: Partial<Config[S]> };

export function testConfig(overrides: Overrides = {}): Config {
  const own = overrides as Readonly<Record<string, object | undefined>>;
  const sections = Object.entries(defaultConfig()).map(([name, section]) => [
    name,
    { ...section, ...own[name] },
  ]);
  return Object.fromEntries(sections) as Config;
}
