/**
 * A month of ordinary publishing on a real WordPress behind an edge: prints each day what was kept from readers, what was asked and why. Asked
 * for: no false swap, at most four questions. `bun bench/month.ts [days]`
 */
import { seededRandom } from "../src/base/random.ts";
import { type DayReport, Living, told } from "../test/wordpress/living.ts";
import { Month, monthDays } from "../test/wordpress/month.ts";
import { startProtected } from "../test/wordpress/protected.ts";
import { startWordpress } from "../test/wordpress/wordpress.ts";

const days = Number(process.argv[2] ?? monthDays);
await using site = await startWordpress();
await using kasbah = await startProtected(site, { origin: "default_fresh_s = 0" });
await using living = await Living.with({ site, kasbah });
const month = new Month(site, seededRandom(2026));
const reports: DayReport[] = [];
for (let number = 1; number <= days; number += 1) {
  const report = await living.day(month, number);
  reports.push(report);
  console.log(told(report));
}
const sum = (count: (report: DayReport) => number): number =>
  reports.reduce((total, report) => total + count(report), 0);
console.log(
  `${days} days, ${sum(({ readings }) => readings)} readings: ${sum(({ falseSwaps }) => falseSwaps.length)} false swaps, ` +
    `${sum(({ questions }) => questions.length)} questions, ${sum(({ missed }) => missed.length)} not shown, ${sum(({ uncertain }) => uncertain.length)} uncertain`,
);
