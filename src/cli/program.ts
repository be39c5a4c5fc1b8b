/** The command line: finds the command, loads it, and turns whatever it throws into one line and an exit code. */
import { Command, CommanderError } from "commander";
import { OperatorError } from "../base/errors.ts";
import { nearest } from "../base/nearest.ts";
import { version } from "../base/version.ts";
import { commands } from "./commands.ts";
import { type ExitCode, explain } from "./explain.ts";

/** Runs one command to its end. Never exits the process by itself. */
export async function runProgram(args: readonly string[]): Promise<ExitCode> {
  const program = createProgram();
  let asked = program;
  program.hook("preSubcommand", async (_, command) => {
    asked = command.helpCommand(false);
    command.hook("preSubcommand", (__, nested) => {
      asked = nested;
    });
    const module = await commands.find(({ name }) => name === command.name())?.load();
    module?.define(command);
  });
  try {
    const words = withHelpFlag(args);
    refuseUnknownCommand(words);
    await program.parseAsync(words, { from: "user" });
    return 0;
  } catch (thrown) {
    return thrown instanceof CommanderError ? afterParsing(thrown, asked) : report(thrown);
  }
}

/** Before Commander looks at them, because it answers `kasbah nonsense --help` as if all were well. */
function refuseUnknownCommand(args: readonly string[]): void {
  const name = args.find((arg, at) => !arg.startsWith("-") && !/^--(config|data)$/.test(args[at - 1] ?? ""));
  const names = commands.map((entry) => entry.name);
  if (name === undefined || names.includes(name)) return;
  const meant = nearest(name, names);
  throw new OperatorError(`there is no command "${name.slice(0, 100)}"`, {
    hint: `${meant === undefined ? "" : `did you mean "${meant}"? `}\`kasbah help\` lists them all`,
    exitCode: 2,
  });
}

/** `kasbah` and `kasbah help publish` are other words for `kasbah --help` and `kasbah publish --help`. */
function withHelpFlag(args: readonly string[]): readonly string[] {
  if (args.length === 0) return ["--help"];
  return args[0] === "help" && args[1] !== "settings" ? [...args.slice(1), "--help"] : args;
}

function createProgram(): Command {
  const program = new Command("kasbah")
    .description(
      "A newsroom with walls: publishes a site and keeps it readable, and true, while it is attacked.",
    )
    .option("--config <file>", "the settings; `kasbah help settings` explains them", "./kasbah.toml")
    .option("--data <folder>", "where everything is kept", "./data")
    .version(version, "--version", "print the version")
    .helpOption("--help", "print this")
    .helpCommand(false)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError: () => {} })
    .exitOverride();
  for (const { name, summary } of commands) program.command(name).description(summary);
  return program;
}

/** Commander has printed help or version already; what it complains about is put into one line here. */
function afterParsing(thrown: CommanderError, asked: Command): ExitCode {
  if (thrown.exitCode === 0) return 0;
  if (thrown.code !== "commander.help") {
    const complaint = thrown.message
      .replace(/^error: /, "")
      .replaceAll(/\s*\n\s*/g, " ")
      .replace(/\.$/, "");
    process.stderr.write(`kasbah: ${complaint}; see \`${pathOf(asked)} --help\`\n`);
  }
  return 2;
}

/** `kasbah bans add`. */
function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

function report(thrown: unknown): ExitCode {
  const { lines, exitCode } = explain(thrown);
  for (const line of lines) process.stderr.write(`kasbah: ${line}\n`);
  if (process.env["KASBAH_DEBUG"] === "1") process.stderr.write(`${Bun.inspect(thrown)}\n`);
  return exitCode;
}
