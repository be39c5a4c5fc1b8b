// TLS with given files: HTTP/1.1 and HTTP/2 by what the client offers, HSTS, and files that are none.
import { expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
