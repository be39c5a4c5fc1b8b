/** Somebody in the newsroom looks at the watch, tries a drill, and goes on working while the watch hangs: a whole instance, over HTTP. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { dataFolder } from "../../src/config/data-folder.ts";
import { systemClock } from "../../src/base/clock.ts";
import { systemRandom } from "../../src/base/random.ts";
import { migrations } from "../../src/newsroom/features.ts";
import { createAudit } from "../../src/people/audit.ts";
import { browserKind } from "../../src/people/browser-kind.ts";
import { createSessions } from "../../src/people/sessions.ts";
import { createPeople } from "../../src/people/store.ts";
import { openDatabase } from "../../src/store/database.ts";
import { Visitor } from "../studio/visitor.ts";
import { eventually, type Instance, processOf, startInstance } from "./instance.ts";

const timeoutMs = 60_000;
let instance: Instance;
let amina: Visitor;
/** What an open page has heard. */
let heard = "";

beforeAll(async () => {
  instance = await startInstance();
  amina = await steward();
  void hear(await amina.get("/watch/events"));
}, timeoutMs);
afterAll(() => instance[Symbol.asyncDispose]());

test("the page says that the site is readable, and the menu leads to it", async () => {
  const html = await eventually("the first seconds", async () => {
    const said = await text("/watch");
    return said.includes("The site is readable.") ? said : undefined;
  });
  expect(html).toContain('<a href="/watch" aria-current="page">The watch</a>');
  expect(html).toContain("Nothing has happened yet.");
});

test(
  "a drill started there runs, is one at a time, and leaves an incident that is told as a drill",
  async () => {
    const wishes = { profile: "mamfakinch-2011", sources: "300", seconds: "6" };
    expect((await amina.post("/watch/drills", wishes)).status).toBe(303);
    expect((await amina.post("/watch/drills", wishes)).status).toBe(409);
    expect(await text("/watch")).toContain("A drill is going on since");
    await eventually("the flood", async () => has("/watch", "A drill is going on. "), 15_000);
    const html = await eventually("its end", async () => has("/watch", 'data-state="over"'), 45_000);
    expect(html).toMatch(/Its readers asked for [\d,]+ pages and got [\d,]+ of them right/);
    const [, address = ""] = /href="(\/watch\/incidents\/\w+)">What the watch recorded/.exec(html) ?? [];
    const incident = await text(address);
    expect(incident).toContain("This is a drill");
    expect(incident).toContain("Saudi Arabia");
    expect(deeds()).toEqual(["drill.start"]);
  },
  timeoutMs,
);

test(
  "while the watch hangs the page is there and says so, and so is the rest of the studio",
  async () => {
    const watch = await processOf("watch", instance.processId);
    process.kill(watch, "SIGSTOP");
    try {
      await eventually("the sentence", async () => has("/watch", "The watch doesn’t answer."), 15_000);
      for (const path of ["/", "/me", "/watch"]) {
        const asked = performance.now();
        expect((await amina.get(path)).status).toBe(200);
        expect(performance.now() - asked).toBeLessThan(2_000);
      }
      expect(await text("/")).toContain("The watch doesn’t answer");
    } finally {
      process.kill(watch, "SIGKILL");
    }
    // Still on guard, so soon after the drill.
    await eventually("the watch again", async () => has("/watch", "The site is on guard."), 15_000);
  },
  timeoutMs,
);

test("a page that was open all the time has heard everything, and is still being told", () => {
  expect(heard).toContain("event: past\n");
  expect(heard).toContain('"state":"drill"');
  expect(heard).toContain('"state":"the watch is silent"');
  expect(heard).toContain(": still here\n");
  expect(heard).not.toContain("END");
});

async function hear({ body }: Response): Promise<void> {
  const decoder = new TextDecoder();
  try {
    for await (const chunk of body ?? []) heard += decoder.decode(chunk, { stream: true });
  } catch {
    // The instance was stopped.
  }
  heard += "END";
}

async function text(path: string): Promise<string> {
  return await (await amina.get(path)).text();
}

async function has(path: string, words: string): Promise<string | undefined> {
  const html = await text(path);
  return html.includes(words) ? html : undefined;
}

/** With a session that was begun in the newsroom's database: how people come in has tests of its own. */
async function steward(): Promise<Visitor> {
  const visitor = await Visitor.at(instance.studio);
  using database = newsroomDatabase();
  const given = { clock: systemClock, random: systemRandom, hours: 1 };
  const people = createPeople(database, given);
  const { id: account } = people.addAccount("Amina");
  people.grant({ account, role: "steward", site: null, section: null });
  const request = new Request(instance.studio, { headers: { "user-agent": visitor.userAgent } });
  visitor.cookies.set("kasbah", createSessions(database, given).begin(account, browserKind(request)));
  return visitor;
}

function deeds(): string[] {
  using database = newsroomDatabase();
  return createAudit(database, { clock: systemClock })
    .entries({ limit: 10 })
    .map(({ act }) => act)
    .filter((act) => act.startsWith("drill."));
}

function newsroomDatabase() {
  return openDatabase(dataFolder(instance.data).newsroomDatabase, migrations);
}
