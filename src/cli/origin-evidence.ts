/** `kasbah origin evidence`: whether what was kept about a finding is what the log has, from the folder alone; nothing has to run. */
import type { Command } from "commander";
import { OperatorError } from "../base/errors.ts";
import { targetName } from "../edition/target.ts";
import { evidenceAddress } from "../origin/looking/evidence-page.ts";
import { checkEvidence, type CheckedEvidence } from "../origin/looking/evidence-check.ts";
import { BlobStore } from "../store/blobs.ts";
import { type Inspected, inspectEdition } from "./edition-inspection.ts";
import { counted, moment } from "./format.ts";
import { invocationOf, show } from "./invocation.ts";

export function evidence(command: Command): void {
  command.argument("<finding>", "as `kasbah incidents show` names it");
  command.action(async (finding: string) => {
    const invocation = invocationOf(command);
    const { data } = invocation;
    const inspected = await inspectEdition(data, {});
    const page = await evidencePage(inspected, new BlobStore(data.blobs));
    const checked = page && (await checkEvidence(data.evidence, page, finding));
    if (checked === undefined) throw isUnknown(finding, inspected);
    show(invocation, { ...checked, edition: inspected.facts.version }, () => describe(checked, inspected));
    const bad = checked.files.filter(({ state }) => state !== "whole").length;
    if (bad > 0) throw isNotWhole(bad);
  });
}

/** Undefined: nothing was ever gathered. Throws OperatorError where it is not what was signed. */
async function evidencePage({ edition }: Inspected, blobs: BlobStore): Promise<Uint8Array | undefined> {
  const target = edition.targets.get(targetName("origin", evidenceAddress));
  if (target === undefined) return undefined;
  const blob = await blobs.get(target.sha256);
  if (blob.state === "whole") return blob.data;
  throw new OperatorError(`the edition's list of evidence is ${blob.state}`, {
    hint: "`kasbah editions verify` says what else is; a running Kasbah makes it again",
  });
}

function describe({ folder, at, files }: CheckedEvidence, { facts, trust }: Inspected): string[] {
  return [
    `gathered ${moment(at)}; named by edition ${facts.version}, entry ${facts.log_index} of the log's ${trust.log_size}`,
    `${counted(files.length, "file")} in ${folder}`,
    ...files.map(({ name, sha256, state }) => `${state.padEnd(7)}  ${sha256}  ${name}`),
  ];
}

function isUnknown(finding: string, { facts }: Inspected): OperatorError {
  return new OperatorError(`edition ${facts.version} names no evidence about "${finding}"`, {
    hint: "`kasbah incidents show` names findings; evidence takes a moment to be gathered and published",
    exitCode: 2,
  });
}

function isNotWhole(bad: number): OperatorError {
  return new OperatorError(`${counted(bad, "file")} of it can't be what was gathered`, {
    hint: "a backup may have the files; what made room for newer evidence is gone (`origin.evidence_bytes_max`)",
  });
}
