/** The settings that a command was called with. A file of its own: who asks a running Kasbah need not load what reads them. */
import { loadConfig } from "../config/load.ts";
import type { Config } from "../config/settings.ts";
import type { Invocation } from "./invocation.ts";

/** Throws ConfigError where the file is wrong. */
export function settingsOf({ configFile, configNamed }: Invocation): Config {
  return loadConfig(configFile, { mustExist: configNamed });
}
