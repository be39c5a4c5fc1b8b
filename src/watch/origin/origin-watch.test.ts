// Defacements, outages and ways around the edge in simulated time: one incident for one attack, and an honest end.
import { describe, expect, test } from "bun:test";
import { readers } from "../../../test/observations.ts";
import { doubtAt, findingAt, questionAbout, stateAt } from "../../../test/origin-facts.ts";
import { type House, openHouse, startMs } from "../../../test/watch-house.ts";
import { rfc3339 } from "../../base/clock.ts";
import type { Incident } from "../../bus/facts.ts";
import type { Finding, OriginState } from "../../bus/origin-facts.ts";

const usual = [...readers(10)];

describe("a name beside the site's own", () => {
  const sibling = { what: "sibling host", value: "blog.cgem.example", weight: "contradicts" } as const;
  const found = (fields: Partial<Finding> = {}): Finding =>
    findingAt(startMs, {
      edge: "newsroom",
      id: "look-sibling-1",
      held: false,
      facts: [sibling, ...findingAt(startMs).facts],
      ...fields,
    });
  const right = found({ verdict: "uncertain", facts: [{ ...sibling, weight: "note" }] });

  test("is an incident of its own that nobody could hold back, until it is right again", () => {
    const house = openHouse();
    house.watch.find(found());
    house.watch.find(found());
    house.watch.gather({
      finding: "look-sibling-1",
      evidence: [{ at: rfc3339(startMs), what: "the front of blog.cgem.example" }],
    });
    say(house, {});
    pass(house, 120);
    expect(house.incidents()).toMatchObject([
      { kind: "defacement", host: "blog.cgem.example", status: "open", outcome: "breached" },
    ]);
    house.watch.find(right);
    pass(house, 1);
    expect(house.incidents()).toMatchObject([{ status: "closed", outcome: "breached" }]);
    expect(words(house)).toEqual([
      '//blog.cgem.example/ is not what was approved: title "Hacked by X" instead of "CGEM"; frames "//evil.example/flag"; readers could see it',
      "the front of blog.cgem.example",
      "over: the site is shown again as it is and nothing false came any more",
    ]);
  });

  test("does not mix with an attack on the site itself, and is its owners' own change where they say so", () => {
    const house = openHouse();
    house.watch.find(found());
    house.watch.find(findingAt(startMs));
    const question = questionAbout(found());
    house.watch.answer(question);
    house.watch.answer({ ...question, status: "accepted" });
    pass(house, 1);
    expect(house.incidents().map(({ host, status, outcome }) => ({ host, status, outcome }))).toEqual(
      expect.arrayContaining([
        { host: "blog.cgem.example", status: "closed", outcome: "own change" },
        { host: undefined, status: "open", outcome: null },
      ]),
    );
  });
});

