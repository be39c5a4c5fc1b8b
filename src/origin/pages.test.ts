// The studio's pages about a protected site, with a real newsroom behind them: what they say, what their buttons do, and that nothing of the site acts in them.
import { describe, expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { html, prose } from "../../test/living-origin.ts";
import { liveState, openOriginStudio } from "../../test/studio/origin-studio.ts";
import { personWho } from "../../test/studio/studio.ts";

type Site = Awaited<ReturnType<typeof openOriginStudio>>;

const evilHost = "cdn.evil.example";
const long = "w".repeat(100_000);

function deface({ living }: Site, body = ""): void {
  living.answers.set("/a-propos/", () =>
    html({
      title: `<b>\u202eHacked`,
      body: `<h2 onclick="run()">OWNED</h2>&lt;script&gt;run()&lt;/script&gt;<p>${long}</p>${body}${prose(99)}`,
      head: `<script src="https://${evilHost}/x.js"></script>`,
    }),
  );
}

async function textAt({ studio }: Site, path: string): Promise<string> {
  return await (await studio.get(path)).text();
}

/** Asked of a defaced page. */
async function asked(site: Site): Promise<string> {
  deface(site);
  await site.watching.round();
  const [question] = site.questions.list("open");
  if (question === undefined) throw new Error("nothing is asked");
  return `/origin/questions/${question.id}`;
}

describe("the state of the site is the first sentence", () => {
  const states = [
    [liveState, "The site is live: every page is checked"],
    [
      { ...liveState, site: "held", reason: "<b>title" } as const,
      "The site is held: something on it is not yours.",
    ],
    [{ ...liveState, site: "gone" } as const, "Readers see the last approved copies"],
    [
      {
        ...liveState,
        site: "maintenance",
        maintenance: { until: null, message: "Nous <i>déménageons</i>" },
      } as const,
      "Nous \\u{3c}i>déménageons",
    ],
    [
      { ...liveState, working_until: "2026-05-20T03:00:00Z" },
      "The site is being worked on until 20 May at 04:00.",
    ],
  ] as const;
  test("whichever it is, as one text", async () => {
    await using site = await openOriginStudio();
    for (const [state, sentence] of states) {
      site.state.state = state;
      const said = (await textAt(site, "/origin")).replaceAll("&gt;", ">");
      expect(said).toContain(sentence);
      expect(said).not.toMatch(/<[bi]>(title|dém)/);
    }
  });
});

describe("a question", () => {
  test("names what is new and shows both pages as text in which nothing acts", async () => {
    for (const language of ["en", "fr", "ar"] as const) {
      await using site = await openOriginStudio({ language });
      const said = await textAt(site, await asked(site));
      expect(said).toContain(`<strong>${evilHost}</strong>`);
      expect(said).toContain("\\u{202e}Hacked");
      expect(said).not.toMatch(/\u202e|<script src="https|onclick|<script>run|<b>\\u/);
      expect(said).not.toContain("w".repeat(1_000));
      expect(said).toMatch(/<del>.*À propos/s);
      expect(said).toMatch(/<ins>.*OWNED/s);
      expect(await textAt(site, "/origin")).toContain("/origin/questions/");
    }
  });

  test("says nothing in English to who reads Arabic, but for what the site says", async () => {
    await using site = await openOriginStudio({ language: "ar" });
    const path = await asked(site);
    const reason = "2 readings contradict the approved pages, the last one at /a-propos/";
    site.state.state = { ...liveState, site: "held", reason };
    for (const address of ["/origin", path]) {
      const [ours = ""] = (await textAt(site, address)).split(/<section[^>]*id="compare"/);
      const words = ours.replaceAll(/<(bdi|code|head|footer)\b[\s\S]*?<\/\1>|<[^>]+>/g, " ");
      expect(words.match(/[a-z]{2,}\s+[a-z]{2,}/gi) ?? []).toEqual([]);
    }
  });

  test("about a name that readers reach without Kasbah says so, and holds nothing", async () => {
    await using site = await openOriginStudio();
    const name = "blog.cgem.example";
    const id = "look-sibling-1";
    const sibling = { what: "sibling host", value: name, weight: "contradicts" } as const;
    site.questions.ask({ id, address: "/", verdict: "alarm", facts: [sibling] });
    const path = `/origin/questions/${site.questions.list("open")[0]?.id}`;
    const said = await textAt(site, path);
    expect(said).toContain(`${name} shows something that looks like an attack`);
    expect(said).not.toContain("approved copies");
    await site.studio.post(`${path}/quarantine`, {});
    expect(site.held).toEqual([]);
    expect(await textAt(site, path)).toContain("Answered: it is not ours.");
  });

  test("whose page can't be read any more is shown as an edge met it", async () => {
    await using site = await openOriginStudio();
    const path = await asked(site);
    site.state.sample = "<title>Seen</title><p>only by the edge";
    site.living.instead = () => new Response("away", { status: 503 });
    const said = await textAt(site, path);
    expect(said).toContain("As it was met");
    expect(said).toContain("only by the edge");
  });

  test("has a picture where one was taken, as a picture and nothing else", async () => {
    await using site = await openOriginStudio();
    const path = await asked(site);
    const [finding = ""] = site.questions.findingsOf(path.split("/").pop() ?? "");
    const folder = join(site.data.evidence, finding);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "screenshot.png"), Buffer.from("\x89PNG\r\n\x1a\nx", "latin1"));
    writeFileSync(join(folder, "page.png"), "<script>run()</script>");
    const address = `/origin/evidence/${finding}/screenshot.png`;
    expect(await textAt(site, path)).toContain(`src="${address}"`);
    const picture = await site.studio.get(address);
    expect([picture.status, picture.headers.get("content-type")]).toEqual([200, "image/png"]);
    expect(picture.headers.get("x-content-type-options")).toBe("nosniff");
    expect(picture.headers.get("content-security-policy")).toContain("default-src 'none'");
    for (const other of ["page.png", "manifest.json", "..%2F..%2Fnewsroom.sqlite"])
      expect((await site.studio.get(`/origin/evidence/${finding}/${other}`)).status).toBe(404);
  });

  test("answered with “not ours” holds the site; answered twice, it is refused", async () => {
    await using site = await openOriginStudio();
    const path = await asked(site);
    const answer = await site.studio.post(`${path}/quarantine`, {});
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/origin"]);
    expect(site.held.length).toBe(1);
    expect(await textAt(site, "/origin")).toContain("Done: readers see approved copies only.");
    expect(await textAt(site, path)).toContain("Answered: it is not ours.");
    expect((await site.studio.post(`${path}/accept`, {})).status).toBe(409);
    expect(site.noted.map(({ act }) => act)).toEqual(["origin.quarantine"]);
  });

  test("answered with “ours” makes it the approved copy", async () => {
    await using site = await openOriginStudio();
    const before = site.living.answers.get("/a-propos/");
    site.living.answers.set("/a-propos/", async (...given) => {
      const page = await (await before?.(...given))?.text();
      const text = page?.replace("</head>", '<script src="https://stats.example/m.js"></script></head>');
      return new Response(text, { headers: { "content-type": "text/html" } });
    });
    await site.watching.round();
    const [question] = site.questions.list("open");
    await site.studio.post(`/origin/questions/${question?.id}/accept`, {});
    expect(await textAt(site, "/origin")).toContain("Done: 1 page was learned and is shown.");
    expect(await site.copyAt("/a-propos/")).toContain("stats.example");
  });
});

