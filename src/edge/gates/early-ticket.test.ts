// Forms get their ticket when their page is rendered: who writes for longer than one waits, sends at once.
import { expect, test } from "bun:test";
import { type GatedSite, Person, startGatedSite } from "../../../test/edge/gated-site.ts";
import { SomebodyElsesSite } from "../../../test/edge/somebody-elses-site.ts";

const headers = { accept: "text/html" };
const sent: RequestInit = { method: "POST", headers, body: new URLSearchParams({ words: "some" }) };

/** Pages that are kept, which nobody has to wait for. */
async function start(): Promise<GatedSite> {
  const origin = new SomebodyElsesSite({});
  const page = (body: string) => async () => ({ body, headers: { "cache-control": "max-age=600" } });
  origin.pages.set(
    "/story",
    page('<h1>Story</h1><form method="post"><textarea name="words"></textarea></form>'),
  );
  origin.pages.set("/plain", page("<h1>Plain</h1>"));
  origin.pages.set("/comment", async () => ({ body: "thanks", headers: { "cache-control": "no-store" } }));
  const site = startGatedSite({ origin });
  for (const path of ["/story", "/plain"]) await new Person("198.51.100.1").ask(site, path, { headers });
  return site;
}

test("under siege a kept page with a form brings a ticket, good for what is sent from it seconds later", async () => {
  await using site = await start();
  site.edge.state.isSiegeOrdered = true;
  const writer = new Person("203.0.113.7");
  const page = await writer.ask(site, "/story", { headers });
  expect([page.status, page.headers.get("cache-control")]).toEqual([200, "private, no-cache"]);
  expect([...writer.cookies.keys()]).toEqual(["kasbah-ticket"]);
  const ticket = writer.cookies.get("kasbah-ticket");
  await writer.ask(site, "/story", { headers });
  expect(writer.cookies.get("kasbah-ticket")).toBe(ticket);
  site.pass(2_000);
  const through = await writer.ask(site, "/comment", sent);
  expect([through.status, await through.text()]).toEqual([200, "thanks"]);

  const other = new Person("203.0.114.7");
  await other.ask(site, "/plain", { headers });
  expect(other.cookies.size).toBe(0);
  site.pass(2_000);
  expect((await other.ask(site, "/comment", sent)).status).toBe(503);
});

test("in calm nobody is given one, and the page may be kept by others", async () => {
  await using site = await start();
  const reader = new Person("203.0.113.7");
  const page = await reader.ask(site, "/story", { headers });
  expect([reader.cookies.size, page.headers.get("cache-control")]).toEqual([0, "max-age=600"]);
});
