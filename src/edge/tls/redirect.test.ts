// Who comes in clear to an edge that speaks TLS: led to the same address over https, nowhere else; certificates' authorities and onions are answered.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { certificate, type CertificateFiles, openssl } from "../../../test/certificate.ts";
import { startTestEdge, type TestEdge, type TestEdgeOptions } from "../../../test/edge/in-process.ts";
import { type RawAnswer, rawRequest } from "../../../test/edge/raw-http.ts";

const onion = `${"a2".repeat(28)}.onion`;

describe.skipIf(openssl === null)("the door in clear", () => {
  let files: CertificateFiles;
  let edge: TestEdge;
  let webroot: string;
  let challenges: string;

  function start({ edge: more, ...config }: NonNullable<TestEdgeOptions["config"]> = {}): TestEdge {
    const { tls_certificate, tls_key } = files;
    const own = { tls: "files", tls_certificate, tls_key, redirect_listen: ["127.0.0.1:0"] } as const;
    const hosts = { hosts: ["example.org", "www.example.org", onion] };
    return startTestEdge({
      config: {
        "site.portal": hosts,
        studio: { hostname: "studio.example.org" },
        ...config,
        edge: { ...own, acme_webroot: webroot, ...more },
      },
    });
  }

  beforeAll(() => {
    files = certificate();
    webroot = mkdtempSync(join(tmpdir(), "kasbah-acme-"));
    challenges = join(webroot, ".well-known/acme-challenge");
    mkdirSync(challenges, { recursive: true });
    writeFileSync(join(webroot, "secret"), "secret");
    writeFileSync(join(challenges, "a-token_1"), "a-token_1.fingerprint");
    edge = start();
    edge.publish([{ path: "/", body: "front" }]);
  });
  afterAll(async () => {
    await edge[Symbol.asyncDispose]();
    files[Symbol.dispose]();
    rmSync(webroot, { recursive: true });
  });

  const ask = (target: string, host = "example.org", method = "GET", more = ""): Promise<RawAnswer> =>
    rawRequest(edge.redirectPort, `${method} ${target} HTTP/1.1\r\nHost: ${host}\r\n${more}\r\n`);

  test.each([
    ["GET", "/", "/", 301],
    ["HEAD", "/ar/2011/07/march?page=2&x=%2F", "/ar/2011/07/march?page=2&x=%2F", 301],
    ["POST", "/wp-login.php", "/wp-login.php", 308],
    ["GET", "//evil.example/a", "//evil.example/a", 301],
    ["GET", "http://evil.example/a", "/a", 301],
    ["GET", "/a%0d%0aset-cookie:%20x=1", "/a%0d%0aset-cookie:%20x=1", 301],
    ["GET", "/a#@evil.example", "/a%23@evil.example", 301],
  ])("%s %s is led to the same over https", async (method, target, led, status) => {
    const body = method === "POST" ? "content-length: 0\r\n" : "";
    const answer = await ask(target, "WWW.Example.org:8080", method, body);
    expect([answer.status, answer.headers["location"]]).toEqual([
      status,
      `https://www.example.org:${edge.port}${led}`,
    ]);
    expect(answer.headers).not.toHaveProperty("strict-transport-security");
    expect(answer.headers).not.toHaveProperty("set-cookie");
  });

  test("the studio's name is led to itself, and the default port isn't named", async () => {
    await using usual = start({ edge: { https_port: 443 } });
    const answer = await rawRequest(usual.redirectPort, "GET / HTTP/1.1\r\nHost: studio.example.org\r\n\r\n");
    expect(answer.headers["location"]).toBe("https://studio.example.org/");
  });

  test.each(["evil.example", "example.org.evil.example", "evil.example:443", "127.0.0.2", "localhost"])(
    "a name that isn't the site's own, %s, is led nowhere",
    async (host) => {
      const answer = await ask("/", host);
      expect([answer.status, answer.headers["location"]]).toEqual([421, undefined]);
      expect(answer.headers).not.toHaveProperty("strict-transport-security");
    },
  );

  test.each([
    "example.org@evil.example",
    "example.org/evil",
    "evil.example\\.example.org",
    "example.org, evil.example",
    "",
  ])("a host that makes no sense, %j, is led nowhere", async (host) => {
    const answer = await ask("/", host);
    expect([answer.status, answer.headers["location"]]).toEqual([400, undefined]);
  });

  test("whatever is sent as a host or a target, nobody is led to a name that isn't the site's own", async () => {
    const text = fc.string({
      unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCodePoint(code)),
      maxLength: 30,
    });
    const host = fc.oneof(
      text,
      text.map((end) => `example.org${end}`),
      text.map((begin) => `${begin}example.org`),
    );
    await fc.assert(
      fc.asyncProperty(host, text, async (name, target) => {
        const { location } = (await ask(`/${target}`, name)).headers;
        expect(location === undefined || /^(www\.)?example\.org$/.test(new URL(location).hostname)).toBe(
          true,
        );
      }),
      { numRuns: 200 },
    );
  });

  test("an onion's name is answered as it came, without a promise of TLS, never led away", async () => {
    const answer = await ask("/", onion);
    expect([answer.status, answer.body]).toEqual([200, "front"]);
    expect(answer.headers).not.toHaveProperty("strict-transport-security");
    const front = await fetch(edge.url, {
      tls: { rejectUnauthorized: false },
      headers: { host: "example.org" },
    });
    expect(front.headers.get("strict-transport-security")).not.toBeNull();
  });

  test("what an ACME client laid down is read in clear, and over TLS, also in maintenance", async () => {
    const path = "/.well-known/acme-challenge/a-token_1";
    edge.state.maintenance = { sinceMs: 0, untilMs: null, message: "", isClosed: true };
    const answer = await ask(path);
    const secure = await fetch(new URL(path, edge.url), {
      tls: { rejectUnauthorized: false },
      headers: { host: "example.org" },
    });
    edge.state.maintenance = undefined;
    expect([answer.status, answer.body]).toEqual([200, "a-token_1.fingerprint"]);
    expect([secure.status, await secure.text()]).toEqual([200, "a-token_1.fingerprint"]);
    expect((await ask(path, "evil.example")).status).toBe(421);
  });

  test.each([
    "/.well-known/acme-challenge/none",
    "/.well-known/acme-challenge/",
    "/.well-known/acme-challenge/%2e%2e%2f%2e%2e%2fsecret",
    "/.well-known/acme-challenge/..%2f..%2fsecret",
    "/.well-known/acme-challenge/.hidden",
    "/.well-known/acme-challenge/leads-out",
    "/.well-known/acme-challenge/folder",
    "/.well-known/acme-challenge/endless",
  ])("nothing else is read there: %s", async (path) => {
    writeFileSync(join(challenges, ".hidden"), "secret");
    writeFileSync(join(challenges, "endless"), "secret".repeat(1_000));
    mkdirSync(join(challenges, "folder"), { recursive: true });
    rmSync(join(challenges, "leads-out"), { force: true });
    symlinkSync(join(webroot, "secret"), join(challenges, "leads-out"));
    const answer = await ask(path);
    expect([answer.status, answer.raw.includes("secret")]).toEqual([404, false]);
  });

  test("dots are taken out of a target before it is looked at", async () => {
    const answer = await ask("/.well-known/acme-challenge/../../secret");
    expect([answer.status, answer.headers["location"]]).toEqual([301, expect.stringMatching(/\/secret$/)]);
  });

  test("who is banned is refused there, too", async () => {
    edge.state.admission.setBans([{ network: "127.0.0.1/32", reason: "a test", expiresAtMs: null }]);
    const answer = await ask("/");
    edge.state.admission.setBans([]);
    expect([answer.status, answer.headers["location"]]).toEqual([403, undefined]);
  });

  test("a source that asks faster than any reader is throttled there, too", async () => {
    await using strict = start({ decision: { prefix_rate: 1, prefix_burst: 2 } });
    const request = "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n";
    const statuses = [];
    for (let time = 0; time < 3; time += 1)
      statuses.push((await rawRequest(strict.redirectPort, request)).status);
    expect(statuses).toEqual([301, 301, 429]);
  });
});
