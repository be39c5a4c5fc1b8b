/**
 * A month of ordinary publishing on a real WordPress behind an edge: prints each day what was kept from readers, what was asked and why. Asked
 * for: no false swap, at most four questions. `bun bench/month.ts [days]`; `1,14,26` lives through just these. A day takes about 8 s.
 */
import { seededRandom } from "../src/base/random.ts";
import { type DayReport, endings, Living, told } from "../test/wordpress/living.ts";
import { Month, monthDays } from "../test/wordpress/month.ts";
import { startProtected } from "../test/wordpress/protected.ts";
import { startWordpress } from "../test/wordpress/wordpress.ts";

const days = daysIn(process.argv[2] ?? String(monthDays));
await using site = await startWordpress();
await using kasbah = await startProtected(site, { origin: "default_fresh_s = 0" });
await using living = await Living.with({ site, kasbah });
const month = new Month(site, seededRandom(2026));
const reports: DayReport[] = [];
const begunMs = performance.now();
for (const number of days) {
  const startMs = performance.now();
  const report = await living.day(month, number);
  reports.push(report);
  console.log(`${told(report)}\n  ${seconds(performance.now() - startMs)}`);
}
console.log(`\n${endings(reports).join("\n")}\n`);
const sum = (count: (report: DayReport) => number): number =>
  reports.reduce((total, report) => total + count(report), 0);
console.log(
  `${days.length} days, ${sum(({ readings }) => readings)} readings: ${sum(({ falseSwaps }) => falseSwaps.length)} false swaps, ` +
    `${sum(({ questions }) => questions.length)} questions, ${sum(({ missed }) => missed.length)} not shown, ${sum(({ uncertain }) => uncertain.length)} uncertain; in ${seconds(performance.now() - begunMs)}`,
);

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

/** "30": the days from the first; "1,26,27": just those. */
function daysIn(written: string): number[] {
  if (written.includes(",")) return written.split(",").map(Number);
  return Array.from({ length: Number(written) }, (_, at) => at + 1);
}
