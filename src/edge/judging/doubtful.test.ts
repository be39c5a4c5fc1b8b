// An origin that somebody took over says how long its answers may be kept: a false one must not outlive its discovery.
import { expect, setDefaultTimeout, test } from "bun:test";
import { SomebodyElsesSite, themedPage } from "../../../test/edge/somebody-elses-site.ts";
import { until, WholeEdge } from "../../../test/edge/whole-edge.ts";
import { doubtfulBetween } from "./doubtful.ts";

setDefaultTimeout(20_000);

const front = themedPage("L'association", "Bienvenue sur le site de l'association, qui publie ses rapports.");
const redesigned = front.replace("</body>", '<script src="//cdn.example.com/new.js"></script></body>');
const defaced = "<html><head><title>HACKED</title></head><body><h1>HACKED</h1></body></html>";
const strange = { body: "<p>Quelque chose qui ne ressemble à aucune page.</p>", headers: forLong() };
const edition = { "/_kasbah/a": "ours" };

function forLong(): Record<string, string> {
  return { "cache-control": "public, max-age=31536000, stale-if-error=31536000" };
}

async function shown(edge: WholeEdge, address: string): Promise<string> {
  const answer = await edge.get(address);
  return `${answer.headers.get("kasbah-provenance")}: ${await answer.text()}`;
}

test("what was kept before there was a baseline is judged by it", async () => {
  using site = new SomebodyElsesSite({ "/": { body: front, headers: forLong() } });
  const baseline = await site.baseline();
  await using edge = new WholeEdge({ origin: { url: site.url } });
  await edge.publish(edition);
  await edge.start();
  site.pages.set("/", { body: defaced, headers: forLong() });
  expect(await shown(edge, "/")).toBe(`uncertain: ${defaced}`);
  const judged = edge.event("origin.state", (state) => state.baseline !== null);
  await edge.publish(edition, undefined, baseline);
  await judged;
  await until(async () => (await shown(edge, "/")) === `copy: ${front}`);
});

test("a page whose baseline is another is judged by that one, whatever was kept of it", async () => {
  using site = new SomebodyElsesSite({ "/": { body: front, headers: forLong() } });
  await using edge = new WholeEdge({ origin: { url: site.url } });
  await edge.publish(edition, undefined, await site.baseline());
  await edge.start();
  expect(await shown(edge, "/")).toBe(`judged: ${front}`);
  const other = themedPage("Une autre page", "Le texte a été écrit à nouveau, du début à la fin.");
  site.pages.set("/", { body: other, headers: forLong() });
  await edge.publish(edition, undefined, await site.baseline());
  await until(async () => (await shown(edge, "/")) === `judged: ${other}`);
});

test("what was shown while somebody was working on the site is judged again when they are done", async () => {
  using site = new SomebodyElsesSite({ "/": { body: front } });
  await using edge = new WholeEdge({ origin: { url: site.url } });
  await edge.publish(edition, undefined, await site.baseline());
  await edge.start();
  site.pages.set("/", { body: redesigned, headers: forLong() });
  const done = new Date(edge.clock.nowMs() + 60_000).toISOString();
  await edge.bus.request("edge.origin.working", { until: done });
  await until(async () => (await shown(edge, "/")) === `uncertain: ${redesigned}`);
  await edge.bus.request("edge.origin.working", { until: null });
  await until(async () => (await shown(edge, "/")) === `copy: ${front}`);
});

test("nothing that was kept before the site was held is shown after it is released", async () => {
  using site = new SomebodyElsesSite({ "/": { body: front } });
  await using edge = new WholeEdge({ origin: { url: site.url } });
  await edge.publish(edition, undefined, await site.baseline());
  await edge.start();
  site.pages.set("/etrange", strange);
  expect(await shown(edge, "/etrange")).toBe(`uncertain: ${strange.body}`);
  await edge.bus.request("edge.origin.hold", { reason: "not ours", findings: [] });
  site.pages.set("/etrange", { body: "<title>Not found</title>", status: 404 });
  await edge.bus.request("edge.origin.release", {});
  await until(async () => (await edge.get("/etrange")).status === 404);
});

const live = { isHeld: false, heldPages: [], isWorking: false, clearsStorage: false };

test("a page that is held is forgotten with whatever was uncertain; beginning to work, or a page's release, forgets nothing", () => {
  const held = { ...live, heldPages: ["/a", "/b"] };
  expect(doubtfulBetween({ ...live, heldPages: ["/a"] }, held)).toEqual({
    kind: "doubtful",
    addresses: new Set(["/b"]),
  });
  expect(doubtfulBetween(held, live)).toBeUndefined();
  expect(doubtfulBetween(live, { ...live, isWorking: true })).toBeUndefined();
});