describe("orders", () => {
  test("reach the edges as they are meant; their times are reckoned here", async () => {
    await using site = await openOriginStudio();
    const orders = [
      ["/origin/working", { hours: "2" }],
      ["/origin/working/end", {}],
      ["/origin/maintenance", { hours: "0", message: "Nous revenons." }],
      ["/origin/maintenance/end", {}],
      ["/origin/purge", {}],
    ] as const;
    for (const [path, fields] of orders) expect((await site.studio.post(path, fields)).status).toBe(303);
    expect(site.state.asked).toEqual([
      ["edge.origin.working", { until: expect.stringMatching(/Z$/) }],
      ["edge.origin.working", { until: null }],
      ["edge.maintenance.on", { until: null, message: "Nous revenons." }],
      ["edge.maintenance.off", {}],
      ["edge.origin.purge", { all: true }],
    ]);
    expect((await site.studio.post("/origin/working", { hours: "100" })).status).toBe(422);
  });

  test("release says what still contradicts, as text", async () => {
    await using site = await openOriginStudio();
    deface(site);
    site.state.state = { ...liveState, site: "held" };
    await site.studio.post("/origin/release", {});
    const said = await textAt(site, "/origin");
    expect(said).toContain("Still held.");
    expect(said).toContain('<code dir="ltr">/a-propos/</code>');
    await site.studio.post("/origin/release", { anyway: "yes" });
    expect(site.released()).toBe(1);
  });

  test("a snapshot is begun, looked at and approved; another one than was looked at is not", async () => {
    await using site = await openOriginStudio();
    await site.studio.post("/origin/snapshot", {});
    await site.protecting.origin.snapshot.idle();
    const said = await textAt(site, "/origin");
    const started = /name="started" value="([^"]+)"/.exec(said)?.[1] ?? "";
    expect((await site.studio.post("/origin/snapshot/approve", { started: "earlier" })).status).toBe(409);
    await site.studio.post("/origin/snapshot/approve", { started });
    expect(site.protecting.origin.snapshot.facts().state).toBe("approved");
  });

  test("no snapshot while an alarm is open", async () => {
    await using site = await openOriginStudio();
    await asked(site);
    const answer = await site.studio.post("/origin/snapshot", {});
    expect(answer.headers.get("location")).toBe("/origin?said=suspicious");
  });
});

test("who may only watch sees everything and no button", async () => {
  await using site = await openOriginStudio();
  const path = await asked(site);
  site.studio.become(personWho((act) => act === "watch"));
  for (const address of ["/origin", path])
    expect(await textAt(site, address)).not.toMatch(/action="\/origin/);
  expect((await site.studio.post(`${path}/accept`, {})).status).toBe(403);
  site.studio.become(undefined);
  const answer = await site.studio.get(path);
  expect(answer.headers.get("location")).toBe(`/sign-in?to=${encodeURIComponent(path)}`);
});
