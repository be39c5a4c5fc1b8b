/** `kasbah help settings`: what can be written in kasbah.toml. Help on commands is drawn by program.ts. */
import { OperatorError } from "../base/errors.ts";
import { sectionNames, settingsText } from "../config/settings-page.ts";
import type { Define } from "./invocation.ts";

export const define: Define = (command) => {
  command
    .argument("[command]", "any command, or `settings`")
    .argument("[section]", "with `settings`: this section only")
    .action((_: string, section?: string) => {
      if (section !== undefined && !sectionNames.includes(section)) {
        throw new OperatorError(`there is no section "${section}"`, {
          hint: `there are ${sectionNames.join(", ")}`,
          exitCode: 2,
        });
      }
      process.stdout.write(`${settingsText(section === undefined ? sectionNames : [section])}\n`);
    });
};
