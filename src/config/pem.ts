/** PEM files that settings name. */
import { readFileSync } from "node:fs";
import { messageOf, OperatorError } from "../base/errors.ts";

/** Throws OperatorError where it can't be read. */
export function readPem(setting: string, path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (thrown) {
    throw new OperatorError(`can't read ${setting} = "${path}": ${messageOf(thrown)}`, {
      hint: "name a PEM file that Kasbah may read",
      exitCode: 2,
      cause: thrown,
    });
  }
}
