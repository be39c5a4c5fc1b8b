// `kasbah attack`: what it refuses, and how it says so; test/scenarios/ has the drill itself.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { kasbah } from "../../test/cli.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { profiles } from "../../attacks/profiles.ts";
import { startHub } from "../bus/hub.ts";
import { connectBus, type LocalBus } from "../bus/local.ts";
import { dataFolder } from "../config/data-folder.ts";

const lifetimes = new AsyncDisposableStack();
const { path: root, remove } = temporaryFolder();
let bus: LocalBus;
beforeAll(async () => {
  lifetimes.defer(remove);
  const data = dataFolder(root);
  await mkdir(data.run);
  lifetimes.use(await startHub(data.busSocket));
  bus = lifetimes.use(await connectBus(data.busSocket));
});
afterAll(() => lifetimes.disposeAsync());

test("without a name it tells what there is", async () => {
  const { exitCode, stdout } = await kasbah("attack");
  expect(exitCode).toBe(0);
  expect(stdout).toStartWith("mamfakinch-2011\n  Sunday 31 July 2011");
});

test("its help lists every attack in a line", async () => {
  const { exitCode, stdout } = await kasbah("attack", "--help");
  expect(exitCode).toBe(0);
  const lines = stdout.split("\n");
  for (const { name, summary } of profiles)
    expect(lines.some((line) => line.startsWith(`  ${name} `) && line.endsWith(` ${summary}`))).toBe(true);
});

test.each([
  [["mamfakinch"], 'there is no attack "mamfakinch"; did you mean "mamfakinch-2011"?'],
  [["mamfakinch-2011", "--sources", "0"], "write a whole number from 1 to 15000"],
  [["mamfakinch-2011", "--sources", "1e9"], "write a whole number from 1 to 15000"],
  [["mamfakinch-2011", "--seconds", "86400"], "write a whole number from 1 to 600"],
  [["mamfakinch-2011", "--rate", "-1"], "write a whole number from 0 to 200000"],
  [["mamfakinch-2011", "--target", "http://192.0.2.1"], "unknown option '--target'"],
  [["mamfakinch-2011", "http://192.0.2.1"], "too many arguments"],
])("%j is answered with one line and exit code 2", async (args, expected) => {
  const { exitCode, stdout, stderr } = await kasbah("attack", ...args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  expect(stderr).toContain(expected);
});

test("where nothing runs there is nothing to drill", async () => {
  const { exitCode, stderr } = await kasbah("attack", "mamfakinch-2011", "--data", join(root, "nothing"));
  expect(exitCode).toBe(1);
  expect(stderr).toContain("no Kasbah runs on");
});

describe("a running instance", () => {
  test.each([["http://192.0.2.1:8080"], ["http://0.0.0.0:8080"], ["https://[::1]:8443"]])(
    "that listens on %s is not drilled, and the watch is told nothing",
    async (address) => {
      using announced = answering(address);
      const { exitCode, stderr } = await kasbah("attack", "mamfakinch-2011", "--data", root);
      expect(exitCode).toBe(1);
      expect(stderr).toContain(`a drill only goes to loopback, and this instance listens on ${address}`);
      expect(announced.times).toBe(0);
    },
  );

  test("that trusts no proxy can't be reached through one", async () => {
    using announced = answering("http://127.0.0.1:1");
    const { exitCode, stderr } = await kasbah("attack", "ipv6-hopping", "--data", root);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('edge.trusted_proxies = ["127.0.0.1/32"]');
    expect(announced.times).toBe(0);
  });

  test("that has nothing to read says so, and the drill is over for the watch at once", async () => {
    using announced = answering("http://127.0.0.1:1");
    const { exitCode, stderr } = await kasbah("attack", "mamfakinch-2011", "--data", root);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("there is nothing to drill: the front page answers nothing (ECONNREFUSED)");
    expect(announced.times).toBe(2);
    expect(Date.parse(announced.until)).toBeLessThan(Date.parse(announced.first));
  });
});

/** An edge and a watch that only answer: how often a drill was announced, and until when. */
function answering(address: string) {
  const untils: string[] = [];
  const edge = {
    id: "edge",
    version: "0",
    addresses: [address],
    workers: 1,
    edition: null,
    requests: 0,
    refused: 0,
  };
  const ends = [
    bus.respond("edge.status", () => ({
      edge: { ...edge, started_at: "2011-07-31T14:00:00Z" },
      edition: null,
    })),
    bus.respond("watch.drill", ({ until }) => {
      untils.push(until);
      return { ok: true };
    }),
  ];
  return {
    get times() {
      return untils.length;
    },
    get first() {
      return untils[0] ?? "";
    },
    get until() {
      return untils.at(-1) ?? "";
    },
    [Symbol.dispose]: () => ends.forEach((end) => end()),
  };
}
