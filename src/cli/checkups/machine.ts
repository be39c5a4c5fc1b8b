/** The machine: its clock, how many files may be open. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { rfc3339 } from "../../base/clock.ts";
import { type Checkup, fine, note, wrong } from "./checkup.ts";

/** Clocks of machines that wrote these files may differ by so much. */
const toleranceMs = 5 * 60_000;

export const clock: Checkup = {
  name: "clock",
  look({ clock: ours, invocation: { data } }) {
    const now = ours.nowMs();
    const newest = newestWritten([data.metadata, data.keys, join(import.meta.dir, "../../..")]);
    if (now + toleranceMs >= newest) return [fine(`it is ${rfc3339(now)}`)];
    return [
      wrong(
        `the clock says ${rfc3339(now)}, but there are files from ${rfc3339(newest)}`,
        "set it and keep it right (`timedatectl set-ntp true`): signatures expire by it",
      ),
    ];
  },
};

function newestWritten(folders: readonly string[]): number {
  const times = folders.flatMap((folder) => {
    try {
      return readdirSync(folder).map((name) => statSync(join(folder, name)).mtimeMs);
    } catch {
      // A folder that is not there yet holds nothing; `data` looks at its rights.
      return [];
    }
  });
  return Math.max(0, ...times);
}

/** Each connection of a reader is an open file. */
const openFilesNote = 16_384;

export const openFiles: Checkup = {
  name: "open files",
  look() {
    const limit = openFilesLimit();
    if (limit === undefined || limit >= openFilesNote)
      return [fine(limit === undefined ? "no limit is known" : `${limit} may be open`)];
    return [
      note(
        `only ${limit} files may be open, so that many readers at most`,
        "raise it: `ulimit -n 65536`, LimitNOFILE= in systemd",
      ),
    ];
  },
};

/** The soft limit; undefined where there is none or the system does not tell. */
function openFilesLimit(): number | undefined {
  try {
    const line = /^Max open files\s+(\S+)/m.exec(readFileSync("/proc/self/limits", "utf8"))?.[1];
    return line === undefined || line === "unlimited" ? undefined : Number(line);
  } catch {
    return undefined;
  }
}
