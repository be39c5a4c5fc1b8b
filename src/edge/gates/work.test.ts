// The gates before a real origin, over real sockets: how people come through, what is asked of a flood, and what a flood gets without them.
import { describe, expect, test } from "bun:test";
import {
  type GatedSite,
  Person,
  raiseEffort,
  searchFor,
  startGatedSite,
  workingOrigin,
} from "../../../test/edge/gated-site.ts";
import { startMs } from "../../../test/edge/in-process.ts";
import { rfc3339 } from "../../base/clock.ts";
import { base64Url, fromHex } from "../../base/bytes.ts";
import { passBudget } from "../../decision/gates/pass.ts";
import { solve } from "../../decision/puzzle/solve.ts";
import { fields, gateHeader } from "../gate-pages/names.ts";
import { appealOperations } from "./appeal-operations.ts";
import { noSolver, shareGates } from "./shared-gates.ts";

const html = { headers: { accept: "text/html" } };
const address = "198.51.100.7";
/** What a page's Refresh says at least. */
const comesBackMs = 3_000;
const secret = Uint8Array.from({ length: 32 }, (_, at) => at);

function underSiege(options: Parameters<typeof startGatedSite>[0] = {}): GatedSite {
  const site = startGatedSite(options);
  site.edge.state.isSiegeOrdered = true;
  return site;
}

const met = (answer: Response): string | null => answer.headers.get(gateHeader);

function form(sent: Record<string, string>): RequestInit {
  return { ...html, method: "POST", body: new URLSearchParams(sent) };
}

/** What a browser sends when somebody presses the button on a waiting page. */
function fieldsOf(page: string): Record<string, string> {
  return Object.fromEntries(
    [...page.matchAll(/<input type="hidden" name="([\w-]+)" value="([^"]*)">/g)].map(
      ([, name = "", value = ""]) => [name, value],
    ),
  );
}

/** Waits for its turn once. */
async function comeThrough(person: Person, site: GatedSite): Promise<Response> {
  await person.ask(site, "/work");
  site.pass(comesBackMs);
  return await person.ask(site, "/work");
}

test("in calm there is no page, no cookie, nothing", async () => {
  await using site = startGatedSite();
  const answer = await new Person(address).ask(site, "/work", html);
  expect([answer.status, met(answer), answer.headers.getSetCookie()]).toEqual([200, null, []]);
});

