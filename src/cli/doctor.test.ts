/** `kasbah doctor`: each thing that can be wrong is found, and says how to mend it. */
import { describe, expect, test } from "bun:test";
import { chmod, mkdir, rm, utimes } from "node:fs/promises";
import { join } from "node:path";
import { certificate, openssl } from "../../test/certificate.ts";
import { kasbah } from "../../test/cli.ts";
import { testConfig } from "../../test/edge/config.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { ManualClock, systemClock } from "../base/clock.ts";
import { startHub } from "../bus/hub.ts";
import { connectBus } from "../bus/local.ts";
import { serve } from "../bus/role.ts";
import { dataFolder } from "../config/data-folder.ts";
import { defaultConfig } from "../config/load.ts";
import type { Config } from "../config/settings.ts";
import { openDatabase } from "../store/database.ts";
import type { Checkup, Finding, Patient } from "./checkups/checkup.ts";
import { databases, disk, rights } from "./checkups/data.ts";
import { geo } from "./checkups/geo.ts";
import { jobs, roles } from "./checkups/instance.ts";
import { judge, lister } from "./checkups/kernel.ts";
import { clock } from "./checkups/machine.ts";
import { origin } from "./checkups/origin.ts";
import { ports } from "./checkups/ports.ts";
import { certificate as certificateCheckup, keys } from "./checkups/trust.ts";

test("a machine on which nothing is wrong gets exit code 0, one with a wrong setting 1", async () => {
  await using place = await newPlace();
  const config = join(place.data.root, "kasbah.toml");
  const free = "[edge]\nlisten = ['127.0.0.1:0']\n[metrics]\nlisten = '127.0.0.1:0'\n";
  await Bun.write(config, free);
  const well = await kasbah("doctor", "--json", "--config", config, "--data", place.data.root);
  expect(well).toMatchObject({ exitCode: 0, stderr: "" });
  expect(JSON.parse(well.stdout)).toContainEqual({
    name: "settings",
    verdict: "fine",
    what: `${config} is right`,
  });

  await Bun.write(config, `${free}[studio]\nlisten = 3\n`);
  const ill = await kasbah("doctor", "--config", config, "--data", place.data.root);
  expect(ill.exitCode).toBe(1);
  expect(ill.stdout).toMatch(/^WRONG {2}settings .*kasbah\.toml:6: studio\.listen is 3/);
  expect(ill.stderr).toBe("kasbah: 1 thing to mend; each is marked WRONG above, with what to do\n");
});

describe("the kernel", () => {
  const config = defaultConfig();
  const well = { hasNft: true, hasRight: true, connectionsMax: 262_144 };
  const only = (found: Finding[]): Finding | undefined => (found.length === 1 ? found[0] : undefined);

  test("that drops for the edge, or could, is fine", () => {
    expect(only(judge({ config }, well, "on"))?.verdict).toBe("fine");
    expect(only(judge({ config }, well, undefined))?.verdict).toBe("fine");
  });

  test("that can't be asked is no fault, and each reason says what to do", () => {
    const mends = [
      judge({ config }, { ...well, hasNft: false }, undefined),
      judge({ config }, { ...well, hasRight: false }, undefined),
      judge({ config }, well, "no right"),
      judge({ config }, well, "failed"),
    ].map(only);
    expect(mends.map((found) => found?.verdict)).toEqual(["note", "note", "note", "note"]);
    expect(mends[0]?.mend).toContain("apt install nftables");
    expect(mends[1]?.mend).toContain("AmbientCapabilities=CAP_NET_ADMIN");
    expect(mends[2]?.mend).toBe(mends[1]?.mend ?? "");
    expect(mends[3]?.mend).toContain("the edge's log");
  });

  test("is asked by the running edge's rights, not by those of whoever asks doctor", () => {
    expect(only(judge({ config }, { ...well, hasRight: false }, "on"))?.verdict).toBe("fine");
  });

  test("with a short list of connections is told how to have a longer one", () => {
    const found = judge({ config }, { ...well, connectionsMax: 8_192 }, "on");
    expect(found.at(-1)?.mend).toContain("nf_conntrack_max");
    const uncounted = { ...config, kernel: { ...config.kernel, connections_per_prefix: 0 } };
    expect(judge({ config: uncounted }, { ...well, connectionsMax: 8_192 }, "on").length).toBe(1);
  });

  test("whose connections nobody can list is told what to install", () => {
    expect(lister("/usr/bin/ss")).toEqual([]);
    expect(only(lister(null))?.mend).toContain("apt install iproute2");
  });

  test("that is switched off is left alone", () => {
    const off = { ...config, kernel: { ...config.kernel, nftables: "off" as const } };
    expect(only(judge({ config: off }, well, "off"))?.mend).toBeUndefined();
  });
});

