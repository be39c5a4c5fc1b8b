/** What `./kasbah` starts. Everything is in program.ts, so that tests can run it too. */
import { codeOf } from "../base/errors.ts";
import { runProgram } from "./program.ts";

// `kasbah editions show | head`: who reads has had enough, which is no fault.
process.stdout.on("error", (thrown) => {
  if (codeOf(thrown) !== "EPIPE") throw thrown;
});

process.exitCode = await runProgram(process.argv.slice(2));
