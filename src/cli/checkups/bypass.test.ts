// Whether somebody who knows the origin's own address gets around the edge: real servers at several addresses, and a DNS that is made up.
import { expect, test } from "bun:test";
import { testConfig } from "../../../test/edge/config.ts";
import type { Config } from "../../config/settings.ts";
import type { World } from "../../origin/bypass/doors.ts";
import { examineBypass } from "./bypass.ts";

const hosts = ["www.example.org", "localhost"];

function configFor(origin: Partial<Config["origin"]>): Config {
  return testConfig({ origin, "site.portal": { hosts } });
}

/** `names`: where DNS leads. */
function worldOf(own: readonly string[], names: Readonly<Record<string, readonly string[]>> = {}) {
  const asked: string[] = [];
  const world: World = {
    own,
    lookUp: async (name) => {
      asked.push(name);
      return names[name] ?? [];
    },
  };
  return { world, asked };
}

/** Everywhere on this machine. `status`: for who does not know the secret. */
function startOrigin(status = 200): {
  readonly server: Bun.Server<undefined>;
  readonly seen: string[];
  readonly port: number;
} {
  const seen: string[] = [];
  const server = Bun.serve({
    port: 0,
    hostname: "0.0.0.0",
    fetch: (request, self) => {
      seen.push(`${request.headers.get("host")} ${self.requestIP(request)?.address}`);
      return new Response("page", { status });
    },
  });
  return { server, seen, port: server.port ?? 0 };
}

test("an origin on this machine that answers at its other addresses, too, is a way around; each way to close it is told", async () => {
  const { server, seen, port } = startOrigin();
  using _server = server;
  const { world } = worldOf(["127.0.0.2"]);
  const [found, ...more] = await examineBypass(configFor({ url: `http://127.0.0.1:${port}` }), world);
  expect(more).toEqual([]);
  expect(found?.verdict).toBe("wrong");
  expect(found?.what).toContain(`at 127.0.0.2:${port} whoever asks it there (status 200)`);
  expect(seen).toEqual([expect.stringMatching(/^www\.example\.org /)]);
  for (const way of [
    `tcp dport ${port}`,
    "$http_x_kasbah_secret",
    "%{HTTP:x-kasbah-secret}",
    "wp-config.php",
    "ssl_verify_client",
  ])
    expect(found?.mend).toContain(way);
});

test("one that listens on loopback alone is none", async () => {
  using server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response("page") });
  const { world } = worldOf(["127.0.0.2"]);
  const findings = await examineBypass(configFor({ url: `http://127.0.0.1:${server.port}` }), world);
  expect(findings).toEqual([{ verdict: "fine", what: "the site behind answers on loopback only" }]);
});

test("one that refuses who does not know the secret is fine", async () => {
  const { server, port } = startOrigin(403);
  using _server = server;
  const { world } = worldOf(["127.0.0.2"]);
  const [found] = await examineBypass(configFor({ url: `http://127.0.0.1:${port}` }), world);
  expect([found?.verdict, found?.what]).toEqual([
    "fine",
    expect.stringContaining("refuses who does not come through Kasbah"),
  ]);
});

test("names that lead to its address are told; addresses that are nobody's here are never asked", async () => {
  const { server, seen, port } = startOrigin();
  using _server = server;
  const { world, asked } = worldOf(["127.0.0.9"], {
    "origin.test-house.example": ["127.0.0.5"],
    "mail.example.org": ["127.0.0.5"],
    "ftp.example.org": ["127.0.0.6"],
  });
  const url = `http://origin.test-house.example:${port}`;
  const findings = await examineBypass(configFor({ url, addresses: ["127.0.0.7"] }), world);
  // That name leads nowhere in the real DNS; the other address is the operator's word.
  expect(findings.map(({ verdict, what }) => [verdict, what])).toEqual([
    ["wrong", expect.stringContaining(`127.0.0.7:${port}`)],
    ["note", "DNS tells where the site behind lies: mail.example.org"],
  ]);
  expect(seen).toHaveLength(1);
  const around = ["", "www.", "origin.", "direct.", "mail.", "ftp.", "cpanel."].map(
    (prefix) => `${prefix}example.org`,
  );
  expect(asked.toSorted()).toEqual(["origin.test-house.example", ...around].toSorted());
});
