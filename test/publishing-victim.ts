/** A newsroom that edits, publishes and withdraws as fast as it can until somebody kills it. Arguments: data folder, seed. */
import { systemClock } from "../src/base/clock.ts";
import { below, seededRandom } from "../src/base/random.ts";
import { dataFolder } from "../src/config/data-folder.ts";
import { openToyPublisher } from "./publishing-fixture.ts";
import { portal, toyPath } from "./toy-site.ts";

const [folder = "", seed = "0"] = process.argv.slice(2);
const random = seededRandom(Number(seed));
const { publisher, site } = await openToyPublisher(dataFolder(folder), {
  clock: systemClock,
  wait: () => Promise.resolve(),
  onPublished: (version) => console.log(`published ${version}`),
  keepEditions: 5,
});
console.log("ready");

for (let round = 0; ; round += 1) {
  const id = `s${below(random, 30)}`;
  if (site.texts().find((text) => text.id === id)?.state !== "withdrawn") {
    site.put({ id, title: `${seed}.${round}`, tag: `t${below(random, 4)}` });
  }
  if (below(random, 4) === 0) await publisher.withdraw(portal(toyPath(id)), () => site.withdraw(id));
  else await publisher.publish();
}
