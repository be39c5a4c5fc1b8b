/** Counting what passed, failed and was skipped, from JUnit reports as Bun writes them. */

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** Names of what was skipped. */
  readonly skipped: readonly string[];
  /** What was printed of each file and each check that failed. */
  readonly failures: readonly string[];
}

export const none: Tally = { passed: 0, failed: 0, skipped: [], failures: [] };

export function add(left: Tally, right: Tally): Tally {
  return {
    passed: left.passed + right.passed,
    failed: left.failed + right.failed,
    skipped: [...left.skipped, ...right.skipped],
    failures: [...left.failures, ...right.failures],
  };
}

/** `12 passed, 0 failed`, and `, 3 skipped` where some were. */
export function lineOf({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ""}`;
}

/** From the report of one run. What stands in no report (a file that does not load, what was printed) comes from elsewhere. */
export function tallyOfReport(xml: string): Omit<Tally, "failures"> {
  const cases = [
    ...xml.matchAll(/<testcase name="([^"]*)" classname="([^"]*)"[^>]*?(?:\/>|>([^]*?)<\/testcase>)/g),
  ];
  const skipped = cases.filter(([, , , inside = ""]) => inside.trimStart().startsWith("<skipped"));
  const failed = cases.filter(([, , , inside = ""]) => /^\s*<(failure|error)/.test(inside));
  return {
    passed: cases.length - skipped.length - failed.length,
    failed: failed.length,
    skipped: skipped.map(([, name = "", suite = ""]) => plain(suite === "" ? name : `${suite} > ${name}`)),
  };
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function plain(escaped: string): string {
  return escaped.replaceAll(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => entities[name] ?? "");
}