describe("a defacement", () => {
  test("is an incident at once, with the page, what is new on it and that nobody saw it", () => {
    const house = openHouse();
    house.watch.find(findingAt(startMs));
    expect(house.told.map(({ subject }) => subject)).toEqual(["incident"]);
    expect(house.incidents()).toMatchObject([
      { kind: "defacement", drill: false, status: "open", outcome: null, started_at: rfc3339(startMs) },
    ]);
    expect(words(house)).toEqual([
      '/ is not what was approved: title "Hacked by X" instead of "CGEM"; frames "//evil.example/flag"; it was kept from readers',
    ]);
  });

  test("is one incident, however many pages, edges and repetitions; beyond some, pages are counted", () => {
    const house = openHouse();
    for (const edge of ["edge-1", "edge-2"]) {
      for (let page = 0; page < 100; page += 1) {
        const finding = findingAt(startMs, { edge, id: `f-${page}`, address: `/${page}` });
        house.watch.find(finding);
        house.watch.find(finding);
      }
    }
    say(house, {});
    pass(house, 70);
    expect(house.incidents()).toHaveLength(1);
    const told = words(house);
    expect(told.filter((each) => each.includes("is not what was approved"))).toHaveLength(20);
    expect(told).toContain("further pages are only counted");
    expect(told.at(-1)).toContain("100 pages touched");
  });

  test("ends once every edge shows the site as it is again and a minute was quiet; readers who were served make it neutralised", () => {
    const house = openHouse();
    house.watch.find(findingAt(startMs));
    say(house, { site: "held", reason: "two readings confirm it" });
    say(house, { edge: "edge-2", site: "held" });
    house.clock.advance(299_000);
    pass(house, 1, ["edge-1", "edge-2"], { site: "held" });
    say(house, { by: "operator", reason: "mended" });
    pass(house, 100, ["edge-2"], { site: "held" });
    expect(house.incidents()).toMatchObject([{ status: "open" }]);
    say(house, { edge: "edge-2", by: "operator" });
    pass(house, 61, ["edge-1", "edge-2"]);
    const [incident] = house.incidents();
    expect(incident).toMatchObject({ status: "closed", outcome: "neutralised", requests: 0 });
    expect(spanS(incident)).toBe(400);
    expect(words(house).slice(1)).toEqual([
      "edge-1 by itself: readers see approved copies only; the site behind is left alone (two readings confirm it)",
      "edge-2 by itself: readers see approved copies only; the site behind is left alone",
      "somebody decided: the site is shown again as it is, judged page by page (mended)",
      "somebody decided: the site is shown again as it is, judged page by page",
      "over: the site is shown again as it is and nothing false came any more; 1 page touched",
    ]);
  });

  test("goes on while a single page is held; an edge that is silent ends nothing", () => {
    const house = openHouse();
    house.watch.find(findingAt(startMs));
    house.clock.advance(3_600_000);
    pass(house, 1, ["edge-1"], { held_pages: 1 });
    expect(house.watch.register.countOpen()).toBe(1);
    pass(house, 1);
    expect(house.watch.register.countOpen()).toBe(0);
    const silent = openHouse();
    silent.watch.find(findingAt(startMs));
    silent.clock.advance(3_600_000);
    silent.pass(1, usual);
    expect(silent.watch.register.countOpen()).toBe(1);
  });

  test("whose copies did not carry the readers is degraded", () => {
    const house = openHouse();
    house.watch.find(findingAt(startMs));
    house.pass(30, [...readers(10, { status: 503 })]);
    pass(house, 100);
    expect(house.incidents()).toMatchObject([{ status: "closed", outcome: "degraded" }]);
  });

  test("counts the approved copies that were shown meanwhile, also over a restart of the edge", () => {
    const house = openHouse();
    shows(house, { copies: 500 });
    house.watch.find(findingAt(startMs));
    shows(house, { copies: 520 });
    shows(house, { copies: 7 });
    pass(house, 1, []);
    expect(house.incidents()[0]?.responses).toEqual({ signed: 27, judged: 0, uncertain: 0, dynamic: 0 });
  });

  test("of what those who run the site accept was their own change: closed, no attack, and not opened again by what edges still say", () => {
    const house = openHouse();
    const finding = findingAt(startMs, { shown: shownBy(3, startMs - 5_000) });
    house.watch.find(finding);
    house.watch.answer(questionAbout(finding));
    house.watch.answer(questionAbout(finding, { status: "accepted" }));
    pass(house, 1, []);
    house.watch.find({ ...finding, at: rfc3339(house.clock.nowMs()) });
    pass(house, 1, []);
    expect(house.incidents()).toMatchObject([
      { status: "closed", outcome: "own change", responses: { judged: 0, uncertain: 0 } },
    ]);
    expect(words(house).slice(-3)).toEqual([
      "somebody who runs the site is asked whether it is theirs",
      "somebody who runs the site decided: it is theirs",
      "over: it was a change by those who run the site, not an attack; 1 page touched",
    ]);
  });

  test("of which only a part was accepted goes on", () => {
    const house = openHouse();
    const theirs = findingAt(startMs, { id: "f-theirs", address: "/menu", facts: doubtAt(0).facts });
    house.watch.find(findingAt(startMs));
    house.watch.find(theirs);
    house.watch.answer(questionAbout(theirs, { status: "accepted" }));
    pass(house, 5, ["edge-1"], { site: "held" });
    expect(house.watch.register.countOpen()).toBe(1);
  });

  test("takes what was gathered about its findings into its evidence, inert and bounded", () => {
    const house = openHouse();
    house.watch.find(findingAt(startMs));
    const evidence = {
      at: rfc3339(startMs + 1_000),
      what: "headers as they came",
      data: { server: "\u001b[2Jnginx\u202e", title: "<script>alert(1)</script>", deep: [[[["x"]]]] },
    };
    house.watch.gather({ finding: "f-front", evidence: [evidence] });
    house.watch.gather({ finding: "another", evidence: [evidence] });
    for (let more = 0; more < 60; more += 1) house.watch.gather({ finding: "f-front", evidence: [evidence] });
    pass(house, 1, []);
    const gathered =
      house.incidents()[0]?.evidence.filter(({ what }) => what === "headers as they came") ?? [];
    expect(gathered).toHaveLength(24);
    expect(gathered[0]?.data).toEqual({
      step: "gathered",
      finding: "f-front",
      found: {
        server: "\\u{1b}[2Jnginx\\u{202e}",
        title: "\\u{3c}script>alert(1)\\u{3c}/script>",
        deep: [[["…"]]],
      },
    });
  });
});

