/** Which test files run when: what goes into one run of `bun test`, which runs go on side by side, and which have the machine to themselves. */

export interface Stage {
  /** Runs that go on at the same time; whichever is through takes the next one. */
  readonly lanes: number;
  /** Files of each. What takes longest comes first, so that no lane is the last one at work for long. */
  readonly runs: readonly (readonly string[])[];
}

/**
 * A real WordPress that is defaced while readers read and editors work: more than one processor, and an alarm that may take a second; a
 * hundred endless requests that all have to get through; a dozen floods on two instances; a crowd that nothing may be held against; pictures
 * of pages, which are only taken with what all others leave of the processor; a flood beside a browser, which beside other browsers sometimes
 * waits for good, nobody knows yet where.
 */
const whole =
  /^(?:test\/scenarios\/(?:cgem|pass-through-memory|attacks\/(?:defended|flash-crowd))|src\/origin\/looking\/(?:evidence|looking|render)|test\/browser\/studio-hostname)\./;
/** Whether readers notice them shows only beside nothing that fills the machine. Two need one processor out of two. */
const floods =
  /^(?:test\/scenarios\/(?:a-worker-dies|attacks\/|defence\.|mamfakinch|no-reader-is-kept|watch-in-the-studio)|src\/edge\/kernel\/)/;

/** Runs that take 20 s of a processor or more, floods that last as long. */
const long =
  /^(?:src\/(?:edge\/(?:[^/]+$|judging\/)|cli\/|decision\/|origin\/)|test\/browser\/(?:editor|studio-)|test\/scenarios\/(?:attacks\/in-front|defence|mamfakinch|month|up|watch-in-the-studio))/;

/** Each file in one run of one stage. `files` as paths from the repository's top. */
export function stagesOf(files: readonly string[]): readonly Stage[] {
  const stageOf = (file: string): "whole" | "floods" | "others" =>
    whole.test(file) ? "whole" : floods.test(file) ? "floods" : "others";
  const by = Object.groupBy(files, stageOf);
  return [
    // Much of it waits: for browsers, for processes that it starts.
    { lanes: 3, runs: runsOf(by.others) },
    { lanes: 2, runs: runsOf(by.floods) },
    { lanes: 1, runs: runsOf(by.whole) },
  ];
}

function runsOf(files: readonly string[] = []): string[][] {
  const runs = Object.values(Object.groupBy(files, runOf)).map((run = []) => run);
  const isLong = ([file = ""]: readonly string[]): boolean => long.test(file);
  return [...runs.filter(isLong), ...runs.filter((run) => !isLong(run))];
}

/** Files of a folder share what they load; those that take long by themselves are shared out one by one. */
function runOf(file: string): string {
  if (/^test\/(?:browser|scenarios)\//.test(file)) return file;
  return /^src\/edge\/\w[^/]*\/|^[^/]+\/[^/]+\/|^[^/]+\//.exec(file)?.[0] ?? file;
}
