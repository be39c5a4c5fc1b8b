// The watch's pages behind the studio's real front door, with a watch that says what the test has it say, or nothing.
import { describe, expect, test } from "bun:test";
import { defacement, openDefacement } from "../../test/origin-incidents.ts";
import { eventually } from "../../test/scenarios/instance.ts";
import { type FakeWatch, fakeWatch, flood, second } from "../../test/studio/fake-watch.ts";
import { openStudio, personWho, type Studio } from "../../test/studio/studio.ts";
import { ManualClock } from "../base/clock.ts";
import { silentLog } from "../base/log.ts";
import type { InterfaceLanguage } from "../language/tags.ts";
import type { Deed } from "../people/audit.ts";
import { ClientScripts } from "../web/client-scripts.ts";
import { profiles } from "../../attacks/profiles.ts";
import { drillProfiles } from "./drill-bounds.ts";
import { listenersMax, listenersOfOneMax, WatchFeed } from "./watch-feed.ts";
import type { SignedIn } from "../web/route.ts";
import { watchEvents } from "./events.ts";
import { watchRoutes } from "./routes.ts";

const start = Date.parse("2011-07-31T14:00:00Z");
const beatEveryMs = 50;

interface House extends AsyncDisposable {
  readonly watch: FakeWatch;
  readonly studio: Studio;
  readonly clock: ManualClock;
  readonly noted: readonly Deed[];
}

interface Opening {
  readonly past?: number;
  readonly language?: InterfaceLanguage;
  readonly kasbah?: readonly string[] | undefined;
}

/** A minute of calm lies behind it, unless `past` says how many seconds. */
async function open({ past = 60, language = "en", ...opening }: Opening = {}): Promise<House> {
  const kasbah = "kasbah" in opening ? opening.kasbah : ["kasbah"];
  const lifetimes = new AsyncDisposableStack();
  const clock = new ManualClock(start);
  const seconds = Array.from({ length: past }, (_, at) => second(start - (past - 1 - at) * 1_000));
  const watch = lifetimes.use(await fakeWatch(seconds));
  const scripts = new ClientScripts();
  const noted: Deed[] = [];
  const audit = { note: (deed: Deed) => void noted.push(deed) };
  const given = { bus: watch.bus, clock, log: silentLog, scripts, kasbah, audit, beatEveryMs };
  const routes = watchRoutes(given);
  const studio = lifetimes.use(openStudio({ routes, scripts, person: personWho(), language }));
  await eventually("what came before", async () =>
    (await textAt(studio, "/watch")).includes("<td>24</td>") || past === 0 ? true : undefined,
  );
  return { watch, studio, clock, noted, [Symbol.asyncDispose]: () => lifetimes.disposeAsync() };
}

async function textAt(studio: Studio, path: string): Promise<string> {
  return await (await studio.get(path)).text();
}