describe("a breach: false answers that readers got before anybody knew", () => {
  test("shown as uncertain, later told with an alarm: from the first that was shown, and told at once", () => {
    const house = openHouse();
    const doubt = doubtAt(startMs, { shown: { ...shownBy(0, startMs), uncertain: 4 } });
    house.watch.find(doubt);
    pass(house, 60);
    expect(house.incidents()).toEqual([]);
    house.told.length = 0;
    const shown = { judged: 1, uncertain: 9, first: rfc3339(startMs), last: rfc3339(startMs + 50_000) };
    house.watch.find({ ...doubt, verdict: "alarm", held: true, at: rfc3339(house.clock.nowMs()), shown });
    expect(house.told).toHaveLength(1);
    expect(house.incidents()).toMatchObject([
      { status: "open", outcome: "breached", started_at: rfc3339(startMs) },
    ]);
    pass(house, 100);
    expect(house.incidents()).toMatchObject([
      {
        status: "closed",
        outcome: "breached",
        responses: { signed: 0, judged: 1, uncertain: 9, dynamic: 0 },
      },
    ]);
    expect(words(house)).toContain(
      `false pages were shown 10 times before they were known to be false, from ${shown.first} to ${shown.last}`,
    );
  });

  test("an edge that was started again counts from 0; what it showed before is not forgotten", () => {
    const house = openHouse();
    house.watch.find(findingAt(startMs, { shown: shownBy(5, startMs) }));
    house.watch.find(findingAt(startMs, { shown: shownBy(7, startMs) }));
    house.watch.find(findingAt(startMs, { shown: shownBy(2, startMs + 60_000) }));
    house.watch.find(findingAt(startMs, { edge: "edge-2", shown: shownBy(10, startMs) }));
    pass(house, 1, []);
    expect(house.incidents()[0]?.responses.judged).toBe(19);
  });

  test("a question that is answered with no confirms its findings, though no edge had alarmed", () => {
    const house = openHouse();
    const doubt = doubtAt(startMs, { verdict: "question", shown: { ...shownBy(0, startMs), uncertain: 12 } });
    house.watch.find(doubt);
    house.watch.answer(questionAbout(doubt));
    house.clock.advance(600_000);
    pass(house, 1);
    expect(house.incidents()).toEqual([]);
    house.watch.answer(questionAbout(doubt, { status: "refused" }));
    expect(house.incidents()).toMatchObject([
      { kind: "defacement", outcome: "breached", started_at: rfc3339(startMs), responses: { uncertain: 12 } },
    ]);
    house.watch.find({ ...doubt, verdict: "alarm" });
    pass(house, 1);
    expect(house.incidents()).toMatchObject([{ responses: { uncertain: 12 } }]);
    expect(words(house)).toContain("somebody who runs the site decided: it is not theirs");
  });

  test("without anything shown it is no breach", () => {
    const house = openHouse();
    const doubt = doubtAt(startMs, { verdict: "question", held: true });
    house.watch.find(doubt);
    house.watch.answer(questionAbout(doubt, { status: "refused" }));
    pass(house, 100);
    expect(house.incidents()).toMatchObject([
      { kind: "defacement", status: "closed", outcome: "neutralised" },
    ]);
  });

  test("what an accepted alarm was about is never one", () => {
    const house = openHouse();
    const doubt = doubtAt(startMs, { shown: shownBy(12, startMs) });
    house.watch.find(doubt);
    house.watch.answer(questionAbout(doubt, { status: "accepted", alarm: true }));
    house.clock.advance(6 * 86_400_000);
    const again = house.reopen();
    again.watch.find({ ...doubt, verdict: "alarm" });
    expect(again.incidents()).toEqual([]);
    house.clock.advance(2 * 86_400_000);
    again.watch.find({ ...doubt, verdict: "alarm", shown: shownBy(0, startMs) });
    expect(again.incidents()).toMatchObject([{ outcome: null }]);
  });
});

