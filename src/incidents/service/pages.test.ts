// How much is served, on the watch page: what it tells in each language, and what its buttons order.
import { expect, test } from "bun:test";
import { eventually } from "../../../test/scenarios/instance.ts";
import { fakeWatch, second } from "../../../test/studio/fake-watch.ts";
import { openStudio, personWho } from "../../../test/studio/studio.ts";
import { ManualClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import type { Asked } from "../../bus/bus.ts";
import type { ServiceFacts } from "../../bus/service-facts.ts";
import { interfaceLanguages } from "../../language/tags.ts";
import type { Deed } from "../../people/audit.ts";
import { ClientScripts } from "../../web/client-scripts.ts";
import { quantitiesIn } from "../quantities.ts";
import { watchRoutes } from "../routes.ts";
import { tellService } from "./service-part.tsx";

const start = Date.parse("2011-07-31T14:05:30Z");
const everything: ServiceFacts = {
  edge: "a",
  at: "2011-07-31T14:05:30Z",
  level: "normal",
  since: null,
  causes: [],
  ordered_until: null,
  texts: 0,
  work_refused: 0,
};
const crowd: ServiceFacts = {
  ...everything,
  level: "lite",
  since: "2011-07-31T14:01:00Z",
  causes: ["line"],
  texts: 1_204,
};

test("it is told, and ordered by a button; the record has it", async () => {
  await using lifetimes = new AsyncDisposableStack();
  const clock = new ManualClock(start);
  const watch = lifetimes.use(await fakeWatch([second(start)]));
  const asked: Asked<"edge.service.order">[] = [];
  const ordered: ServiceFacts = { ...everything, ordered_until: "2011-07-31T15:05:30Z" };
  watch.edgeBus.respond("edge.service.order", (ask) => {
    asked.push(ask);
    return { service: ordered };
  });
  await watch.edgeBus.flush();
  const noted: Deed[] = [];
  const scripts = new ClientScripts();
  const audit = { note: (deed: Deed) => void noted.push(deed) };
  const routes = watchRoutes({ bus: watch.bus, clock, log: silentLog, scripts, audit });
  const studio = lifetimes.use(openStudio({ routes, scripts, person: personWho(), language: "en" }));
  const page = async (): Promise<string> => await (await studio.get("/watch")).text();
  expect(await page()).toContain("The edge doesn’t say how much it serves.");
  watch.edgeBus.publish("service", crowd);
  const html = await eventually("the crowd", async () => {
    const found = await page();
    return found.includes("pages come as text first") ? found : undefined;
  });
  expect(html).toContain("Why: the line can’t carry all the pages whole. It undoes itself.");
  expect(html).toContain("pages sent as text: 1,204; work refused: 0.");
  const answer = await studio.post("/watch/service/normal", {});
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/watch#service"]);
  expect(asked).toEqual([{ level: "normal", seconds: 3_600 }]);
  expect(noted).toMatchObject([{ act: "service.normal", subject: "edge" }]);
  expect(await page()).toContain("Everything arrives whole. Somebody ordered that, until 15:05.");
  expect((await studio.post("/watch/service/nonsense", {})).status).toBe(404);
});

test("in every language, without a hole", () => {
  for (const language of interfaceLanguages) {
    const quantities = quantitiesIn(language, "Africa/Casablanca");
    for (const level of ["normal", "lite", "read-only"] as const) {
      const told = tellService({ ...crowd, level, work_refused: 3 }, language, quantities);
      expect(told).not.toMatch(/undefined|NaN|\{|\}/);
    }
    expect(tellService(undefined, language, quantities)).not.toBe("");
  }
});
