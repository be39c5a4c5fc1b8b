/** `kasbah init`: asks what a real host needs to know and writes kasbah.toml with every setting explained. */
import { existsSync, renameSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { OperatorError } from "../base/errors.ts";
import { utf8 } from "../base/bytes.ts";
import { kasbahToml } from "../config/kasbah-toml.ts";
import { writeFileAtomically } from "../store/files.ts";
import { type Answer, interview } from "./interview.ts";
import { type Define, invocationOf } from "./invocation.ts";

export const define: Define = (command) => {
  command
    .option("--yes", "ask nothing, take the defaults")
    .option("--overwrite", "replace settings that are there; the old ones are kept as kasbah.toml.old")
    .action(async ({ yes, overwrite }: { yes?: boolean; overwrite?: boolean }) => {
      const { configFile } = invocationOf(command);
      const isThere = existsSync(configFile);
      if (isThere && overwrite !== true) throw settingsAreThere(configFile);
      if (yes !== true && !process.stdin.isTTY) throw nobodyToAsk();
      const text =
        yes === true ? kasbahToml() : await withTerminal((answer) => interview(answer, configFile));
      if (isThere) renameSync(configFile, `${configFile}.old`);
      await writeFileAtomically(configFile, utf8(text));
      process.stdout.write(`wrote ${configFile}; next: \`kasbah doctor\`, then \`kasbah up\`\n`);
    });
};

async function withTerminal(work: (answer: Answer) => Promise<string>): Promise<string> {
  const terminal = createInterface({ input: process.stdin });
  const lines = terminal[Symbol.asyncIterator]();
  try {
    return await work(async (words) => {
      process.stderr.write(words);
      const { value, done } = await lines.next();
      if (done === true) throw answersEnded();
      return value;
    });
  } finally {
    terminal.close();
  }
}

function settingsAreThere(configFile: string): OperatorError {
  return new OperatorError(`${configFile} is there already and was left alone`, {
    hint: "edit it, or say --overwrite to write a new one (the old one is kept beside it)",
    exitCode: 2,
  });
}

function nobodyToAsk(): OperatorError {
  return new OperatorError("there is no terminal to ask questions on", {
    hint: "say --yes to take the defaults, then edit the file",
    exitCode: 2,
  });
}

function answersEnded(): OperatorError {
  return new OperatorError("the answers ended; nothing was written", { hint: "run `kasbah init` again" });
}