describe("ports", () => {
  test("one that another program holds is wrong, one that our instance holds is not", async () => {
    await using place = await newPlace();
    using other = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } });
    const config = withListen(`127.0.0.1:${other.port}`);
    expect(await look(ports, place, { config })).toContainEqual(
      expect.objectContaining({
        verdict: "wrong",
        what: expect.stringContaining("is taken by another program"),
      }),
    );
    await using instance = await newInstance(place);
    const found = await look(ports, place, { config, instance: instance.bus });
    expect(found.map(({ verdict }) => verdict)).toEqual(["fine", "fine"]);
  });

  test("an address that is not this machine's is wrong", async () => {
    await using place = await newPlace();
    const found = await look(ports, place, { config: withListen("192.0.2.1:8080") });
    expect(found[0]).toMatchObject({
      verdict: "wrong",
      what: expect.stringContaining("is no address of this machine"),
    });
  });
});

test("an origin that is down, that answers, and that answers a gateway without compressing", async () => {
  await using place = await newPlace();
  const inFrontOf = (url: string): Config => {
    const config = defaultConfig();
    return { ...config, origin: { ...config.origin, url } };
  };
  expect(await look(origin, place, { config: defaultConfig() })).toEqual([]);
  const server = Bun.serve({
    port: 0,
    fetch: ({ headers }) =>
      new Response("x", { headers: headers.has("via") ? {} : { "content-encoding": "gzip" }, status: 404 }),
  });
  const config = inFrontOf(`http://127.0.0.1:${server.port}`);
  const found = await look(origin, place, { config });
  expect(found.map(({ verdict, what }) => `${verdict} ${what}`)).toEqual([
    `fine ${config.origin.url} answers (status 404)`,
    expect.stringContaining("note the site compresses its pages, but not for"),
  ]);
  await server.stop(true);
  expect(await look(origin, place, { config })).toMatchObject([
    { verdict: "wrong", what: expect.stringContaining("does not answer") },
  ]);
});

describe("the data folder", () => {
  test("others must not get at keys", async () => {
    await using place = await newPlace();
    await mkdir(place.data.keys, { mode: 0o700 });
    expect(verdicts(await look(rights, place))).toEqual(["fine", "fine", "fine"]);
    await chmod(place.data.keys, 0o750);
    expect(await look(rights, place)).toContainEqual({
      verdict: "wrong",
      what: `other users of this machine can get into ${place.data.keys}`,
      mend: `chmod 700 ${place.data.keys}`,
    });
  });

  test("one that is not there yet is no fault", async () => {
    await using place = await newPlace();
    await rm(place.data.root, { recursive: true });
    expect(verdicts(await look(rights, place))).toEqual(["fine", "note"]);
    expect(verdicts(await look(disk, place))).toEqual(["fine"]);
  });

  test("a full disk is wrong", async () => {
    await using place = await newPlace();
    const data = dataFolder("/proc/kasbah");
    const found = await look(disk, place, { invocation: { ...place.invocation, data } });
    expect(found).toMatchObject([{ verdict: "wrong", what: "0 bytes are free" }]);
  });

  test("a damaged database is wrong, a sound one is not", async () => {
    await using place = await newPlace();
    openDatabase(place.data.edgeDatabase, []).close();
    await Bun.write(place.data.watchDatabase, "this is no database ".repeat(100));
    expect(await look(databases, place)).toMatchObject([
      { verdict: "fine", what: `${place.data.edgeDatabase} is sound` },
      { verdict: "wrong", what: expect.stringContaining(`${place.data.watchDatabase} is damaged`) },
    ]);
  });
});

describe("keys", () => {
  test("none yet is a note, a root key at home as well, online keys that are gone are wrong", async () => {
    await using place = await newPlace();
    expect(verdicts(await look(keys, place))).toEqual(["note"]);
    await Bun.write(join(place.data.keys, "online.json"), "{}");
    expect(verdicts(await look(keys, place))).toEqual(["fine"]);
    await Bun.write(join(place.data.keys, "root.json"), "{}");
    expect(await look(keys, place)).toMatchObject([
      { verdict: "note", what: expect.stringContaining("still on this machine") },
    ]);
    await rm(place.data.keys, { recursive: true });
    await mkdir(place.data.metadata, { recursive: true });
    expect(verdicts(await look(keys, place))).toEqual(["wrong"]);
  });
});

