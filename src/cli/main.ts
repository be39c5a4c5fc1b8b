/** What `./kasbah` starts. Everything is in program.ts, so that tests can run it too. */
import { runProgram } from "./program.ts";

process.exitCode = await runProgram(process.argv.slice(2));
