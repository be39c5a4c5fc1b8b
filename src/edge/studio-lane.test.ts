// The studio under its public name, through the edge: a lane of its own that a flood on the site's lanes does not clog.
import { expect, test } from "bun:test";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { type Overrides } from "../../test/edge/config.ts";
import { startTestEdge, type TestEdge } from "../../test/edge/in-process.ts";
import { eventually } from "../../test/scenarios/instance.ts";
import { rawRequest } from "../../test/edge/raw-http.ts";
import { plainAnswer, type RawOrigin, startRawOrigin } from "../../test/edge/raw-origin.ts";
import type { Counted, Tally } from "../decision/record.ts";

const hostname = "studio.example.org";
const request = (more = "", target = "/"): string =>
  `GET ${target} HTTP/1.1\r\nHost: ${hostname}\r\n${more}\r\n`;

function withStudio({ port }: Pick<RawOrigin, "port">, more: Overrides = {}, tally?: Tally): TestEdge {
  return startTestEdge({
    config: { ...more, studio: { listen: `127.0.0.1:${port}`, hostname, ...more.studio } },
    ...(tally === undefined ? {} : { tally }),
  });
}

test("the studio's host leads to it, with the host as it is and the client's address; everything else stays as it was", async () => {
  await using studio = await startRawOrigin((socket) => socket.write(plainAnswer("the studio")));
  const counted: Counted[] = [];
  await using edge = withStudio(studio, {}, { count: (one) => void counted.push({ ...one }) });
  edge.publish([{ path: "/", body: "front" }]);
  expect((await rawRequest(edge.port, request("X-Forwarded-For: 9.9.9.9\r\n"))).body).toBe("the studio");
  expect(studio.requests[0]).toContain(`host: ${hostname}\r\n`);
  expect(studio.requests[0]).toContain("x-forwarded-for: 127.0.0.1\r\n");
  expect(counted[0]?.provenance).toBe("dynamic");
  expect((await rawRequest(edge.port, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")).body).toBe("front");
});

test("its assets under /_kasbah/ are its own", async () => {
  await using studio = await startRawOrigin((socket) => socket.write(plainAnswer("the studio's")));
  await using edge = withStudio(studio);
  expect((await rawRequest(edge.port, request("", "/_kasbah/assets/a.css"))).body).toBe("the studio's");
});

test("its headers stay its own: the edge adds none of those that it gives to pages", async () => {
  await using studio = await startRawOrigin((socket) =>
    socket.write(plainAnswer("x", "Content-Security-Policy: script-src 'self'\r\nX-Frame-Options: DENY\r\n")),
  );
  await using edge = withStudio(studio);
  const { headers } = await rawRequest(edge.port, request());
  expect(headers["content-security-policy"]).toBe("script-src 'self'");
  expect(headers["x-frame-options"]).toBe("DENY");
  expect(headers["referrer-policy"]).toBeUndefined();
});

test("what it compresses comes as it compressed it, for what the client said of itself", async () => {
  const body = gzipSync("<p>".repeat(1_000));
  await using studio = await startRawOrigin((socket) => {
    socket.write(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`);
    socket.write(body);
  });
  await using edge = withStudio(studio);
  const answer = await rawRequest(
    edge.port,
    request("Accept-Encoding: gzip, br\r\nSec-Fetch-Site: none\r\nConnection: close\r\n"),
  );
  expect(answer.headers["content-encoding"]).toBe("gzip");
  expect(answer.raw.endsWith(body.toString("latin1"))).toBe(true);
  expect(studio.requests[0]?.toLowerCase()).toContain("accept-encoding: gzip, br\r\n");
  expect(studio.requests[0]?.toLowerCase()).toContain("sec-fetch-site: none\r\n");
});

test("pictures as large as media.file_bytes_max may be sent to it, and no larger ones", async () => {
  let received = 0;
  await using studio = await startRawOrigin((socket, _, early) => {
    received = early.length;
    socket.on("data", (bytes) => {
      received += bytes.length;
      if (received === 500_000) socket.write(plainAnswer("x"));
    });
  });
  await using edge = withStudio(studio, { media: { file_bytes_max: 500_000 } });
  const send = (length: number): Promise<Response> =>
    fetch(`${edge.url}/pictures`, {
      method: "POST",
      headers: { host: hostname },
      body: new Uint8Array(length),
    });
  expect((await send(500_000)).status).toBe(200);
  expect((await send(500_001)).status).toBe(413);
});

test("a stream of events passes as it comes, and is not cut while it sends comments", async () => {
  let say: (text: string) => void = () => {};
  await using studio = await startRawOrigin((socket) => {
    socket.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
    say = (text) => void socket.write(`${text.length.toString(16)}\r\n${text}\r\n`);
    say(": hello\n\n");
  });
  await using edge = withStudio(studio);
  const answer = await fetch(`${edge.url}/watch/events`, { headers: { host: hostname } });
  const reader = answer.body?.getReader();
  const heard = async (): Promise<string> => Buffer.from((await reader?.read())?.value ?? []).toString();
  expect(await heard()).toBe(": hello\n\n");
  const lane = edge.state.lanes.get("studio");
  for (let minute = 0; minute < 10; minute += 1) {
    for (let second = 0; second < 50; second += 1) {
      edge.monotonic.nowMs += 1_000;
      lane?.tend();
    }
    say(":\n\n");
    expect(await heard()).toBe(":\n\n");
  }
  await reader?.cancel();
  await studio.closed(1);
  expect(lane?.running).toBe(0);
});

test("a dead studio is 503, on a page that says that the site itself goes on, in three languages", async () => {
  const studio = await startRawOrigin(() => {});
  await studio[Symbol.asyncDispose]();
  await using edge = withStudio(studio);
  edge.publish([{ path: "/_kasbah/errors/503/en", body: "the site's own page" }]);
  const inLanguage = async (language: string): Promise<string> => {
    const answer = await rawRequest(edge.port, request("", `/${language}/`));
    expect([answer.status, answer.headers["retry-after"]]).toEqual([503, "10"]);
    return Buffer.from(answer.body, "latin1").toString();
  };
  expect(await inLanguage("en")).toContain("the site itself goes on");
  expect(await inLanguage("fr")).toContain("le site, lui, continue");
  expect(await inLanguage("ar")).toContain("أما الموقع نفسه فيعمل");
});

test("bans hold for it, and the allow-list wins", async () => {
  await using studio = await startRawOrigin((socket) => socket.write(plainAnswer("x")));
  const banned = [{ network: "127.0.0.0/8", reason: "x", expiresAtMs: null }];
  for (const [allow, status] of [
    [[], 403],
    [["127.0.0.1/32"], 200],
  ] as const) {
    await using edge = withStudio(studio, { decision: { allow: [...allow] } });
    edge.state.admission.setBans(banned);
    expect((await rawRequest(edge.port, request())).status).toBe(status);
  }
});

test("an origin on which a hundred requests hang does not keep anybody from the studio", async () => {
  await using origin = await startRawOrigin(() => {});
  await using studio = await startRawOrigin((socket) => socket.write(plainAnswer("the studio")));
  await using edge = withStudio(studio, { origin: { url: origin.url } });
  const clients = Array.from({ length: 100 }, (_, at) => {
    const client = connect(edge.port, "127.0.0.1", () =>
      client.write(`GET /${at} HTTP/1.1\r\nHost: localhost\r\n\r\n`),
    );
    return client.on("error", () => {});
  });
  while ((edge.state.origin?.gate.report().waiting ?? 0) < 90) await new Promise(setImmediate);
  expect((await rawRequest(edge.port, request())).body).toBe("the studio");
  for (const client of clients) client.destroy();
});

test("clients of one prefix hold at most half of its connections: others come through", async () => {
  await using studio = await startRawOrigin((socket, head) => {
    if (!head.startsWith("POST")) socket.write(plainAnswer("the studio"));
  });
  await using edge = withStudio(studio, { studio: { connections_max: 4 } });
  const held = [1, 2].map(() => connect(edge.port, "127.0.0.1"));
  for (const socket of held)
    socket.write(`POST / HTTP/1.1\r\nHost: ${hostname}\r\nContent-Length: 9\r\n\r\nabc`);
  await eventually("both are on their way", async () => studio.requests.length === 2 || undefined);
  expect((await rawRequest(edge.port, request())).status).toBe(503);
  const elsewhere = connect({ port: edge.port, host: "127.0.0.1", localAddress: "127.10.3.1" });
  elsewhere.write(request());
  const { promise: answer, resolve } = Promise.withResolvers<string>();
  elsewhere.on("data", (data) => resolve(data.toString("latin1")));
  expect(await answer).toStartWith("HTTP/1.1 200");
  for (const socket of [...held, elsewhere]) socket.destroy();
  await eventually("places are given back", async () => {
    const { status } = await rawRequest(edge.port, request());
    return status === 200 || undefined;
  });
});
