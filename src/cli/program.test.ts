/** The command line: help, bad input in one line, and commands that ask a running instance. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { kasbah } from "../../test/cli.ts";
import { fakeEdge, floodRule, underFlood } from "../../test/studio/fake-edge.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { OperatorError } from "../base/errors.ts";
import type { Bus } from "../bus/bus.ts";
import type { Incident } from "../bus/facts.ts";
import { type Hub, startHub } from "../bus/hub.ts";
import { connectBus } from "../bus/local.ts";
import { serve } from "../bus/role.ts";
import { dataFolder } from "../config/data-folder.ts";
import { commands } from "./commands.ts";

const { path: folder, remove } = temporaryFolder();
afterAll(remove);

describe("help", () => {
  test.each([[["--help"]], [["help"]], [[]]])("%j lists every command", async (args: string[]) => {
    const { exitCode, stdout } = await kasbah(...args);
    expect(exitCode).toBe(0);
    for (const { name, summary } of commands) expect(stdout).toMatch(new RegExp(`${name} .*${summary}`));
  });

  const asked = commands.map(({ name }) => name).filter((name) => name !== "help");
  test.each(asked)("%s explains itself in two ways", async (name) => {
    const [flag, word] = await Promise.all([kasbah(name, "--help"), kasbah("help", name)]);
    expect(flag).toEqual(word);
    expect(flag.exitCode).toBe(0);
    expect(flag.stdout).toContain(`Usage: kasbah ${name}`);
    expect(flag.stdout).toContain("--config");
    expect(flag.stdout).toContain("--data");
  });
});

test.each([
  [["stats"], 'no command "stats"; did you mean "status"'],
  [["rules", "enable"], "missing required argument 'id'"],
  [["--data", "x", "nonsense", "--help"], 'no command "nonsense"'],
  [["bans", "list", "--nonsense"], "unknown option '--nonsense'; see `kasbah bans list --help`"],
  [["bans", "list", "extra"], "too many arguments"],
  [["bans", "nonsense"], "unknown command 'nonsense'"],
  [["bans", "add", "192.0.2.0/24"], "--reason <text>' not specified"],
  [["bans", "add", "192.0.2.1/24", "--reason", "x"], '"192.0.2.1/24" is not a network'],
  [["bans", "add", "192.0.2.1", "--reason", "x", "--for", "soon"], '"soon" is not a duration'],
  [["status", "--data"], "--data <folder>' argument missing"],
])("%j is answered with one line and exit code 2", async (args, expected) => {
  const { exitCode, stdout, stderr } = await kasbah(...args);
  expect(stderr).toStartWith("kasbah: ");
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  expect(stderr).toContain(expected);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
});

test.each([[["editions", "list"]], [["keys", "list"]], [["keys", "rotate"]]])(
  "%j makes no newsroom where there is none",
  async (command) => {
    const data = join(folder, "mistyped");
    const { exitCode, stderr } = await kasbah(...command, "--data", data);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("there is no newsroom in")]);
    expect(existsSync(data)).toBe(false);
  },
);

test("where nothing runs, that is said, with what to do", async () => {
  const { exitCode, stderr } = await kasbah("status", "--data", join(folder, "nothing"));
  expect(exitCode).toBe(1);
  expect(stderr).toBe(
    `kasbah: no Kasbah runs on ${join(folder, "nothing")}; start it with \`kasbah up\`, or name its folder with --data\n`,
  );
});

describe("with an instance that runs", () => {
  const at = "2011-07-31T14:05:09.000Z";
  const edition = {
    id: "ab".repeat(32),
    version: 12,
    log_index: 11,
    published_at: at,
    pages: 231,
    bytes: 3_200_000,
    stale: false,
  };
  const edge = {
    id: "one",
    version: "0.1.0",
    addresses: ["http://127.0.0.1:8080"],
    workers: 2,
    edition: 12,
    requests: 12_345,
    refused: 7,
    started_at: at,
    sign_in: { asking: 1, effort: 16, waiting: 40, tickets: 900, passes: 7 },
  };
  const foretold = { coverage: 0.973, predicted_worst: 0.0003, predicted_group: "phone" };
  const incident: Incident = {
    id: "01J0",
    drill: true,
    kind: "flood",
    status: "closed",
    started_at: at,
    ended_at: at,
    requests: 90_000,
    refused: 80_000,
    challenged: 0,
    sources: 2_000,
    networks: [{ asn: 64_500, name: "Example", share: 0.7 }],
    countries: [{ code: "SA", share: 0.7 }],
    rules: ["R1", floodRule.id, "R3"],
    responses: { signed: 10_000, judged: 0, uncertain: 0, dynamic: 0 },
    readers: { requests: 500, served: 499, p99_ms: 12 },
    outcome: "neutralised",
    evidence: [
      { at, what: "four times the usual requests" },
      { at, what: "a rule acts", data: { rule: "R1", when: 'agent is "\u001b[2J"', ...foretold } },
    ],
  };
  /** A second flood's rule, whose requests said hostile things. */
  const hostile = { ...floodRule, id: "01K0HOSTILE", when: 'agent is "\u001b[2Jevil\nclear"' };
  let hub: Hub;
  let bus: Bus;
  let data: string;

  beforeAll(async () => {
    data = join(folder, "running");
    const { run, busSocket } = dataFolder(data);
    await mkdir(run, { recursive: true });
    hub = await startHub(busSocket);
    bus = await connectBus(busSocket);
    serve(bus, {
      "edge.status": () => ({ edge, edition }),
      "newsroom.status": () => ({ edition, jobs_dead: 0 }),
      "edge.bans.list": () => ({ bans: [] }),
      "edge.appeal": ({ code }) => ({
        appeal: code === "AAAA BBBB" ? { at, gate: "work", reason: "overloaded", load: 1 } : null,
      }),
      "edge.bans.add": ({ network, reason, seconds }) => {
        if (network === "192.0.2.0/24")
          throw new OperatorError("it is allowed", { hint: "see decision.allow", exitCode: 2 });
        return {
          ban: { network, reason, by: "operator", created_at: at, expires_at: seconds === null ? null : at },
        };
      },
      "watch.incidents.list": () => ({ incidents: [incident], total: 1 }),
      "watch.incidents.show": ({ id }) => ({ incident: id === incident.id ? incident : null }),
    });
    const defending = fakeEdge(bus, () => Date.parse(at));
    defending.facts = { ...defending.facts, ...underFlood, rules: [floodRule, hostile] };
    await bus.flush();
  });
  afterAll(async () => {
    await bus[Symbol.asyncDispose]();
    await hub[Symbol.asyncDispose]();
  });

  test("status names the role that does not answer, and still says the rest", async () => {
    const { exitCode, stdout, stderr } = await kasbah("status", "--data", data);
    expect(stdout).toContain("edition 12 of 2011-07-31 14:05 UTC: 231 pages, 3.2 MB");
    expect(stderr).toStartWith("kasbah: no answer from: watch;");
    expect(exitCode).toBe(1);
  });

  test("appeal says in words what a code says, however it was typed; or that it is none", async () => {
    const { stdout } = await kasbah("appeal", "AAAA", "BBBB", "--data", data);
    expect(stdout).toStartWith("refused 2011-07-31 14:05 UTC, at the protected site");
    expect(stdout).toContain("why: there was no room to wait");
    const none = await kasbah("appeal", "CCCC", "--data", data);
    expect(none.stderr).toStartWith("kasbah: that is no code of this edge's;");
    expect(none.exitCode).toBe(2);
  });

  test("status --json has exactly the promised fields", async () => {
    const end = bus.respond("watch.status", () => ({ mode: "guarded", incidents_open: 2 }));
    await bus.flush();
    const { exitCode, stdout } = await kasbah("status", "--json", "--data", data);
    end();
    expect(JSON.parse(stdout)).toEqual({
      version: "0.1.0",
      mode: "guarded",
      service: "normal",
      edition,
      edges: [edge],
      incidents_open: 2,
    });
    expect(exitCode).toBe(0);
  });

  test("status says why the mode is what it is", async () => {
    const { stdout } = await kasbah("status", "--data", data);
    expect(stdout).toContain("edge-1 is siege: volume and composition\n");
    expect(stdout).toContain(
      "whoever has no session there waits or solves a puzzle; who is signed in doesn't\n",
    );
    expect(stdout).toContain("2 rules active, 12 addresses slowed, 1,514 refused, kernel bans 980\n");
  });

  test("rules are listed, shown and switched; nothing in them moves the cursor", async () => {
    const run = (...args: string[]) => kasbah("rules", ...args, "--data", data);
    expect(JSON.parse((await run("list", "--json")).stdout)).toEqual([floodRule, hostile]);
    const { stdout: list } = await run("list");
    expect(list).toContain(
      `${floodRule.id}  active  drop  covers 97 % of the flood; worst harm 0.3 %, phones  program is "none" and`,
    );
    expect(list).toContain("\\u{1b}[2Jevil\\u{a}clear");
    expect(list).not.toContain("\u001b");
    expect((await run("show", floodRule.id)).stdout).toContain(
      "predicted harm: 0.04 % of usual readers, at worst 0.3 % (phone)",
    );
    expect(await run("disable", floodRule.id)).toEqual({
      exitCode: 0,
      stdout: `${floodRule.id} is switched off\n`,
      stderr: "",
    });
    expect((await run("show", floodRule.id)).stdout).toContain("ended: switched off by an operator");
    expect(JSON.parse((await run("enable", floodRule.id, "--json")).stdout)).toEqual(floodRule);
    for (const [verb, which] of [
      ["show", ""],
      ["enable", " that may start anew"],
      ["disable", " that hasn't ended"],
    ] as const)
      expect(await run(verb, "nonsense")).toEqual({
        exitCode: 2,
        stdout: "",
        stderr: `kasbah: there is no rule "nonsense"${which}; see \`kasbah rules list\`\n`,
      });
  });

  test("bans are asked of the edge, and its refusal is bad input", async () => {
    const added = await kasbah("bans", "add", "198.51.100.7", "--reason", "floods", "--data", data);
    expect(added).toEqual({
      exitCode: 0,
      stdout: "198.51.100.7/32 is kept out until it is removed\n",
      stderr: "",
    });
    const refused = await kasbah("bans", "add", "192.0.2.0/24", "--reason", "x", "--data", data);
    expect(refused).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: "kasbah: it is allowed; see decision.allow\n",
    });
    expect((await kasbah("bans", "list", "--json", "--data", data)).stdout).toBe("[]\n");
  });

  test("an answer from a role that is away is a failure, not bad input", async () => {
    const { exitCode, stderr } = await kasbah("bans", "remove", "192.0.2.0/24", "--data", data);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr:
        "kasbah: nobody answers edge.bans.remove; that part of Kasbah is starting or has stopped: see its log, try again in a moment\n",
    });
  });

  test("incidents are listed and shown; an unknown one is bad input", async () => {
    expect((await kasbah("incidents", "list", "--data", data)).stdout).toContain(
      "flood (drill)  neutralised",
    );
    const { stdout } = await kasbah("incidents", "show", "01J0", "--data", data);
    expect(stdout.split("\n").slice(-8)).toEqual([
      'rule R1: agent is "\\u{1b}[2J"',
      "  covered 97 % of the flood; predicted harm: at worst 0.03 % (phone)",
      `rule ${floodRule.id}: ${floodRule.when}`,
      "  covered 97 % of the flood; predicted harm: at worst 0.3 % (phone)",
      "  refused 12,345 requests; real harm: no known reader came meanwhile",
      "rule R3: nothing more is known of it",
      "2011-07-31 14:05 UTC  four times the usual requests",
      "",
    ]);
    expect(JSON.parse((await kasbah("incidents", "show", "01J0", "--json", "--data", data)).stdout)).toEqual(
      incident,
    );
    const unknown = await kasbah("incidents", "show", "nonsense", "--data", data);
    expect(unknown).toMatchObject({ exitCode: 2, stdout: "" });
  });
});
