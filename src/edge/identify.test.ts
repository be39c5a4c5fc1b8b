// Who asks: X-Forwarded-For is believed from trusted proxies alone, and only as far as they wrote it.
import { expect, test } from "bun:test";
import { startTestEdge, type TestEdge } from "../../test/edge/in-process.ts";
import { rawRequest } from "../../test/edge/raw-http.ts";
import type { Counted } from "../decision/record.ts";
import type { Source } from "../decision/source.ts";

interface Watched extends AsyncDisposable {
  readonly edge: TestEdge;
  readonly sources: Source[];
}

function watched(trusted: readonly string[]): Watched {
  const sources: Source[] = [];
  const tally = { count: ({ source }: Counted): void => void sources.push(source) };
  const edge = startTestEdge({ tally, config: { edge: { trusted_proxies: trusted } } });
  return { edge, sources, [Symbol.asyncDispose]: () => edge[Symbol.asyncDispose]() };
}

async function sourceFor(
  trusted: readonly string[],
  ...forwarded: readonly string[]
): Promise<Source | undefined> {
  await using own = watched(trusted);
  const lines = forwarded.map((line) => `X-Forwarded-For: ${line}\r\n`).join("");
  await rawRequest(own.edge.port, `GET / HTTP/1.1\r\nHost: localhost\r\n${lines}\r\n`);
  return own.sources[0];
}

const v4 = (text: string): Source => ({
  v6: false,
  high: 0,
  low: text.split(".").reduce((sum, part) => sum * 256 + Number(part), 0),
});
const here = v4("127.0.0.1");

test("nobody is trusted by default", async () => {
  expect(await sourceFor([], "192.0.2.1")).toEqual(here);
});

test("a trusted proxy tells the address; what the client wrote before it does not count", async () => {
  expect(await sourceFor(["127.0.0.0/8"], "192.0.2.1")).toEqual(v4("192.0.2.1"));
  expect(await sourceFor(["127.0.0.0/8"], "203.0.113.9, 192.0.2.1")).toEqual(v4("192.0.2.1"));
  expect(await sourceFor(["127.0.0.0/8"], "203.0.113.9", "192.0.2.1")).toEqual(v4("192.0.2.1"));
});

test("behind several trusted proxies it is the rightmost that is none", async () => {
  const trusted = ["127.0.0.0/8", "10.0.0.0/8"];
  expect(await sourceFor(trusted, "203.0.113.9, 192.0.2.1, 10.0.0.5, 10.0.0.6")).toEqual(v4("192.0.2.1"));
});

test("an entry that is no address ends the walk", async () => {
  expect(await sourceFor(["127.0.0.0/8"], "unknown")).toEqual(here);
  expect(await sourceFor(["127.0.0.0/8", "10.0.0.0/8"], '192.0.2.1, "_hidden", 10.0.0.5')).toEqual(
    v4("10.0.0.5"),
  );
});

test("IPv6 counts by its upper half, an IPv4 address in its clothes as itself", async () => {
  expect(await sourceFor(["127.0.0.1"], "2001:db8:1:2::9")).toEqual({
    v6: true,
    high: 0x20010db8,
    low: 0x00010002,
  });
  expect(await sourceFor(["127.0.0.1"], "::ffff:192.0.2.1")).toEqual(v4("192.0.2.1"));
});
