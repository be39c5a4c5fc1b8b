/** `kasbah up --origin URL`: the setting `origin.url`, said on the command line. */
import { OperatorError } from "../base/errors.ts";
import { check } from "../config/check.ts";
import { crossChecks } from "../config/cross-checks.ts";
import { type Config, settings } from "../config/settings.ts";

/** Wins over the file. Throws OperatorError where it is no such address, or one that can't be an origin here. */
export function withOrigin(config: Config, url: string): Config {
  const { value, flaws } = check(settings.origin.url, url);
  const [flaw] = flaws;
  if (flaw !== undefined || typeof value !== "string" || value === "") {
    throw wrong(`--origin is ${JSON.stringify(url)}; it takes an http or https address without a path`);
  }
  const changed = { ...config, origin: { ...config.origin, url: value } };
  const [conflict] = crossChecks(changed);
  if (conflict !== undefined) throw wrong(conflict.what.replace("origin.url", "--origin"));
  return changed;
}

function wrong(what: string): OperatorError {
  return new OperatorError(what, { hint: "give it like --origin http://127.0.0.1:9000", exitCode: 2 });
}
