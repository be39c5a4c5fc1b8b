// The edge as a whole: real editions on disk, real workers, a real bus; what breaks around it, and what readers notice of that.
import { expect, test } from "bun:test";
import { readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { certificate, openssl } from "../../test/certificate.ts";
import { freePort } from "../../test/free-port.ts";
import { until, WholeEdge } from "../../test/edge/whole-edge.ts";
import { startMs } from "../../test/edition-fixture.ts";
import { messageOf } from "../base/errors.ts";

const pages = { "/": "front", "/ar/a": "the march", "/ar/b": "the square" };

async function textAt(edge: WholeEdge, path: string): Promise<string> {
  const answer = await edge.get(path);
  return answer.ok ? await answer.text() : String(answer.status);
}

/** The status that a reader at a loopback address of their own gets. */
function statusFrom(edge: WholeEdge, localAddress: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const { port } = new URL(edge.url);
  const socket = connect({ port: Number(port), host: "127.0.0.1", localAddress }, () =>
    socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
  );
  socket.once("data", (chunk) => {
    socket.destroy();
    resolve(Number(chunk.toString().split(" ")[1]));
  });
  socket.once("error", reject);
  return promise;
}

test("an edition is served; the next one takes its place in all workers and is announced", async () => {
  await using edge = new WholeEdge();
  await edge.publish(pages);
  await edge.start();
  expect(await textAt(edge, "/ar/a")).toBe("the march");
  const served = edge.event("edition.served", ({ version }) => version === 2);
  await edge.publish({ ...pages, "/ar/a": "the march went on" });
  edge.bus.publish("edition.published", { version: 2 });
  await served;
  for (let ask = 0; ask < 20; ask += 1) expect(await textAt(edge, "/ar/a")).toBe("the march went on");
  const { edition, edge: facts } = await edge.bus.request("edge.status", {});
  expect([edition?.version, edition?.pages, edition?.stale, facts.workers]).toEqual([2, 3, false, 2]);
});

test.skipIf(openssl === null)(
  "over TLS all workers answer, and lead who comes in clear to the port that readers have",
  async () => {
    using files = certificate();
    const { tls_certificate, tls_key } = files;
    const redirect = freePort();
    const redirect_listen = [`127.0.0.1:${redirect}`];
    await using edge = new WholeEdge({ edge: { tls: "files", tls_certificate, tls_key, redirect_listen } });
    await edge.publish(pages);
    await edge.start();
    for (let ask = 0; ask < 10; ask += 1) {
      const answer = await fetch(`http://localhost:${redirect}/ar/a`, { redirect: "manual" });
      expect(answer.headers.get("location")).toBe(`${edge.url.replace("127.0.0.1", "localhost")}/ar/a`);
      const secure = await fetch(`${edge.url}/ar/a`, { tls: { rejectUnauthorized: false } });
      expect(await secure.text()).toBe("the march");
    }
  },
);

test("it starts without an edition, and with a dead bus it still takes the first one", async () => {
  await using edge = new WholeEdge();
  await edge.start();
  expect(await textAt(edge, "/")).toBe("503");
  await edge.stopHub();
  await edge.publish(pages);
  await until(async () => (await textAt(edge, "/")) === "front");
});

test("a blob changed by hand is never served, is told, comes back repaired; the rest is served meanwhile", async () => {
  await using edge = new WholeEdge();
  await edge.publish(pages);
  await edge.start();
  const told = edge.event("tampering");
  await writeFile(edge.blobFile("the march"), "the lie!!");
  expect(await textAt(edge, "/ar/a")).toBe("503");
  expect(await textAt(edge, "/ar/b")).toBe("the square");
  expect((await told).where).toMatch(/^blobs\/[0-9a-f]{2}\//);
  const over = edge.event("tampering", ({ repaired }) => repaired === true);
  edge.repairFrom(pages);
  expect((await over).where).toBe((await told).where);
  await until(async () => (await textAt(edge, "/ar/a")) === "the march");
}, 20_000);

test("a blob that nobody asks for is found out by the slow round", async () => {
  await using edge = new WholeEdge();
  await edge.publish(pages);
  await rm(edge.blobFile("the square"));
  await edge.start();
  expect((await edge.event("tampering")).evidence.what).toContain("missing");
}, 20_000);

test("metadata that somebody got at changes nothing for readers, is told, and after a start the newest edition that verifies is served", async () => {
  await using edge = new WholeEdge();
  await edge.publish(pages);
  await edge.start();
  const timestamp = join(edge.data.metadata, "timestamp.json");
  const told = edge.event("tampering");
  await writeFile(timestamp, (await readFile(timestamp, "utf8")).replace('"version":1', '"version":7'));
  expect((await told).where).toBe("metadata/timestamp.json");
  expect(await textAt(edge, "/ar/a")).toBe("the march");
  await edge.stop();
  await edge.start();
  expect(await textAt(edge, "/ar/a")).toBe("the march");
  const { edition } = await edge.bus.request("edge.status", {});
  expect(edition?.version).toBe(1);
}, 20_000);

test("a blob that a withdrawal erased is no tampering, even where the edition without it is not served yet", async () => {
  await using edge = new WholeEdge();
  await edge.publish(pages);
  await edge.start();
  const told: string[] = [];
  edge.bus.subscribe("tampering", ({ where }) => void told.push(where));
  const { "/ar/a": _, ...left } = pages;
  await edge.publish(left, [{ site: "portal", path: "/ar/a", at: "2011-07-31T14:05:09Z", blobs: [] }]);
  await rm(edge.blobFile("the march"));
  await textAt(edge, "/ar/a");
  await until(async () => (await textAt(edge, "/ar/a")) === "410");
  await edge.bus.flush();
  expect(told).toEqual([]);
});

test("a first root that is damaged is told, and the edge goes on as soon as it is put back", async () => {
  await using edge = new WholeEdge();
  await edge.publish(pages);
  const root = join(edge.data.metadata, "1.root.json");
  const whole = await readFile(root);
  await writeFile(root, "{}");
  await edge.start();
  expect(await textAt(edge, "/ar/a")).toBe("503");
  const over = edge.event("tampering", ({ repaired }) => repaired === true);
  await writeFile(root, whole);
  expect((await over).where).toBe("metadata/1.root.json");
  await until(async () => (await textAt(edge, "/ar/a")) === "the march");
}, 10_000);

test("what is withdrawn is gone at once, also from memory", async () => {
  await using edge = new WholeEdge();
  await edge.publish(pages);
  await edge.start();
  expect(await textAt(edge, "/ar/a")).toBe("the march");
  const { "/ar/a": _, ...left } = pages;
  const served = edge.event("edition.served", ({ version }) => version === 2);
  await edge.publish(left, [{ site: "portal", path: "/ar/a", at: "2011-07-31T14:05:09Z", blobs: [] }]);
  await served;
  for (let ask = 0; ask < 20; ask += 1) expect(await textAt(edge, "/ar/a")).toBe("410");
});

test("bans hold in all workers, for that network alone, and outlive a restart; others are answered clearly", async () => {
  await using edge = new WholeEdge({ decision: { allow: ["127.0.0.9/32"] } });
  await edge.publish(pages);
  await edge.start();
  const { ban } = await edge.bus.request("edge.bans.add", {
    network: "127.0.0.2",
    reason: "a drill",
    seconds: 3_600,
  });
  expect([ban.network, ban.expires_at]).toEqual([
    "127.0.0.2/32",
    new Date(startMs + 3_600_000).toISOString(),
  ]);
  await edge.bus.request("edge.bans.add", { network: "127.0.0.2/32", reason: "still", seconds: null });
  await until(async () => (await statusFrom(edge, "127.0.0.2")) === 403);
  for (let ask = 0; ask < 10; ask += 1) expect(await statusFrom(edge, "127.0.0.2")).toBe(403);
  expect(await statusFrom(edge, "127.0.0.3")).toBe(200);
  await edge.stop();
  await edge.start();
  expect(await statusFrom(edge, "127.0.0.2")).toBe(403);
  expect((await edge.bus.request("edge.bans.list", {})).bans).toHaveLength(1);
  const refusal = async (network: string): Promise<string> =>
    await edge.bus
      .request("edge.bans.add", { network, reason: "x", seconds: null })
      .then(() => "", messageOf);
  expect(await refusal("127.0.0.9")).toContain("always wins over a ban");
  expect(await refusal("10.0.0.0/33")).toContain('"10.0.0.0/33" is not a network');
  expect(await edge.bus.request("edge.bans.remove", { network: "127.0.0.2" })).toEqual({ removed: true });
  await until(async () => (await statusFrom(edge, "127.0.0.2")) === 200);
}, 20_000);

test("an edition past its time stays, and says that it is stale", async () => {
  await using edge = new WholeEdge();
  await edge.publish(pages);
  await edge.start();
  const told = edge.event("stale");
  edge.clock.advance(3_600_001);
  expect(await told).toMatchObject({ version: 1, stale: true });
  expect(await textAt(edge, "/")).toBe("front");
});

test("a second Kasbah on the same port is refused, instead of sharing its readers", async () => {
  await using first = new WholeEdge();
  await first.start();
  const { port } = new URL(first.url);
  await using second = new WholeEdge({ edge: { listen: [`127.0.0.1:${port}`] } });
  expect(await second.start().then(() => "started", messageOf)).toContain("is in use");
});

test("each second is observed, also an empty one", async () => {
  await using edge = new WholeEdge();
  await edge.publish(pages);
  await edge.start();
  edge.clock.advance(1_000);
  await edge.event("observation", ({ requests }) => requests === 0);
  await textAt(edge, "/");
  const seen = await edge.event("observation", ({ requests }) => requests > 0);
  expect([seen.statuses["2"], seen.responses.signed]).toEqual([1, 1]);
});
