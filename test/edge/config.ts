/** A configuration for tests: every setting at its default, except what the test says. */
import { type Config, settings } from "../../src/config/settings.ts";

export type Overrides = { readonly [S in keyof Config]?: Partial<Config[S]> };

export function testConfig(overrides: Overrides = {}): Config {
  const sections = Object.entries(settings).map(([section, entries]) => {
    const values = Object.entries(entries).map(([key, setting]) => [key, setting.default]);
    const own = (overrides as Record<string, object | undefined>)[section];
    return [section, { ...Object.fromEntries(values), ...own }];
  });
  return Object.fromEntries(sections) as Config;
}
