// TLS with given files: HTTP/1.1 and HTTP/2 by what the client offers, HSTS, nothing that is no longer safe, renewal; and files that are none.
import { describe, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:http2";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { certificate, openssl } from "../../test/certificate.ts";
import { startTestEdge } from "../../test/edge/in-process.ts";
import { OperatorError } from "../base/errors.ts";

test.skipIf(openssl === null)("pages over HTTP/1.1 and HTTP/2, with HSTS", async () => {
  using files = certificate();
  await using edge = startTestEdge({ config: { edge: { tls: "files", ...files } } });
  edge.publish([{ path: "/", body: "front" }]);
  const answer = await fetch(edge.url, { tls: { rejectUnauthorized: false } });
  expect([answer.status, await answer.text()]).toEqual([200, "front"]);
  expect(answer.headers.get("strict-transport-security")).toBe("max-age=31536000");

  const session = connect(edge.url, { rejectUnauthorized: false });
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const stream = session.request({ ":path": "/" }).on("error", reject);
  stream.on("response", (headers) => resolve(Number(headers[":status"])));
  stream.resume().end();
  expect(await promise).toBe(200);
  expect(session.alpnProtocol).toBe("h2");
  session.close();
});

describe.skipIf(openssl === null)("TLS as it is spoken", () => {
  /** As TLS 1.3 or not, and how; empty where there is no connection. */
  async function suiteOf(port: number, options: string): Promise<string> {
    const client = Bun.spawn(
      [openssl ?? "", "s_client", "-connect", `localhost:${port}`, "-ign_eof", ...options.split(" ")],
      { stdin: new Blob([close]), stdout: "pipe", stderr: "ignore", timeout: 10_000 },
    );
    const suite = /^New, (TLS.*), Cipher is (.*)$/m.exec(await new Response(client.stdout).text());
    return suite === null ? "" : `${suite[1]} ${suite[2]}`;
  }
  const close = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  const insecure = ":@SECLEVEL=0";

  test.each([
    ["ec", "-tls1_3", "TLSv1.3 TLS_AES_256_GCM_SHA384"],
    ["ec", "-tls1_2", "TLSv1.2 ECDHE-ECDSA-AES256-GCM-SHA384"],
    ["rsa", "-tls1_2", "TLSv1.2 ECDHE-RSA-AES256-GCM-SHA384"],
    ["ec", "-tls1_2 -cipher ECDHE-ECDSA-CHACHA20-POLY1305", "TLSv1.2 ECDHE-ECDSA-CHACHA20-POLY1305"],
    // No longer to be spoken.
    ["ec", `-tls1_1 -cipher ALL${insecure}`, ""],
    ["ec", `-tls1 -cipher ALL${insecure}`, ""],
    // Blocks chained and authenticated afterwards; a key that whoever gets the server's later finds out; none.
    ["ec", `-tls1_2 -cipher ECDHE-ECDSA-AES128-SHA${insecure}`, ""],
    ["rsa", `-tls1_2 -cipher ECDHE-RSA-AES256-SHA${insecure}`, ""],
    ["rsa", `-tls1_2 -cipher AES128-GCM-SHA256:AES128-SHA:AES256-SHA${insecure}`, ""],
    ["rsa", `-tls1_2 -cipher NULL-SHA256:aNULL${insecure}`, ""],
  ] as const)("with a key of kind %s and %s is: %s", async (key, options, suite) => {
    using files = certificate({ key });
    await using edge = startTestEdge({ config: { edge: { tls: "files", ...files } } });
    expect(await suiteOf(edge.port, options)).toBe(suite);
  });

  test("without the list of ciphers, chained blocks would be taken: the test can tell", async () => {
    using files = certificate();
    const tls = {
      cert: readFileSync(files.tls_certificate, "utf8"),
      key: readFileSync(files.tls_key, "utf8"),
    };
    using server = Bun.serve({ port: 0, hostname: "127.0.0.1", tls, fetch: () => new Response() });
    const options = `-tls1_2 -cipher ECDHE-ECDSA-AES128-SHA${insecure}`;
    expect(await suiteOf(server.port ?? 0, options)).toContain("ECDHE-ECDSA-AES128-SHA");
  });

  test("nothing is compressed, and nobody renegotiates", async () => {
    using files = certificate();
    await using edge = startTestEdge({ config: { edge: { tls: "files", ...files } } });
    const client = Bun.spawn(
      ["sh", "-c", `exec "${openssl}" s_client -tls1_2 -connect localhost:${edge.port} 2>&1`],
      {
        stdin: "pipe",
        stdout: "pipe",
        timeout: 10_000,
      },
    );
    let said = "";
    for await (const text of client.stdout.pipeThrough(new TextDecoderStream())) {
      said += text;
      // It takes this as an order, once it is connected.
      if (text.includes("Verify return code")) void client.stdin.write("R\n");
      if (said.includes("no renegotiation")) break;
    }
    client.kill();
    expect(said).toContain("Compression: NONE");
    expect(said).toContain("no renegotiation");
  });
});

describe.skipIf(openssl === null)("a renewed certificate", () => {
  const subjectAt = async (port: number): Promise<string> => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const socket = connectTls({ port, host: "localhost", rejectUnauthorized: false }, () => {
      resolve(String(socket.getPeerCertificate().subject.CN));
      socket.destroy();
    }).on("error", reject);
    return promise;
  };
  test("is shown to whoever comes next, and what is under way is finished", async () => {
    using files = certificate();
    using renewed = certificate({ names: ["renewed.example"] });
    await using edge = startTestEdge({ config: { edge: { tls: "files", ...files } } });
    const film = "long ".repeat(2_000_000);
    edge.publish([{ path: "/film", body: film, type: "text/plain" }]);
    const session = connect(edge.url, { rejectUnauthorized: false });
    const stream = session.request({ ":path": "/film" }).setEncoding("utf8");
    await once(stream, "response");
    expect(await subjectAt(edge.port)).toBe("localhost");
    edge.renew({
      cert: readFileSync(renewed.tls_certificate, "utf8"),
      key: readFileSync(renewed.tls_key, "utf8"),
    });
    for (let time = 0; time < 20; time += 1) expect(await subjectAt(edge.port)).toBe("renewed.example");
    let body = "";
    for await (const text of stream) body += String(text);
    expect(body === film).toBe(true);
    session.close();
  });

  test("that Bun can't use changes nothing", async () => {
    using files = certificate();
    await using edge = startTestEdge({ config: { edge: { tls: "files", ...files } } });
    expect(() => edge.renew({ cert: "none", key: "none" })).toThrow(OperatorError);
    for (let time = 0; time < 20; time += 1) expect(await subjectAt(edge.port)).toBe("localhost");
  });
});

test("files that are missing, or no certificate, are told to the operator", () => {
  const open = (path: string): unknown =>
    startTestEdge({ config: { edge: { tls: "files", tls_certificate: path, tls_key: path } } });
  expect(() => open("/nowhere.pem")).toThrow(OperatorError);
  const folder = mkdtempSync(join(tmpdir(), "kasbah-tls-"));
  writeFileSync(join(folder, "text"), "not a certificate");
  expect(() => open(join(folder, "text"))).toThrow(OperatorError);
  rmSync(folder, { recursive: true });
});

test("a port that somebody else has is told to the operator", () => {
  const other = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } });
  const listen = [`127.0.0.1:${other.port}`];
  expect(() => startTestEdge({ config: { edge: { listen } } })).toThrow(OperatorError);
});