describe("work under siege", () => {
  test("a program without scripts that keeps cookies comes through when its time has come, and then at once", async () => {
    await using site = underSiege();
    const curl = new Person(address);
    const first = await curl.ask(site, "/work");
    expect([first.status, met(first)]).toEqual([503, "ticket"]);
    expect(first.headers.get("refresh")).toBe("3; url=/work");
    const ticket = curl.cookies.get("kasbah-ticket");
    const early = await curl.ask(site, "/work");
    expect([early.status, curl.cookies.get("kasbah-ticket")]).toEqual([503, ticket]);
    site.pass(comesBackMs);
    const through = await curl.ask(site, "/work");
    expect([through.status, await through.text()]).toEqual([200, "<p>GET </p>"]);
    expect(through.headers.get("cache-control")).toBe("no-store");
    expect((await curl.ask(site, "/work")).status).toBe(200);
    expect(site.origin.requests).toEqual(["GET /work", "GET /work"]);
  });

  test("the origin never sees the gates' cookies, only its own", async () => {
    await using site = underSiege();
    const seen: (string | null)[] = [];
    site.origin.pages.set("/work", (request) => {
      seen.push(request.headers.get("cookie"));
      return { body: "<p>", headers: { "cache-control": "no-store" } };
    });
    const person = new Person(address);
    person.cookies.set("theme", "dark");
    await comeThrough(person, site);
    expect(seen.every((cookies) => cookies === null || cookies === "theme=dark")).toBe(true);
    expect(seen.length).toBeGreaterThan(0);
  });

  test("whoever keeps nothing gets nothing; without the gates, all that it asks for", async () => {
    for (const mode of ["auto", "off"] as const) {
      await using site = underSiege({ mode });
      const asks = Array.from({ length: 50 }, (_, at) => new Person(`203.0.113.${at}`).ask(site, "/work"));
      const answers = await Promise.all(asks);
      const through = answers.filter(({ status }) => status === 200).length;
      expect([mode, through]).toEqual([mode, mode === "auto" ? 0 : 50]);
    }
  });

  test("a ticket has one turn, whoever shows it; a pass its budget, at whichever worker", async () => {
    const gates = shareGates(secret, noSolver);
    await using one = underSiege({ gates });
    await using other = underSiege({ gates });
    const person = new Person(address);
    await person.ask(one, "/work");
    const ticket = person.cookies.get("kasbah-ticket") ?? "";
    one.pass(comesBackMs);
    other.pass(comesBackMs);
    expect((await person.ask(one, "/work")).status).toBe(200);
    const thief = new Person("203.0.113.9");
    thief.cookies.set("kasbah-ticket", ticket);
    expect((await thief.ask(other, "/work")).status).toBe(503);
    expect(thief.cookies.get("kasbah-ticket")).not.toBe(ticket);

    const pass = person.cookies.get("kasbah-pass") ?? "";
    const asks = Array.from({ length: 2 * passBudget }, async (_, at) => {
      const bot = new Person(`203.0.113.${at}`);
      bot.cookies.set("kasbah-pass", pass);
      return (await bot.ask(at % 2 === 0 ? one : other, "/work")).status;
    });
    const through = (await Promise.all(asks)).filter((status) => status === 200);
    expect(through).toHaveLength(passBudget);
  });

  test("a pass is good after a restart, and from another address; at an edge with another secret it is none", async () => {
    const person = new Person(address);
    {
      await using site = underSiege({ gates: shareGates(secret, noSolver) });
      expect((await comeThrough(person, site)).status).toBe(200);
    }
    const moved = new Person("2001:db8::7");
    moved.cookies.set("kasbah-pass", person.cookies.get("kasbah-pass") ?? "");
    await using again = underSiege({ gates: shareGates(secret, noSolver) });
    expect((await moved.ask(again, "/work")).status).toBe(200);
    await using elsewhere = underSiege({ gates: shareGates(new Uint8Array(32), noSolver) });
    expect((await moved.ask(elsewhere, "/work")).status).toBe(503);
  });

  test("programs and parts of pages never meet a page to wait at", async () => {
    await using site = underSiege();
    const person = new Person(address);
    const asks: [string, RequestInit][] = [
      ["/robots.txt", {}],
      ["/feed/", {}],
      ["/part.css", { headers: { "sec-fetch-dest": "style" } }],
      ["/work", { method: "OPTIONS" }],
      ["/work", { method: "POST", body: "{}", headers: { "content-type": "application/json" } }],
    ];
    for (const [path, init] of asks) {
      const answer = await person.ask(site, path, init);
      expect([path, answer.status, met(answer)]).toEqual([path, 200, null]);
    }
  });
});

describe("a flood of sources that are never the same, with room for forty to wait", () => {
  /** Of an origin that is busy with the first of them for as long as it lasts. */
  interface Flooded extends AsyncDisposable {
    readonly site: GatedSite;
    /** The origin is done with them. */
    readonly end: () => void;
  }

  const queueMax = 40;

  async function flooded(mode: "auto" | "off"): Promise<Flooded> {
    const { promise, resolve: end } = Promise.withResolvers<void>();
    const site = startGatedSite({ mode, queueMax, origin: workingOrigin(() => promise) });
    const asks = Array.from(
      { length: 100 },
      async (_, at) => await new Person(`203.0.${at}.1`).ask(site, searchFor(at)),
    );
    // Those who find no place are told so at once.
    await Promise.any(asks);
    for (let tenth = 0; tenth < 12; tenth += 1) {
      site.pass(100);
      site.edge.state.origin?.gate.tend();
    }
    return {
      site,
      end,
      [Symbol.asyncDispose]: async () => {
        end();
        await Promise.all(asks);
        await site[Symbol.asyncDispose]();
      },
    };
  }

  /** Does as the page says, for a minute. */
  async function patiently(person: Person, { site, end }: Flooded): Promise<Response> {
    for (let waitedMs = 0; ;) {
      const asking = person.ask(site, "/work");
      // Each time others come.
      void new Person(`198.18.${waitedMs / 1_000}.1`).ask(site, searchFor(100 + waitedMs / 1_000));
      if (waitedMs > 0) end();
      const answer = await asking;
      if (answer.status === 200 || waitedMs >= 60_000) return answer;
      const backMs = Number(answer.headers.get("retry-after")) * 1_000;
      waitedMs += backMs;
      for (let second = 0; second < backMs; second += 1_000) {
        site.pass(1_000);
        site.edge.state.origin?.gate.tend();
      }
    }
  }

  test("with the gates somebody who waits as they are told comes through", async () => {
    await using flood = await flooded("auto");
    expect(flood.site.edge.state.origin?.gate.pressure.isOn).toBe(true);
    const person = new Person(address);
    const first = await person.ask(flood.site, "/work");
    expect(met(first)).toBe("ticket");
    expect((await patiently(person, flood)).status).toBe(200);
  });

  test("without them they find the queue full", async () => {
    await using flood = await flooded("off");
    const answer = await new Person(address).ask(flood.site, "/work");
    expect([answer.status, met(answer)]).toEqual([503, null]);
  });
});