describe("the certificate", () => {
  test("that can't be read is wrong; without TLS there is none", async () => {
    await using place = await newPlace();
    const base = defaultConfig();
    expect(await look(certificateCheckup, place)).toEqual([]);
    const config: Config = { ...base, edge: { ...base.edge, tls: "files", tls_certificate: "/nonexistent" } };
    expect(await look(certificateCheckup, place, { config })).toMatchObject([
      { verdict: "wrong", what: expect.stringContaining("can't read edge.tls_certificate") },
    ]);
  });

  test.skipIf(openssl === null)("for other names, with a slow key, and soon over: each is told", async () => {
    await using place = await newPlace();
    using files = certificate({ names: ["example.org"], key: "rsa" });
    const { tls_certificate, tls_key } = files;
    const config = testConfig({
      edge: { tls: "files", tls_certificate, tls_key },
      "site.portal": { hosts: ["example.org", "www.example.org"] },
    });
    expect(await look(certificateCheckup, place, { config })).toMatchObject([
      { verdict: "wrong", what: "the certificate is not for www.example.org" },
      { verdict: "wrong", what: expect.stringContaining("expires in 1 day") },
      { verdict: "note", what: expect.stringContaining("its key is RSA") },
    ]);
  });
});

describe("geo data", () => {
  test("a database that is none is wrong", async () => {
    await using place = await newPlace();
    const base = defaultConfig();
    const config: Config = { ...base, geo: { ...base.geo, database: join(import.meta.dir, "doctor.ts") } };
    expect(verdicts(await look(geo, place))).toEqual(["fine"]);
    expect(verdicts(await look(geo, place, { config }))).toEqual(["wrong"]);
  });
});

describe("the clock", () => {
  test("behind the newest file is wrong", async () => {
    await using place = await newPlace();
    const metadata = join(place.data.metadata, "timestamp.json");
    await Bun.write(metadata, "{}");
    const tomorrow = new Date(systemClock.nowMs() + 86_400_000);
    await utimes(metadata, tomorrow, tomorrow);
    expect(verdicts(await look(clock, place))).toEqual(["wrong"]);
    expect(verdicts(await look(clock, place, { clock: new ManualClock(tomorrow.getTime()) }))).toEqual([
      "fine",
    ]);
  });
});

describe("the running instance", () => {
  test("roles that do not answer and jobs that are dead are wrong", async () => {
    await using place = await newPlace();
    expect(verdicts(await look(roles, place))).toEqual(["note"]);
    await using instance = await newInstance(place);
    serve(instance.bus, {
      "newsroom.status": () => ({ edition: null, jobs_dead: 2 }),
      "watch.status": () => ({ mode: "calm", incidents_open: 0 }),
    });
    await instance.bus.flush();
    const patient = { instance: instance.bus };
    expect(verdicts(await look(roles, place, patient))).toEqual(["wrong", "fine", "fine"]);
    expect(await look(jobs, place, patient)).toMatchObject([{ verdict: "wrong", what: "2 failed for good" }]);
  });
});

interface Place extends AsyncDisposable {
  readonly data: Patient["invocation"]["data"];
  readonly invocation: Patient["invocation"];
}

async function newPlace(): Promise<Place> {
  const { path: root, remove } = temporaryFolder();
  const data = dataFolder(root);
  await mkdir(data.run, { mode: 0o700 });
  return {
    data,
    invocation: { configFile: join(root, "kasbah.toml"), configNamed: false, data, json: false },
    [Symbol.asyncDispose]: remove,
  };
}

async function newInstance({
  data,
}: Place): Promise<{ bus: Awaited<ReturnType<typeof connectBus>> } & AsyncDisposable> {
  const hub = await startHub(data.busSocket);
  const bus = await connectBus(data.busSocket);
  return {
    bus,
    async [Symbol.asyncDispose]() {
      await bus[Symbol.asyncDispose]();
      await hub[Symbol.asyncDispose]();
    },
  };
}

async function look(
  { look: lookAt }: Checkup,
  { invocation }: Place,
  patient: Partial<Patient> = {},
): Promise<Finding[]> {
  return await lookAt({
    invocation,
    config: defaultConfig(),
    instance: undefined,
    clock: systemClock,
    ...patient,
  });
}

function verdicts(findings: readonly Finding[]): string[] {
  return findings.map(({ verdict }) => verdict);
}

function withListen(address: string): Config {
  const base = defaultConfig();
  return { ...base, edge: { ...base.edge, listen: [address] }, metrics: { listen: "127.0.0.1:0" } };
}
