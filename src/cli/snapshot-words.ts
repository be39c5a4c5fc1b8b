/** A snapshot in plain words: what there is, what changes by itself, what a person should look at. */
import { figure } from "../base/figures.ts";
import type { SnapshotFacts } from "../bus/origin-facts.ts";
import { inert } from "../language/inert.ts";
import { bytes, counted, readable } from "./format.ts";

export const howToApprove =
  "not signed: `kasbah snapshot --yes` makes it the baseline, with --include ADDRESS for suspicious pages that are right";

const shownMax = 20;

export function describeSnapshot(snapshot: SnapshotFacts): string[] {
  const { pages, assets, bytes: size, failed, languages, volatile, suspicious } = snapshot;
  return [
    `${counted(pages, "page")}, ${figure(assets)} scripts, styles, pictures and files; ${bytes(size)}`,
    ...(failed > 0 ? [`${counted(failed, "address", "addresses")} could not be loaded`] : []),
    ...tally("languages", languages),
    ...tally("changes by itself", volatile),
    ...describeSuspicious(suspicious),
  ];
}

/** "languages: fr 120, ar 96". */
function tally(what: string, counts: Readonly<Record<string, number>>): string[] {
  const entries = Object.entries(counts).map(([name, count]) => `${name} ${figure(count)}`);
  return entries.length === 0 ? [] : [`${what}: ${entries.slice(0, shownMax).join(", ")}`];
}

function describeSuspicious(suspicious: SnapshotFacts["suspicious"]): string[] {
  const out = suspicious.filter(({ kept_out: isOut }) => isOut);
  const noted = suspicious.filter(({ kept_out: isOut }) => !isOut);
  return [
    ...listed("suspicious, and kept out of the baseline unless somebody names them", out),
    ...listed("to be looked at", noted),
  ];
}

function listed(what: string, pages: SnapshotFacts["suspicious"]): string[] {
  if (pages.length === 0) return [];
  const lines = pages.slice(0, shownMax).map(({ address, why }) => `  ${readable(address)}  ${inert(why)}`);
  const more = pages.length > shownMax ? [`  … and ${figure(pages.length - shownMax)} more`] : [];
  return [`${what}:`, ...lines, ...more];
}
