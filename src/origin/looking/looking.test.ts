/** What the newsroom sees with its own eyes: what is shown to some only, names that lead elsewhere, a front that only looks right in its source. */
import { describe, expect, test } from "bun:test";
import { Resolver } from "node:dns/promises";
import { startDnsServer } from "../../../test/dns-server.ts";
import { type Answering, html, prose } from "../../../test/living-origin.ts";
import { protectedSite } from "../../../test/origin-newsroom.ts";
import { findChromium } from "./render.ts";

type Site = Awaited<ReturnType<typeof protectedSite>>;

const spam = `<div style="display:none"><a href="https://pills.example/viagra">cheap viagra pills</a>
  <a href="https://casino.example/slots">online casino slots</a></div>`;

/** The page at this address is another one for those whose request says so. */
function cloak({ living }: Site, address: string, isFor: (request: Request) => boolean, answer: Answering) {
  const usual = living.answers.get(address);
  living.answers.set(address, (request, visit) => {
    if (isFor(request) || usual === undefined) return answer(request, visit);
    return usual(request, visit);
  });
}

const isGooglebot = ({ headers }: Request): boolean =>
  headers.get("user-agent")?.includes("Googlebot") === true;
const spammed: Answering = () => html({ title: "À propos", body: prose(99) + spam });

describe("what is shown to some only", () => {
  test("links that only search engines get are found, and a usual reading does not see them", async () => {
    await using site = await protectedSite();
    cloak(site, "/a-propos/", isGooglebot, spammed);
    await site.watching.round();
    expect(site.questions.list()).toEqual([]);
    await site.watching.looking.round();
    const [question, ...others] = site.questions.list("open");
    expect(others).toEqual([]);
    expect(question?.addresses).toEqual(["/a-propos/"]);
    expect(question?.facts[0]).toMatchObject({ what: "cloaking", value: "shown to Googlebot only" });
    expect(JSON.stringify(question?.facts)).toContain("pills.example");
  });

  test("a usual reading does not end what is asked about it; looks that find nothing any more do", async () => {
    await using site = await protectedSite();
    const usual = site.living.answers.get("/a-propos/");
    cloak(site, "/a-propos/", isGooglebot, () =>
      html({
        title: "À propos",
        body: prose(99),
        head: '<script src="https://stats.example/c.js"></script>',
      }),
    );
    await site.watching.looking.round();
    for (let more = 0; more < 3; more += 1) await site.watching.round();
    expect(site.questions.list().map(({ alarm, status }) => ({ alarm, status }))).toEqual([
      { alarm: false, status: "open" },
    ]);
    if (usual !== undefined) site.living.answers.set("/a-propos/", usual);
    for (let more = 0; more < 2; more += 1) await site.watching.looking.round();
    expect(site.questions.list().map(({ status }) => status)).toEqual(["over"]);
  });

  test("readers who come from a search engine and are sent elsewhere", async () => {
    await using site = await protectedSite();
    const comesFromGoogle = ({ headers }: Request): boolean => headers.has("referer");
    cloak(site, "/", comesFromGoogle, () => Response.redirect("https://pills.example/buy", 302));
    await site.watching.looking.round();
    const [question] = site.questions.list("open");
    expect(question?.facts[0]?.value).toBe("shown to those who come from a search engine only");
    expect(JSON.stringify(question?.facts)).toContain("pills.example");
  });

  test("another address, through a proxy: the origin is told nothing of where it comes from", async () => {
    const isProxied = ({ headers }: Request): boolean => !headers.has("x-forwarded-for");
    const target = { url: "" };
    using proxy = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      async fetch(request) {
        const { pathname, search } = new URL(request.url);
        const { headers } = request;
        return await fetch(`${target.url}${pathname}${search}`, { headers, redirect: "manual" });
      },
    });
    await using site = await protectedSite({
      settings: { second_look_proxy: `http://127.0.0.1:${proxy.port}` },
    });
    target.url = site.living.url;
    cloak(site, "/a-propos/", isProxied, spammed);
    await site.watching.looking.round();
    expect(site.questions.list("open")[0]?.facts[0]?.value).toBe("shown from another address only");
  });

  test("what everybody gets, and what changes with each visit, is none", async () => {
    await using site = await protectedSite();
    site.living.answers.set("/a-propos/", (_, visit) =>
      html({ title: "À propos", body: prose(99) + (visit % 3 === 0 ? spam : "") }),
    );
    await site.watching.looking.round();
    const facts = site.questions.list().flatMap((question) => question.facts);
    expect(facts.map(({ what }) => what)).not.toContain("cloaking");
  });
});

describe("names", () => {
  test("one that leads elsewhere is asked about until somebody says that it is right", async () => {
    const addresses: Record<string, string[]> = { "cgem.example": ["127.0.0.1"] };
    await using dns = await startDnsServer({ addresses });
    const names = new Resolver({ timeout: 500, tries: 1 });
    names.setServers([dns.address]);
    await using site = await protectedSite({
      settings: { hosts_watched: ["cgem.example"] },
      originNames: { names, port: 1, plainPort: 1, timeoutMs: 500 },
    });
    const { looking } = site.watching;
    await looking.round();
    expect(site.questions.list()).toEqual([]);
    addresses["cgem.example"] = ["127.0.0.2"];
    await looking.round();
    const [moved] = site.questions.list("open");
    expect(moved?.facts).toEqual([
      {
        what: "dns addresses",
        value: "cgem.example: 127.0.0.2",
        before: "127.0.0.1",
        weight: "doubt",
      },
    ]);
    for (let more = 0; more < 3; more += 1) await site.watching.round();
    expect(site.questions.list("open").length).toBe(1);
    await site.deciding.accept(null);
    await looking.round();
    expect(site.questions.list("open")).toEqual([]);
    addresses["cgem.example"] = [];
    await looking.round();
    expect(site.questions.list("open").map(({ alarm }) => alarm)).toEqual([true]);
  });

  test("what is the machine's own is nobody's to ask for", async () => {
    await using site = await protectedSite({ settings: { hosts_watched: ["localhost", "a.localhost"] } });
    await site.watching.looking.round();
    expect(site.questions.list()).toEqual([]);
  });
});

describe.skipIf(findChromium() === undefined)("how pages look", () => {
  const sees = { chromium: "auto", refresh_s: 86_400 };

  test("a picture that is another although its source is right is told, on the front and on what is read most", async () => {
    await using site = await protectedSite({ settings: sees });
    const told: unknown[] = [];
    site.edge.subscribe("origin.finding", (finding) => void told.push(finding));
    await site.edge.flush();
    const overlay = "var o=document.createElement('div');o.style='position:fixed;inset:0;background:#000';";
    site.living.answers.set(
      "/theme/menu.js",
      () =>
        new Response(`${overlay}document.documentElement.append(o)`, {
          headers: { "content-type": "text/javascript" },
        }),
    );
    site.watching.looking.read("/a-propos/", 40);
    site.watching.looking.read("/made-up/", 10);
    await site.watching.looking.round();
    await site.edge.flush();
    expect(told.length).toBe(2);
    const what = ["appearance", "oddities"].map((each) => expect.objectContaining({ what: each }));
    for (const [at, address] of ["/", "/a-propos/"].entries())
      expect(told[at]).toMatchObject({ address, verdict: "uncertain", edge: "newsroom", facts: what });
  }, 60_000);
});
