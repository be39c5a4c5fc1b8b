/** `kasbah doctor`: looks at everything that an operator has to keep right, and says how to mend what is not. */
import { existsSync } from "node:fs";
import { systemClock } from "../base/clock.ts";
import { OperatorError } from "../base/errors.ts";
import { ConfigError } from "../config/config-error.ts";
import { defaultConfig } from "../config/load.ts";
import type { Config } from "../config/settings.ts";
import { alerts } from "./checkups/alerts.ts";
import { bypass } from "./checkups/bypass.ts";
import { type Checkup, type Finding, fine, note, wrong } from "./checkups/checkup.ts";
import { databases, disk, rights } from "./checkups/data.ts";
import { gates } from "./checkups/gates.ts";
import { geo } from "./checkups/geo.ts";
import { jobs, roles } from "./checkups/instance.ts";
import { kernel } from "./checkups/kernel.ts";
import { clock, openFiles } from "./checkups/machine.ts";
import { origin } from "./checkups/origin.ts";
import { ports } from "./checkups/ports.ts";
import { certificate, keys, separation } from "./checkups/trust.ts";
import { runningInstance } from "./connect.ts";
import { counted } from "./format.ts";
import { type Define, type Invocation, invocationOf, show, withJson } from "./invocation.ts";
import { settingsOf } from "./settings-of.ts";

const checkups: readonly Checkup[] = [
  rights,
  disk,
  databases,
  ports,
  origin,
  bypass,
  keys,
  certificate,
  geo,
  gates,
  clock,
  openFiles,
  kernel,
  roles,
  jobs,
  alerts,
  separation,
];

interface Examined extends Finding {
  readonly name: string;
}

export const define: Define = (command) => {
  withJson(command).action(async () => {
    const invocation = invocationOf(command);
    const findings = await examine(invocation);
    show(invocation, findings, () => findings.flatMap(describe));
    const wrongs = findings.filter(({ verdict }) => verdict === "wrong").length;
    if (wrongs > 0) {
      throw new OperatorError(`${counted(wrongs, "thing")} to mend`, {
        hint: "each is marked WRONG above, with what to do",
      });
    }
  });
};

async function examine(invocation: Invocation): Promise<Examined[]> {
  const { config, findings } = readSettings(invocation);
  await using instance = await runningInstance(invocation);
  const patient = { invocation, config: config ?? defaultConfig(), instance, clock: systemClock };
  const possible = checkups.filter(({ needsSettings }) => config !== undefined || needsSettings !== true);
  const looked = await Promise.all(
    possible.map(async ({ name, look }) => (await look(patient)).map((finding) => named(name, finding))),
  );
  return [...findings.map((finding) => named("settings", finding)), ...looked.flat()];
}

/** The config is undefined where the file is wrong. */
function readSettings(invocation: Invocation): { config?: Config; findings: Finding[] } {
  const { configFile } = invocation;
  try {
    const config = settingsOf(invocation);
    const missing = note(`there is no ${configFile}; the defaults hold`, "`kasbah init` writes one");
    return { config, findings: [existsSync(configFile) ? fine(`${configFile} is right`) : missing] };
  } catch (thrown) {
    if (!(thrown instanceof ConfigError)) throw thrown;
    const leftOut = checkups.filter(({ needsSettings }) => needsSettings).map(({ name }) => name);
    return {
      findings: [
        ...thrown.lines.map((line) => wrong(line, "`kasbah help settings` tells what each takes")),
        note(`until then nobody can say how these are: ${leftOut.join(", ")}`),
      ],
    };
  }
}

function named(name: string, { verdict, what, mend }: Finding): Examined {
  return mend === undefined ? { name, verdict, what } : { name, verdict, what, mend };
}

const marks = { fine: "fine ", note: "note ", wrong: "WRONG" } as const;
const nameWidth = Math.max(...checkups.map(({ name }) => name.length));

function describe({ name, verdict, what, mend }: Examined): string[] {
  const line = `${marks[verdict]}  ${name.padEnd(nameWidth)}  ${what}`;
  const [first, ...more] = mend === undefined ? [] : mend.split("\n");
  const margin = " ".repeat(nameWidth + 9);
  return [
    line,
    ...(first === undefined ? [] : [`${margin}→ ${first}`]),
    ...more.map((next) => `${margin}  ${next}`),
  ];
}