describe("the watch page", () => {
  test("says first whether the site is readable, then figures, then what happened", async () => {
    await using house = await open();
    house.watch.incidents = [
      flood,
      { ...flood, id: "01K0DR11100000000000000000", drill: true },
      { ...flood, id: "01K00PEN000000000000000000", status: "open", ended_at: null, outcome: null },
    ];
    const html = await textAt(house.studio, "/watch");
    expect(html).toContain(
      "The site is readable. Readers get their pages, nearly all of them within 12 milliseconds.",
    );
    expect(html).toContain("Since 13:59 or earlier.");
    expect(html).toMatch(/1 minute<\/th><td>24<\/td><td>0<\/td><td>0<\/td><td>12 ms/);
    const order = ["The site is readable", "1 minute<", "01K00PEN", "01K0FL00D", "Start the drill"];
    const places = order.map((each) => html.indexOf(each));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(html).toContain("going on");
    expect(html).toContain('<span class="badge plain">drill</span>');
  });

  test("asks for the newest fifty of four hundred, and says that there are more", async () => {
    await using house = await open();
    house.watch.incidents = Array.from({ length: 400 }, (_, at) => ({ ...flood, id: `01K${at}` }));
    const html = await textAt(house.studio, "/watch");
    expect(html.match(/\/watch\/incidents\//g)).toHaveLength(50);
    expect(html).toContain("350 older incidents");
    expect(house.watch.limit).toBe(50);
  });

  test.each(["ar", "fr", "en"] as const)("in %s says so when readers lose pages", async (language) => {
    await using house = await open({ language, past: 0 });
    for (let at = -9; at <= 0; at += 1) {
      house.watch.say(
        second(start + at * 1_000, { readers: { requests: 20, served: 10, p99_ms: 900 }, mode: "guarded" }),
      );
    }
    await eventually("the seconds", async () =>
      /losing pages|perdent des pages|يفقدون صفحات/.test(await textAt(house.studio, "/watch"))
        ? true
        : undefined,
    );
    expect(await textAt(house.studio, "/watch")).toMatch(/50[\s ]?(‎)?%/);
  });

  test("with a dead watch it is there at once and says what that means; the list comes back with the watch", async () => {
    await using house = await open();
    house.watch.incidents = [flood];
    await house.watch.die();
    house.clock.advance(10_000);
    const asked = performance.now();
    const html = await textAt(house.studio, "/watch");
    expect(performance.now() - asked).toBeLessThan(1_500);
    expect(html).toContain("The watch doesn’t answer. The site may well be fine");
    expect(html).toContain("Nothing is lost: load the page again");
    const incident = await house.studio.get(`/watch/incidents/${flood.id}`);
    expect([incident.status, await incident.text()]).toEqual([
      503,
      expect.stringContaining("Nothing is lost"),
    ]);
    await house.watch.comeBack();
    expect(await textAt(house.studio, "/watch")).toContain(flood.id);
  });

  test("a watch that hears no edge says that readers may be getting nothing", async () => {
    await using house = await open();
    house.clock.advance(10_000);
    const html = await textAt(house.studio, "/watch");
    expect(html).toContain("No word from the edge");
    expect(html).toContain("Last word: 14:00.");
  });

  test("is for who may watch; the drill for who may start one", async () => {
    await using house = await open();
    house.studio.become(personWho((act) => act === "watch"));
    expect(await textAt(house.studio, "/watch")).not.toContain("/watch/drills");
    const drill = { profile: "mamfakinch-2011", sources: "10", seconds: "5" };
    expect((await house.studio.post("/watch/drills", drill)).status).toBe(403);
    house.studio.become(personWho((act) => act === "read"));
    for (const path of ["/watch", "/watch/events", `/watch/incidents/${flood.id}`]) {
      expect((await house.studio.get(path)).status).toBe(403);
    }
  });
});

describe("an incident", () => {
  test("is told in facts: when, how much, where from and not who, what readers got, what was seen", async () => {
    await using house = await open();
    house.watch.incidents = [flood];
    const html = await textAt(house.studio, `/watch/incidents/${flood.id}`);
    for (const part of [
      "Flood of requests",
      "31 July 2011, 14:05–14:08 (3 minutes, 20 seconds).",
      "603,010 requests from about 4,012 sources",
      "Saudi Arabia",
      "Where traffic comes from says nothing about who is behind it.",
      "Nothing was refused",
      "99.9% of what usual readers asked for (3,680 requests) came in time",
      "Neutralised",
      "3,000 requests a second; usual here: 5, far too many from 50 on.",
      "100% of the requests came from clients that fetch neither style sheets nor images (usual: 36%).",
      '<p lang="en" dir="ltr">something that only a later watch can say',
    ]) {
      expect(html).toContain(part);
    }
    expect(html).not.toContain("<script>alert");
    expect(html).not.toContain("<b>");
  });

  test("has the same facts in Arabic and French, and no English but what only the watch can say", async () => {
    for (const language of ["ar", "fr"] as const) {
      await using house = await open({ language });
      house.watch.incidents = [
        { ...flood, networks: [], evidence: flood.evidence.filter(({ data }) => data) },
      ];
      const html = await textAt(house.studio, `/watch/incidents/${flood.id}`);
      expect(html).toContain(language === "ar" ? "المملكة العربية السعودية" : "Arabie saoudite");
      expect(html).not.toMatch(/\b(requests|usual|from|readers)\b/);
    }
  });

  test("at a protected site is told as a story, in each language, and what the site said of itself does nothing", async () => {
    const said = {
      ar: ["قال أحد المسؤولين عن الموقع: هذا ليس منّا.", "اختراق", "ما عُرض على القرّاء"],
      fr: ["Quelqu’un qui s’occupe du site a dit\u202f: ce n’est pas de nous.", "Percé", "titre\u202f:"],
      en: ["Somebody who runs the site said: it is not ours.", "Breached", "31 false answers went out"],
    } as const;
    for (const language of ["ar", "fr", "en"] as const) {
      await using house = await open({ language });
      house.watch.incidents = [defacement];
      const html = await textAt(house.studio, `/watch/incidents/${defacement.id}`);
      for (const part of said[language]) expect(html).toContain(part);
      expect(html).toContain('<bdi class="foreign">\\u{202e}Hacked by \\u{3c}b&gt;X\\u{3c}/b&gt;</bdi>');
      expect(html).toContain('<code dir="ltr">something new</code>');
      expect(html).not.toMatch(/\u202e|<b>X/);
    }
  });

  test("that goes on says so also where it is known to be a breach already", async () => {
    await using house = await open();
    house.watch.incidents = [{ ...openDefacement, outcome: "breached" }];
    const html = await textAt(house.studio, `/watch/incidents/${openDefacement.id}`);
    expect(html).toContain("Still going on");
    expect(html).toContain("Breached");
  });

  test("says of each rule what it refuses, what was foretold of it and what came of it, in each language", async () => {
    const at = flood.started_at;
    const terms = [
      { trait: "program", value: "none" },
      { trait: "pace", value: "8" },
    ];
    const foretold = { rule: "r1", terms, coverage: 0.97, predicted_worst: 0.0003, predicted_group: "phone" };
    const cameOf = { rule: "r1", matched: 60_000, refused: 57_000, real_worst: 0.002, real_group: "phone" };
    const data = [foretold, { ...cameOf, ended: "its time was over" }, { first_rule_ms: 600 }];
    const evidence = [...data, { kept_out: 139 }].map((each) => ({ at, what: "x", data: each }));
    const said = {
      en: [
        "What was done about it",
        "Requests that name no program and from sources that ask for at least <bdi>8</bdi> pages a second",
        "It covers 97% of what comes beyond the usual. Of usual readers it would hit 0.1% at most",
        "It refused 57,000 requests. Of the readers who came meanwhile it hit 0.2%",
        "It ended because its time was over.",
        "The first rule acted 600 milliseconds after the requests rose.",
        "139 addresses",
      ],
      fr: [
        "Ce qui a été fait",
        "Requêtes qui ne nomment aucun programme et",
        "Elle couvre 97",
        "La première règle a agi",
      ],
      ar: ["ما فعلناه إزاء ذلك", "طلبات لا تذكر أيّ برنامج", "تشمل", "بدأت أوّل قاعدة تعمل"],
    };
    for (const language of ["en", "fr", "ar"] as const) {
      await using house = await open({ language });
      house.watch.incidents = [{ ...flood, rules: ["r1"], evidence }];
      const html = await textAt(house.studio, `/watch/incidents/${flood.id}`);
      for (const part of said[language]) expect(html).toContain(part);
      expect(html).not.toContain(">x<");
      expect(html.match(/id="rule-/g)).toHaveLength(1);
    }
  });

  test("says of a rule that only its evidence remembers what that says, and of one that nobody knows its name", async () => {
    await using house = await open();
    const told = { rule: "r1", when: "requests <b>", coverage: 0.9, predicted_worst: 0, predicted_group: "" };
    const evidence = [{ at: flood.started_at, what: "x", data: told }];
    house.watch.incidents = [{ ...flood, rules: ["r1", "r2"], evidence }];
    const html = await textAt(house.studio, `/watch/incidents/${flood.id}`);
    for (const part of [
      '<p class="rule-words" lang="en" dir="ltr">requests &lt;b&gt;</p>',
      "It would hit none of the usual readers.",
      "A rule of which only its name is still known.",
      '<code dir="ltr">r2</code>',
    ])
      expect(html).toContain(part);
  });

  test("that is none is answered with 404", async () => {
    await using house = await open();
    expect((await house.studio.get("/watch/incidents/nothing")).status).toBe(404);
  });

  test("of files on disk says which, and nothing about traffic", async () => {
    await using house = await open();
    const at = flood.started_at;
    house.watch.incidents = [
      {
        ...flood,
        kind: "tampering",
        requests: 0,
        sources: 0,
        countries: [],
        networks: [],
        evidence: [
          { at, what: "x", data: { where: "blobs/aa" } },
          { at, what: "x", data: { where: "blobs/aa", repaired: true } },
          { at, what: "x", data: { places: 1, forgotten: 0 } },
        ],
      },
    ];
    const html = await textAt(house.studio, `/watch/incidents/${flood.id}`);
    expect(html).toContain('This is not what was signed: <code dir="ltr">blobs/aa</code>');
    expect(html).toContain("This is right again:");
    expect(html).toContain("Over: everything is right again.");
    expect(html).not.toContain("Where from");
  });
});

describe("a drill from the page", () => {
  const wishes = { profile: "mamfakinch-2011", sources: "100", seconds: "5" };
  const record = {
    report: { flood: { sent: 1_000 }, readers: { flood: { reads: 240, right: 240, p99_ms: 6 } } },
    incident: { id: flood.id },
  };
  /** In the command's place: prints, complains, waits, as the script says. */
  const kasbahThat = (script: string): string[] => [process.execPath, "-e", script, "--"];
  const over = async ({ studio }: House): Promise<string> =>
    await eventually("the drill's end", async () => {
      const html = await textAt(studio, "/watch");
      return html.includes('data-state="over"') ? html : undefined;
    });

  test("is the command `kasbah attack`, with what was asked for; its result stands on the page", async () => {
    const kasbah = kasbahThat(`
      const asked = process.argv.slice(-6).join(" ");
      if (asked !== "mamfakinch-2011 --sources 100 --seconds 5 --json") throw new Error(asked);
      console.log(${JSON.stringify(JSON.stringify(record))})`);
    await using house = await open({ kasbah });
    const answer = await house.studio.post("/watch/drills", wishes);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/watch#drill"]);
    expect(await over(house)).toContain(
      "Its readers asked for 240 pages and got 240 of them right; 99 of 100 waited 6 milliseconds at most.",
    );
    expect(house.noted).toEqual([
      { account: "01AMINA", act: "drill.start", subject: "mamfakinch-2011", detail: "100 sources, 5 s" },
    ]);
  });

  test("that is refused says why, in the visitor's language where it is known", async () => {
    const line =
      "kasbah: a drill only goes to loopback in clear, and this instance listens on https://192.0.2.1";
    await using house = await open({ kasbah: kasbahThat(`console.error("${line}"); process.exit(1)`) });
    await house.studio.post("/watch/drills", wishes);
    expect(await over(house)).toContain("A drill only goes to this machine itself");
    await using other = await open({
      kasbah: kasbahThat(`console.error("kasbah: no <b>"); process.exit(1)`),
    });
    await other.studio.post("/watch/drills", wishes);
    expect(await over(other)).toContain('<p lang="en" dir="ltr">no &lt;b&gt;</p>');
  });

  test("that can't even be started is refused, too", async () => {
    await using house = await open({ kasbah: ["/nowhere/kasbah"] });
    await house.studio.post("/watch/drills", wishes);
    expect(await over(house)).toContain("The drill did not take place.");
  });

  test("is one at a time, and can be stopped", async () => {
    await using house = await open({ kasbah: kasbahThat("setInterval(() => {}, 1000)") });
    await house.studio.post("/watch/drills", wishes);
    expect(await textAt(house.studio, "/watch")).toContain("A drill is going on since 14:00.");
    expect((await house.studio.post("/watch/drills", wishes)).status).toBe(409);
    expect((await house.studio.post("/watch/drills/stop", {})).status).toBe(303);
    expect(await over(house)).toContain("The drill was stopped.");
    expect(house.noted.map(({ act }) => act)).toEqual(["drill.start", "drill.stop"]);
  });

  test.each([
    [{ ...wishes, sources: "15000" }, "sources-fault"],
    [{ ...wishes, seconds: "0" }, "seconds-fault"],
    [{ ...wishes, seconds: "1e1" }, "seconds-fault"],
    [{ ...wishes, profile: "--help" }, "Something is missing"],
  ])("with %j is not started", async (fields, expected) => {
    await using house = await open({ kasbah: kasbahThat("throw new Error()") });
    const answer = await house.studio.post("/watch/drills", fields);
    const html = await answer.text();
    expect([answer.status, html]).toEqual([422, expect.stringMatching(expected)]);
    if (expected.endsWith("fault"))
      for (const each of [fields.sources, fields.seconds]) expect(html).toContain(`value="${each}"`);
    expect(house.noted).toEqual([]);
  });

  test("offers attacks that the command knows", () => {
    expect(profiles.map(({ name }) => name)).toEqual(expect.arrayContaining([...drillProfiles]));
  });

  test("where no command can be started isn't offered", async () => {
    await using house = await open({ kasbah: undefined });
    expect(await textAt(house.studio, "/watch")).not.toContain("/watch/drills");
  });
});

describe("events", () => {
  test("begin with the past, then tell each second, this moment, and what has changed", async () => {
    await using house = await open();
    await using events = await listen(house.studio);
    expect(await events.next("past")).toHaveLength(60);
    expect(await events.next("now")).toMatchObject({ tone: "good" });
    house.watch.say(second(start + 1_000, { requests: 99 }));
    expect(await events.next("point")).toEqual([start / 1_000 + 1, 99, 0, 12]);
    house.watch.tell(flood);
    expect(await events.next("changed")).toBeNull();
  });

  test("go on over the death of the watch, and say so", async () => {
    await using house = await open();
    await using events = await listen(house.studio);
    await events.next("now");
    await house.watch.die();
    house.clock.advance(10_000);
    expect(await events.next("now")).toMatchObject({ tone: "warning" });
    await house.watch.comeBack();
    house.watch.say(second(start + 10_000));
    await events.next("point");
    const back = async (): Promise<unknown> => {
      for (;;) {
        const now = (await events.next("now")) as { tone: string };
        if (now.tone === "good") return now;
      }
    };
    expect(await back()).toMatchObject({ tone: "good" });
  });

  test.each([
    ["the session", undefined],
    ["the right", personWho((act) => act === "read")],
    ["somebody else's session", personWho(() => true, "01OTHER")],
  ])("end at the next beat when %s isn't what it was", async (_, person) => {
    await using house = await open();
    await using events = await listen(house.studio);
    await events.next("now");
    house.studio.become(person);
    await events.ended;
  });

  test("stay while all is as it was, with a sign of life now and then", async () => {
    await using house = await open();
    await using events = await listen(house.studio);
    await events.comments(3);
  });

  test("end for a page that takes nothing off the line: what waits for it is bounded", async () => {
    await using watch = await fakeWatch();
    const feed = new WatchFeed({ bus: watch.bus, clock: new ManualClock(start) });
    const person = personWho();
    const visit = { request: new Request("http://localhost/"), person, whoNow: () => person };
    const answer = watchEvents(visit as unknown as SignedIn, {
      feed,
      describe: () => null,
      beatEveryMs: 60_000,
    });
    await watch.bus.flush();
    for (let at = 0; at < 100; at += 1) watch.say(second(start + at * 1_000));
    await eventually("all seconds", async () => (feed.seconds.length === 100 ? true : undefined));
    const waited = (await answer.text()).match(/^event:/gm);
    expect(waited?.length).toBeLessThan(70);
  });

  test("are for so many pages of one person and no more, and a page that leaves makes room", async () => {
    await using house = await open({ past: 0 });
    const pages = Array.from({ length: listenersOfOneMax }, () => listen(house.studio));
    const listening = await Promise.all(pages);
    expect((await house.studio.get("/watch/events")).status).toBe(503);
    await listening[0]?.[Symbol.asyncDispose]();
    const late = await eventually("room", () => listen(house.studio).catch(() => undefined));
    for (const each of [...listening, late]) await each[Symbol.asyncDispose]();
  });

  test("are for so many pages of all people together", async () => {
    await using house = await open({ past: 0 });
    const feed = new WatchFeed({ bus: house.watch.bus, clock: house.clock });
    const one = (account: string) => feed.listen({ traffic() {}, now() {}, changed() {} }, account);
    const ends = Array.from({ length: listenersMax }, (_, at) => one(`account ${at}`));
    expect(one("one more")).toBeUndefined();
    for (const end of ends) end?.();
    const last = one("one more");
    expect(last).toBeFunction();
    last?.();
  });
});

interface Listening extends AsyncDisposable {
  /** The data of the next event of that name; others before it are passed over. */
  next(name: string): Promise<unknown>;
  comments(count: number): Promise<void>;
  /** Resolves when the studio ends it. */
  readonly ended: Promise<void>;
}

async function listen(studio: Studio): Promise<Listening> {
  const leaving = new AbortController();
  const answer = await fetch(`${studio.origin}/watch/events`, { signal: leaving.signal });
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/event-stream"]);
  const blocks = blocksOf(answer);
  const next = async (wanted: (block: string) => boolean): Promise<string> => {
    for (;;) {
      const { value, done } = await blocks.next();
      if (done === true) throw new Error("the events ended");
      if (wanted(value)) return value;
    }
  };
  return {
    async next(name) {
      const block = await next((each) => each.startsWith(`event: ${name}\n`));
      return JSON.parse(block.slice(block.indexOf("data: ") + 6));
    },
    async comments(count) {
      for (let at = 0; at < count; at += 1) await next((each) => each.startsWith(":"));
    },
    get ended() {
      return next(() => false).catch(() => {}) as Promise<void>;
    },
    [Symbol.asyncDispose]: async () => leaving.abort(),
  };
}

async function* blocksOf({ body }: Response): AsyncGenerator<string, void> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    yield* blocks;
  }
}
