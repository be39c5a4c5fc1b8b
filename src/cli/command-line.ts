/** How this instance's own processes start a command against it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Invocation } from "./invocation.ts";

/** Program and arguments; the command's name follows. Without a settings file none is named: naming one says that it has to be there. */
export function commandLine({
  configFile,
  data,
}: Pick<Invocation, "configFile" | "data">): readonly string[] {
  const settings = existsSync(configFile) ? ["--config", configFile] : [];
  return [process.execPath, join(import.meta.dir, "main.ts"), "--data", data.root, ...settings];
}
