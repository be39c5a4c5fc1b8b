// An origin that lets in only those who show that they may: the newsroom does as the edge does.
import { expect, test } from "bun:test";
import { certificate, openssl } from "../../../test/certificate.ts";
import { originConfig } from "../../../test/origin-newsroom.ts";
import { OriginClient, type Load } from "./client.ts";
import { originLock } from "./origin-lock.ts";
import { protectedSite, root } from "./protected-site.ts";

async function loadWith(url: string, change: Parameters<typeof originConfig>[1]): Promise<Load> {
  const config = originConfig(url, change);
  const site = protectedSite(config);
  if (site === undefined) throw new Error("an origin is configured");
  const limits = { bodyBytesMax: 1_000, timeoutMs: 5_000, monotonicMs: () => 0 };
  return await new OriginClient({ site, lock: originLock(config), ...limits }).load(root, 0);
}

const statusOf = (load: Load): number | string => (load.kind === "answer" ? load.answer.status : load.fault);

test("a secret is said with every request", async () => {
  using origin = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: ({ headers }) =>
      new Response(null, { status: headers.get("x-lock") === "0123456789abcdef" ? 200 : 403 }),
  });
  const lock = { secret: "0123456789abcdef", secret_header: "x-lock" };
  expect(statusOf(await loadWith(origin.url.origin, {}))).toBe(403);
  expect(statusOf(await loadWith(origin.url.origin, lock))).toBe(200);
});

test.skipIf(openssl === null)(
  "certificates are shown and asked for, under the name that the origin's has",
  async () => {
    using own = certificate();
    using other = certificate();
    const [cert, key] = [await Bun.file(own.tls_certificate).text(), await Bun.file(own.tls_key).text()];
    using origin = Bun.serve({
      port: 0,
      hostname: "127.0.0.1",
      tls: { cert, key, ca: cert, requestCert: true, rejectUnauthorized: true },
      fetch: () => new Response(),
    });
    const url = `https://127.0.0.1:${origin.port}`;
    const known = { tls_ca: own.tls_certificate, tls_name: "localhost" };
    expect(statusOf(await loadWith(url, { ...known, ...own }))).toBe(200);
    expect(statusOf(await loadWith(url, known))).toBe("away");
    expect(statusOf(await loadWith(url, { ...known, ...other }))).toBe("away");
    expect(statusOf(await loadWith(url, { ...own, tls_ca: own.tls_certificate }))).toBe("away");
    expect(statusOf(await loadWith(url, { ...own, tls_name: "localhost" }))).toBe("away");
  },
);
