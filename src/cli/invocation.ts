/** What every command file builds on: how it is defined, and where settings, data and answers are. */
import { resolve } from "node:path";
import type { Command } from "commander";
import { type DataFolder, dataFolder } from "../config/data-folder.ts";

/** Adds arguments, options and the action to a command whose name and summary are already set. */
export type Define = (command: Command) => void;

export interface Invocation {
  /** Absolute. */
  readonly configFile: string;
  /** Somebody named it, so it has to be there. */
  readonly configNamed: boolean;
  readonly data: DataFolder;
  /** Facts as one JSON document on standard output, nothing else. */
  readonly json: boolean;
}

/** For commands that print facts. */
export function withJson(command: Command): Command {
  return command.option("--json", "print the facts as JSON");
}

export function invocationOf(command: Command): Invocation {
  const { config, data, json } = command.optsWithGlobals<{ config: string; data: string; json?: boolean }>();
  return {
    configFile: resolve(config),
    configNamed: command.getOptionValueSourceWithGlobals("config") !== "default",
    data: dataFolder(resolve(data)),
    json: json === true,
  };
}

/** The facts as JSON where that is asked for, otherwise the lines for a person. */
export function show(invocation: Invocation, facts: unknown, lines: () => readonly string[]): void {
  const text = invocation.json ? JSON.stringify(facts, null, 2) : lines().join("\n");
  process.stdout.write(`${text}\n`);
}