test("an alarm about what was accepted as a question is one", () => {
  const house = openHouse();
  const doubt = doubtAt(startMs);
  house.watch.answer(questionAbout(doubt, { status: "accepted" }));
  house.watch.find({ ...doubt, verdict: "alarm" });
  pass(house, 1);
  expect(house.incidents()).toMatchObject([{ kind: "defacement" }]);
});

test("a page that is another was accepted for itself alone", () => {
  const house = openHouse();
  const facts = [{ what: "page", value: "Nothing is left of it", weight: "contradicts" as const }];
  const replaced = findingAt(startMs, { id: "f-own", address: "/menu", facts });
  house.watch.answer(questionAbout(replaced, { status: "accepted" }));
  house.watch.find(replaced);
  pass(house, 1);
  expect(house.incidents()).toEqual([]);
  house.watch.find(findingAt(startMs, { facts }));
  pass(house, 1);
  expect(house.incidents()).toMatchObject([{ kind: "defacement" }]);
});

test("a question alone is no incident, nor is what nobody vouches for", () => {
  const house = openHouse();
  const doubt = doubtAt(startMs, { verdict: "question" });
  house.watch.find(doubt);
  house.watch.find(doubtAt(startMs, { id: "f-other" }));
  house.watch.answer(questionAbout(doubt));
  house.watch.answer(questionAbout(doubt, { status: "over" }));
  pass(house, 60);
  expect(house.incidents()).toEqual([]);
});

describe("an outage", () => {
  const away = { state: "away", took_ms: null, capacity: 0, waiting: 3 } as const;

  test("begins when an edge goes over to copies, and ends when it was well for a while; copies that carried readers make it neutralised", () => {
    const house = openHouse();
    say(house, {});
    say(house, { site: "gone", since: rfc3339(startMs), reason: "connection refused", health: away });
    expect(house.incidents()).toMatchObject([{ kind: "outage", status: "open" }]);
    pass(house, 120, ["edge-1"], { site: "gone", health: away });
    shows(house, { copies: 900 });
    pass(house, 61);
    expect(house.incidents()).toMatchObject([
      { status: "closed", outcome: "neutralised", responses: { signed: 900, judged: 0 } },
    ]);
    expect(words(house)).toEqual([
      "the site behind does not answer (connection refused)",
      "edge-1 by itself: the site behind is away: readers see the last approved copies (connection refused)",
      "edge-1 by itself: the site is shown again as it is, judged page by page",
      "over: the site behind answers again; approved copies were shown 900 times",
    ]);
  });

  test("of errors alone has to last; one bad moment is none", () => {
    const house = openHouse();
    const failing = { ...away, state: "failing" } as const;
    pass(house, 12, ["edge-1"], { health: failing });
    pass(house, 5);
    pass(house, 12, ["edge-1"], { health: failing });
    expect(house.incidents()).toEqual([]);
    pass(house, 10, ["edge-1"], { health: failing });
    expect(house.incidents()).toMatchObject([{ kind: "outage" }]);
  });

  test("that comes and goes is one, and readers who went without make it degraded", () => {
    const house = openHouse();
    for (let times = 0; times < 5; times += 1) {
      say(house, { site: "gone", health: away });
      house.pass(10, [...readers(10, { status: 503 })]);
      pass(house, 20);
    }
    pass(house, 45);
    expect(house.incidents()).toMatchObject([{ status: "closed", outcome: "degraded" }]);
  });

  test("that comes and goes all day leaves room for how it ends", () => {
    const house = openHouse();
    for (let times = 0; times < 100; times += 1) {
      say(house, { site: "gone", health: away });
      say(house, { health: { ...away, state: "failing" } });
    }
    pass(house, 90);
    const told = words(house);
    expect(told.length).toBeLessThan(30);
    expect(told.at(-1)).toBe("over: the site behind answers again");
  });

  test("is not what somebody has put a maintenance page up for", () => {
    const house = openHouse();
    const maintenance = { until: null, message: "" };
    pass(house, 60, ["edge-1"], { site: "maintenance", maintenance, health: away });
    expect(house.incidents()).toEqual([]);
  });

  test("that a drill brings about is the drill's; one that outlasts it is real", () => {
    const house = openHouse();
    house.announce(60);
    pass(house, 1);
    say(house, { site: "gone", health: away });
    pass(house, 30, ["edge-1"], { site: "gone", health: away });
    expect(house.incidents()).toMatchObject([{ kind: "outage", drill: true }]);
    pass(house, 120, ["edge-1"], { site: "gone", health: away });
    expect(house.incidents()).toMatchObject([{ kind: "outage", drill: false }]);
  });
});

