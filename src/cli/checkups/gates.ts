/** The list of Tor's exits that the gates read: whether it is one, and not an old one. */
import { readFileSync, statSync } from "node:fs";
import { dayMs } from "../../base/clock.ts";
import { messageOf } from "../../base/errors.ts";
import { exitsIn } from "../../decision/gates/exit-list.ts";
import { counted } from "../format.ts";
import { type Checkup, type Finding, fine, note, type Patient, wrong } from "./checkup.ts";

export const gates: Checkup = {
  name: "gates",
  needsSettings: true,
  look: (patient) => (patient.config.gates.tor_exits === "" ? [] : [examineExits(patient)]),
};

/** Exits come and go within days. */
const oldDays = 7;
const mend =
  "once an hour, for instance by cron: curl -fsSo /etc/kasbah/tor-exits https://check.torproject.org/torbulkexitlist";

function examineExits({ config, clock }: Patient): Finding {
  const file = config.gates.tor_exits;
  try {
    const exits = exitsIn(readFileSync(file, "utf8")).length;
    const days = Math.floor((clock.nowMs() - statSync(file).mtimeMs) / dayMs);
    const said = `${file} (gates.tor_exits) names ${counted(exits, "address", "addresses")}`;
    if (exits === 0) return wrong(said, mend);
    return days < oldDays ? fine(said) : note(`${said}, as of ${days} days ago`, mend);
  } catch (thrown) {
    return wrong(`gates.tor_exits can't be read: ${messageOf(thrown)}`, mend);
  }
}
