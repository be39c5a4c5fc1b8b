// An origin that answers Kasbah alone: by a secret, and by certificates on both sides.
import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { certificate, openssl } from "../../test/certificate.ts";
import { startTestEdge } from "../../test/edge/in-process.ts";
import { rawRequest } from "../../test/edge/raw-http.ts";
import { plainAnswer, startRawOrigin } from "../../test/edge/raw-origin.ts";
import type { Config } from "../config/settings.ts";

const secret = "0123456789abcdef0123456789abcdef";
const get = (more = ""): string => `GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${more}\r\n`;

describe("the secret", () => {
  /** Answers nobody who doesn't know it. */
  const guarded = () =>
    startRawOrigin((socket, head) => {
      const said = head.split("\r\n").filter((line) => /^x[-_]kasbah[-_]secret:/i.test(line));
      const knows = said.join() === `x-kasbah-secret: ${secret}`;
      socket.write(
        knows ? plainAnswer("page", "Vary: x-kasbah-secret\r\n") : plainAnswer("no", "", "403 Forbidden"),
      );
    });

  test("is known to the origin, whatever a client says under its name, and to nobody else", async () => {
    await using origin = await guarded();
    await using edge = startTestEdge({ config: { origin: { url: origin.url, secret } } });
    for (const more of ["", "X-Kasbah-Secret: guessed\r\n", "x_kasbah_secret: guessed\r\n"]) {
      const answer = await rawRequest(edge.port, get(more));
      expect([answer.status, answer.body]).toEqual([200, "page"]);
      expect(answer.raw).not.toContain(secret);
    }
  });

  test("without it such an origin answers nobody", async () => {
    await using origin = await guarded();
    await using edge = startTestEdge({ config: { origin: { url: origin.url } } });
    expect((await rawRequest(edge.port, get())).status).toBe(403);
  });

  test("is not told to the studio", async () => {
    await using studio = await startRawOrigin((socket) => socket.write(plainAnswer("the studio")));
    const hostname = "studio.example.org";
    const config = { studio: { listen: `127.0.0.1:${studio.port}`, hostname }, origin: { secret } };
    await using edge = startTestEdge({ config });
    await rawRequest(edge.port, get().replace("localhost", hostname));
    expect(studio.requests[0]).not.toContain(secret);
  });
});

describe.skipIf(openssl === null)("certificates on both sides", () => {
  /** Takes nobody without the certificate that it knows. */
  function guarded(files: Pick<Config["origin"], "tls_certificate" | "tls_key">): Bun.Server<undefined> {
    const [cert, key] = [readFileSync(files.tls_certificate), readFileSync(files.tls_key)];
    return Bun.serve({
      port: 0,
      hostname: "127.0.0.1",
      tls: { cert, key, ca: cert, requestCert: true, rejectUnauthorized: true },
      fetch: () => new Response("page"),
    });
  }

  test("let Kasbah in, and nobody who has none or asks for another name", async () => {
    using files = certificate();
    using origin = guarded(files);
    const url = `https://127.0.0.1:${origin.port}`;
    const { tls_certificate, tls_key } = files;
    const own = { url, tls_certificate, tls_key, tls_ca: tls_certificate, tls_name: "localhost" };
    const statusWith = async (settings: Partial<Config["origin"]>): Promise<number> => {
      await using edge = startTestEdge({ config: { origin: settings } });
      return (await rawRequest(edge.port, get())).status;
    };
    expect(await statusWith(own)).toBe(200);
    expect(await statusWith({ ...own, tls_certificate: "", tls_key: "" })).toBe(502);
    expect(await statusWith({ ...own, tls_ca: "" })).toBe(502);
    expect(await statusWith({ ...own, tls_name: "example.org" })).toBe(502);
  });
});