test("a way around the edge is an incident of its own, closed after a quiet quarter of an hour", () => {
  const house = openHouse();
  const bypass = findingAt(startMs, {
    facts: [{ what: "bypass", value: "192.0.2.7 answers", weight: "contradicts" }],
  });
  house.watch.find(bypass);
  house.watch.find(bypass);
  house.clock.advance(890_000);
  pass(house, 1);
  expect(house.incidents()).toMatchObject([{ kind: "bypass", status: "open" }]);
  pass(house, 20);
  expect(house.incidents()).toMatchObject([{ kind: "bypass", status: "closed", outcome: "neutralised" }]);
  expect(words(house)).toHaveLength(2);
});

test("a watch that was killed goes on with the same incidents, and still knows what was shown", () => {
  const house = openHouse();
  const doubt = doubtAt(startMs, { shown: shownBy(4, startMs) });
  house.watch.find(doubt);
  house.watch.find(findingAt(startMs));
  say(house, { site: "gone", health: { state: "away", took_ms: null, capacity: 0, waiting: 0 } });
  pass(house, 10, ["edge-1"], { site: "gone" });
  const again = house.reopen();
  again.watch.find({ ...doubt, verdict: "alarm", shown: shownBy(6, startMs) });
  pass(again, 100);
  expect(again.incidents().map(({ kind, status, outcome }) => [kind, status, outcome])).toEqual([
    ["outage", "closed", "neutralised"],
    ["defacement", "closed", "breached"],
  ]);
  expect(again.incidents()[1]?.responses.judged).toBe(6);
});

test("what a page says of itself is inert text in the register", () => {
  const house = openHouse();
  const value = "\u202e<img src=x onerror=alert(1)>\u001b[31m";
  house.watch.find(
    findingAt(startMs, { address: "/\u200b<b>", facts: [{ what: "title", value, weight: "contradicts" }] }),
  );
  pass(house, 1, []);
  expect(JSON.stringify(house.incidents())).not.toMatch(/\u202e|\u200b|<img|<b>|\\u001b/);
});

function shownBy(judged: number, firstMs: number): Finding["shown"] {
  return { judged, uncertain: 0, first: rfc3339(firstMs), last: rfc3339(firstMs + 1_000) };
}

function say(house: House, fields: Partial<OriginState>): void {
  house.watch.hearOrigin(stateAt(house.clock.nowMs(), fields));
}

function shows(house: House, shown: Partial<OriginState["shown"]>): void {
  say(house, { shown: { judged: 0, uncertain: 0, copies: 0, cached: 0, ...shown } });
}

/** Seconds in which these edges say how they treat the site every five. */
function pass(
  house: House,
  seconds: number,
  edges: readonly string[] = ["edge-1"],
  fields: Partial<OriginState> = {},
): void {
  for (let second = 0; second < seconds; second += 1) {
    if (second % 5 === 0) for (const edge of edges) say(house, { edge, ...fields });
    house.pass(1, usual);
  }
}

function words(house: House): string[] {
  return house.incidents()[0]?.evidence.map(({ what }) => what) ?? [];
}

function spanS(incident: Incident | undefined): number {
  return (Date.parse(incident?.ended_at ?? "") - Date.parse(incident?.started_at ?? "")) / 1_000;
}
