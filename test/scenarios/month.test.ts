// Some days out of a month of ordinary publishing on a real WordPress: nothing is kept from readers that editors made, and people are asked only
// about what an attacker could have done as well. `bench/month.ts` lives through the whole month.
import { expect, test } from "bun:test";
import { seededRandom } from "../../src/base/random.ts";
import { Living, told } from "../wordpress/living.ts";
import { Month } from "../wordpress/month.ts";
import { startProtected } from "../wordpress/protected.ts";
import { hasWordpress, startWordpress } from "../wordpress/wordpress.ts";

const days = [1, 5, 7, 14];
/** One for the plugin's update. */
const questionsMost = 1;

test.skipIf(!hasWordpress)(
  "what editors do every day passes without anyone",
  async () => {
    await using site = await startWordpress();
    await using kasbah = await startProtected(site, { origin: "default_fresh_s = 0" });
    await using living = await Living.with({ site, kasbah });
    const month = new Month(site, seededRandom(2026));
    let questions = 0;
    for (const number of days) {
      const report = await living.day(month, number);
      expect([report.falseSwaps, report.missed], told(report)).toEqual([[], []]);
      questions += report.questions.length;
    }
    expect(questions).toBeLessThanOrEqual(questionsMost);
  },
  240_000,
);