describe("a form under siege", () => {
  const words = { words: "« كلمات » & <b>more</b>" };

  test("is given back in the page and goes through once its time has come, once", async () => {
    await using site = underSiege();
    const person = new Person(address);
    const page = await person.ask(site, "/comment?p=7", form(words));
    expect([page.status, met(page)]).toEqual([503, "ticket"]);
    const kept = fieldsOf(await page.text());
    const early = await person.ask(site, "/comment?p=7", form(kept));
    expect(early.status).toBe(503);
    const still = fieldsOf(await early.text());
    expect(still[fields.sealed]).toBe(kept[fields.sealed] ?? "");
    site.pass(comesBackMs);
    const through = await person.ask(site, "/comment?p=7", form(still));
    expect(await through.text()).toBe(`<p>POST ${new URLSearchParams(words).toString()}</p>`);
    const again = await person.ask(site, "/comment?p=7", form(still));
    expect([again.status, again.headers.get("location")]).toEqual([303, "/comment?p=7"]);
    expect(site.origin.requests).toEqual(["POST /comment?p=7"]);
  });

  test("too large to be given back, is refused in words, with a code that says why to operators", async () => {
    await using site = underSiege({ gates: shareGates(secret, noSolver) });
    const nowMs = Date.UTC(2026, 10, 22);
    site.pass(nowMs - startMs);
    const answer = await new Person(address).ask(site, "/comment?p=7", form({ words: "x".repeat(70_000) }));
    expect([answer.status, met(answer)]).toEqual([429, "refused"]);
    const [, code = ""] =
      /<code dir="ltr" translate="no">([0-9A-Z-]{19})<\/code>/.exec(await answer.text()) ?? [];
    const said = { at: rfc3339(nowMs), gate: "work", reason: "overloaded", load: 0 } as const;
    const answerTo = (typed: string) => appealOperations(secret)["edge.appeal"]?.({ code: typed });
    expect(answerTo(code.toLowerCase())).toEqual({ appeal: said });
    expect(answerTo("0000-0000-0000-0000")).toEqual({ appeal: null });
  });

  test("that the page kept is good when calm is back, at no other address", async () => {
    await using site = underSiege();
    const person = new Person(address);
    const page = await person.ask(site, "/comment?p=7", form(words));
    const kept = fieldsOf(await page.text());
    site.edge.state.isSiegeOrdered = false;
    const elsewhere = await person.ask(site, "/work", form(kept));
    expect([elsewhere.status, met(elsewhere)]).toEqual([429, "refused"]);
    const through = await person.ask(site, "/comment?p=7", form(kept));
    expect(await through.text()).toContain("<p>POST words=");
  });

  test.each([
    ["short", "a=b"],
    ["in Arabic, unescaped", `words=${"كلمات".repeat(20)}`],
    ["long", `words=${"x".repeat(90_000)}`],
    ["that begins like ours, and isn't", "kasbah-ticketing=1"],
  ])("in calm, a form of the site's arrives byte for byte: %s", async (_, body) => {
    await using site = startGatedSite();
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const answer = await new Person(address).ask(site, "/comment?p=7", { method: "POST", body, headers });
    expect(await answer.text()).toBe(`<p>POST ${body}</p>`);
  });
});

describe("where time alone is not enough", () => {
  test("a solved puzzle opens at once, once; a wrong proof is none; time is still enough", async () => {
    await using site = underSiege();
    raiseEffort(site);
    const person = new Person(address);
    const page = await person.ask(site, "/work", html);
    expect(met(page)).toBe("work");
    const text = await page.text();
    const [, effort = "", seed = ""] = /data-effort="(\d+)" data-seed="([0-9a-f]+)"/.exec(text) ?? [];
    const proof = base64Url(solve(fromHex(seed), Number(effort)));
    const ticket = fieldsOf(text)[fields.ticket] ?? "";
    const wrong = await person.ask(
      site,
      "/work",
      form({ [fields.ticket]: ticket, [fields.proof]: `${proof.slice(0, -4)}AAAA` }),
    );
    expect(wrong.status).toBe(503);
    const solved = form({ [fields.ticket]: ticket, [fields.proof]: proof });
    expect(await (await person.ask(site, "/work", solved)).text()).toBe("<p>GET </p>");
    const thief = new Person("203.0.113.9");
    expect((await thief.ask(site, "/work", solved)).status).toBe(503);
    expect((await comeThrough(new Person(address), site)).status).toBe(200);
  });
});
