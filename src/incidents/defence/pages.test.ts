// The defence on the watch page: what it tells, and what its buttons do, behind the studio's real front door and on a real bus.
import { describe, expect, test } from "bun:test";
import { eventually } from "../../../test/scenarios/instance.ts";
import { type FakeEdge, fakeEdge, fakeFacts, floodRule, underFlood } from "../../../test/studio/fake-edge.ts";
import { fakeWatch, second } from "../../../test/studio/fake-watch.ts";
import { openStudio, personWho, type Studio } from "../../../test/studio/studio.ts";
import { ManualClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import type { DefenceFacts } from "../../bus/facts.ts";
import type { InterfaceLanguage } from "../../language/tags.ts";
import type { Deed } from "../../people/audit.ts";
import { ClientScripts } from "../../web/client-scripts.ts";
import { type OrderName, orders } from "./orders.ts";
import { quantitiesIn } from "../quantities.ts";
import { watchRoutes } from "../routes.ts";
import { words } from "../words/index.ts";
import { DefenceTeller } from "./telling.ts";

const start = Date.parse("2011-07-31T14:05:30Z");

interface House extends AsyncDisposable {
  readonly studio: Studio;
  readonly edge: FakeEdge;
  readonly clock: ManualClock;
  readonly noted: readonly Deed[];
  /** Tells it and waits until the page has it. */
  told(changes: Partial<DefenceFacts>): Promise<string>;
}

async function open(language: InterfaceLanguage = "en"): Promise<House> {
  const lifetimes = new AsyncDisposableStack();
  const clock = new ManualClock(start);
  const watch = lifetimes.use(await fakeWatch([second(start)]));
  const edge = lifetimes.use(fakeEdge(watch.edgeBus, () => clock.nowMs()));
  await watch.edgeBus.flush();
  const noted: Deed[] = [];
  const scripts = new ClientScripts();
  const audit = { note: (deed: Deed) => void noted.push(deed) };
  const routes = watchRoutes({ bus: watch.bus, clock, log: silentLog, scripts, audit });
  const studio = lifetimes.use(openStudio({ routes, scripts, person: personWho(), language }));
  await eventually("the second before", async () =>
    (await textOf(studio)).includes("<td>24</td>") ? true : undefined,
  );
  let rate = 100;
  const told = async (changes: Partial<DefenceFacts>): Promise<string> => {
    rate += 1;
    edge.tell({ requests_per_s: rate, ...changes });
    const sign = String(edge.facts.requests_per_s).replace(/(\d)(\d{3})$/, "$1.$2");
    return await eventually("the defence's facts", async () => {
      const html = await textOf(studio);
      return [sign, sign.replace(".", ",")].some((each) => html.includes(each)) ? html : undefined;
    });
  };
  return { studio, edge, clock, noted, told, [Symbol.asyncDispose]: () => lifetimes.disposeAsync() };
}

async function textOf(studio: Studio): Promise<string> {
  return await (await studio.get("/watch")).text();
}

describe("what is told", () => {
  test("first what readers have, then what is done and why, then what one can do", async () => {
    await using house = await open();
    const html = await house.told(underFlood);
    const order = [
      "The site is readable.",
      "Siege:",
      "Why: far more comes than usual (3,012 requests a second; usual at this hour: 24) and many requests have something in common",
      "readers it knows made 240 requests; 240 were served.",
      '<span class="badge bad">refused and shut out</span> Requests that name no program and from sources that ask for at least <bdi>8</bdi> pages a second',
      "It covers 97.3% of what comes beyond the usual. Of usual readers it would hit 0.3% at most (worst for: phones). No reader has met it yet. It refused 12,345 requests. It ends at 14:15 at the latest.",
      "have to wait: 12; that are refused: 310; that are refused and hung up on: 1,204. Refusals held back at this moment: 412. Connections ended so far because they took next to nothing or only held a place: 45; addresses kept out for their connections: 1,202. Kernel bans: 980 addresses.",
      "What you can do",
      "Where requests come from",
    ];
    const places = order.map((each) => html.indexOf(each));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test.each(["ar", "fr"] as const)("in %s, without a word of English", async (language) => {
    await using house = await open(language);
    const html = await house.told(underFlood);
    const part = /<section class="part" id="defence">[^]*?<\/section>/.exec(html)?.[0] ?? "";
    expect(part.replaceAll(/<[^>]*>/g, " ")).not.toMatch(/\b(requests|readers|rule|refused|least)\b/);
    expect(html).toContain(language === "ar" ? "المملكة العربية السعودية" : "Arabie saoudite");
  });

  test("on guard without a sign is what is left of an attack, unless somebody ordered it", async () => {
    await using house = await open();
    const over = await house.told({ ...underFlood, mode: "guarded", volume: false, composition: false });
    expect(over).toContain("It has become quieter; calm returns by itself.");
    const forced = { mode: "guarded", until: "2011-07-31T15:05:30.000Z" } as const;
    expect(await house.told({ forced, requests_per_s: 4_012 })).not.toContain("quieter");
  });

  test("a rule whose flood the kernel keeps out is not said to cover nothing", () => {
    const teller = new DefenceTeller(words.en.defence, quantitiesIn("en", "UTC"), "en");
    const told = (coverage: number) =>
      teller.tell({ ...fakeFacts(start), rules: [{ ...floodRule, coverage }] })[`rule ${floodRule.id}`];
    expect(told(0.9)).toStartWith("It covers 90%");
    expect(told(0)).toStartWith("Of usual readers it would hit 0.3% at most");
  });

  test("a volume that is high only because it was is not told with figures that say otherwise", () => {
    const teller = new DefenceTeller(words.en.defence, quantitiesIn("en", "UTC"), "en");
    const pause = { ...fakeFacts(start), mode: "guarded", volume: true, requests_per_s: 3 } as const;
    expect(teller.tell(pause)["mode"]).toEndWith(
      "3 requests a second; usual at this hour: 20. It has become quieter; calm returns by itself.",
    );
    expect(teller.tell({ ...pause, requests_per_s: 300 })["mode"]).toContain(
      "far more comes than usual (300",
    );
  });

  test("one sign alone is no reason for anything", async () => {
    await using house = await open();
    const html = await house.told({ volume: true, requests_per_s: 140 });
    expect(html).toContain(
      "All calm: nothing has to be done. 140 requests a second; usual at this hour: 20.",
    );
  });

  test("a dry run says in one line that nothing is refused, and no rule claims to", async () => {
    await using house = await open();
    const html = await house.told({ ...underFlood, dry_run: true });
    expect(html).toContain("Dry run: nothing is refused. What stands here is what would have been.");
    expect(html).toContain('<span class="badge warning">would be refused and shut out</span>');
  });

  test("somebody's order and a freeze are told, with when they end", async () => {
    await using house = await open();
    const forced = { mode: "siege", until: "2011-07-31T15:05:30.000Z" } as const;
    const html = await house.told({ mode: "siege", forced, frozen: true });
    expect(html).toContain("Somebody ordered siege until 15:05. Then it decides by itself again.");
    expect(html).toContain("Frozen: rules neither come nor go by themselves.");
    expect(html).toContain("/watch/defence/unfreeze");
    expect(html).toContain("/watch/defence/auto");
    expect(html).not.toContain("/watch/defence/freeze");
  });

  test("under an order of calm no rule claims to act", async () => {
    await using house = await open();
    const forced = { mode: "calm", until: "2011-07-31T15:05:30.000Z" } as const;
    const html = await house.told({ ...underFlood, mode: "calm", forced });
    expect(html).toContain("until 15:05 everybody is served");
    expect(html).not.toContain('<span class="badge bad">');
  });

  test("what requests called themselves neither runs nor reorders the page", async () => {
    await using house = await open("ar");
    const agent = "\u202egpj.exe</code><script>alert(1)</script>";
    const html = await house.told({
      rules: [{ ...floodRule, terms: [{ trait: "agent", value: agent }], ended: "<b>" }],
    });
    expect(html).toContain(
      '<code dir="ltr">\\u{202e}gpj.exe\\u{3c}/code&gt;\\u{3c}script&gt;alert(1)\\u{3c}/script&gt;</code>',
    );
    expect(html).not.toMatch(/\u202e|<script>|<b>/);
  });

  test("a silent edge is no calm one: nothing old is told, and the buttons stay", async () => {
    await using house = await open();
    await house.told(underFlood);
    house.clock.advance(6_000);
    const html = await textOf(house.studio);
    expect(html).toContain("The edge isn’t saying how it defends itself.");
    expect(html).not.toContain("Siege: what no reader");
    expect(html).not.toContain("Saudi Arabia");
    expect(html).toContain("/watch/defence/siege");
  });
});

describe("an order", () => {
  test.each([
    ["freeze", ["freeze", { frozen: true }]],
    ["unfreeze", ["freeze", { frozen: false }]],
    ["undo", ["undo", {}]],
    ["siege", ["force", { mode: "siege", seconds: 3_600 }]],
    ["calm", ["force", { mode: "calm", seconds: 3_600 }]],
    ["auto", ["force", { mode: "auto", seconds: 3_600 }]],
  ] as const)(
    "%s reaches the edge, stands in the record, and the next page shows it",
    async (name, expected) => {
      await using house = await open();
      await house.told(underFlood);
      const answer = await house.studio.post(`/watch/defence/${name}`, {});
      expect([answer.status, answer.headers.get("location")]).toEqual([303, "/watch#defence"]);
      expect(house.edge.orders).toEqual([expected as [string, unknown]]);
      expect(house.noted).toEqual([{ account: "01AMINA", act: `defence.${name}`, subject: "edge" }]);
      const html = await textOf(house.studio);
      if (name === "freeze") expect(html).toContain("Frozen:");
      if (name === "undo") expect(html).toContain("There are no rules now.");
      if (name === "siege" || name === "calm") expect(html).toContain(`Somebody ordered ${name}`);
    },
  );

  test("switches a single rule off and on again", async () => {
    await using house = await open();
    await house.told(underFlood);
    const off = await house.studio.post(`/watch/rules/${floodRule.id}/disable`, {});
    expect(off.headers.get("location")).toBe(`/watch#rule-${floodRule.id}`);
    expect(await textOf(house.studio)).toContain("1 rule is over");
    await house.studio.post(`/watch/rules/${floodRule.id}/enable`, {});
    expect(await textOf(house.studio)).not.toContain("1 rule is over");
    expect(house.noted.map(({ act, subject }) => [act, subject])).toEqual([
      ["rule.disable", floodRule.id],
      ["rule.enable", floodRule.id],
    ]);
    const gone = await house.studio.post("/watch/rules/none/disable", {});
    expect(gone.headers.get("location")).toBe("/watch?said=no+rule#defence");
    expect(await (await house.studio.get("/watch?said=no+rule")).text()).toContain(
      "There is no such rule any more",
    );
  });

  test("that nobody answers says so", async () => {
    await using house = await open();
    house.edge[Symbol.dispose]();
    const answer = await house.studio.post("/watch/defence/freeze", {});
    expect(answer.headers.get("location")).toBe("/watch?said=no+answer#defence");
    const html = await (await house.studio.get("/watch?said=no+answer")).text();
    expect(html).toContain("The edge didn’t answer in time.");
  });

  test("is for who may defend the whole site; others see what is done and no button", async () => {
    await using house = await open();
    await house.told(underFlood);
    house.studio.become(
      personWho((act, where) => act === "watch" || (act === "defend" && where === "anywhere")),
    );
    const html = await textOf(house.studio);
    expect(html).toContain("Siege:");
    expect(html).not.toMatch(/\/watch\/(defence|rules)\//);
    const names = Object.keys(orders) as OrderName[];
    for (const path of [...names.map((name) => `defence/${name}`), `rules/${floodRule.id}/disable`])
      expect((await house.studio.post(`/watch/${path}`, {})).status).toBe(403);
    expect(house.edge.orders).toEqual([]);
    expect(house.noted).toEqual([]);
  });

  test("that is none is answered with 404", async () => {
    await using house = await open();
    expect((await house.studio.post("/watch/defence/constructor", {})).status).toBe(404);
  });
});
