/** One GET from a loopback address of one's own, as a reader's program makes it. */
import { Agent as ClearAgent, type OutgoingHttpHeaders, request as inClear } from "node:http";
import { Agent as TlsAgent, request as overTls } from "node:https";
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import { codeOf, messageOf } from "../src/base/errors.ts";
import type { Plan } from "./plan.ts";
import type { Target } from "./target.ts";

export interface Asking {
  readonly target: Target;
  readonly path: string;
  readonly reader: Plan["scout"];
  readonly agent: ClearAgent;
  /** Of an answer that one has: If-None-Match. */
  readonly known?: string | undefined;
}

export type Got =
  | {
      readonly outcome: "answer";
      readonly status: number;
      readonly type: string;
      /** Empty where there is none. */
      readonly etag: string;
      /** As it was before it was compressed. */
      readonly body: Buffer;
      readonly ms: number;
    }
  /** `reason`: the system's code, or "timeout". */
  | { readonly outcome: "nothing"; readonly reason: string };

/** Nobody waits longer for a page. */
const patienceMs = 5_000;
const bodyBytesMax = 4 * 1024 * 1024;

/** Connections of one reader. To be destroyed in the end. */
export function openAgent({ tls, host }: Target): ClearAgent {
  const options = { keepAlive: true, maxSockets: 2 };
  // Its own instance's certificate, on this machine: whoever made it out is no matter.
  return tls
    ? new TlsAgent({ ...options, servername: host, rejectUnauthorized: false })
    : new ClearAgent(options);
}

/** From asking until the last byte. Never rejects. */
export function get({ target, path, reader, agent, known }: Asking): Promise<Got> {
  const { promise, resolve } = Promise.withResolvers<Got>();
  const startMs = performance.now();
  const nothing = (reason: string): void => resolve({ outcome: "nothing", reason });
  const asking = (target.tls ? overTls : inClear)(
    {
      host: target.address,
      port: target.port,
      path,
      localAddress: reader.proxy ?? reader.address,
      agent,
      headers: headersOf(target, reader, known),
    },
    (answer) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      answer.on("data", (chunk: Buffer) => {
        bytes += chunk.byteLength;
        if (bytes > bodyBytesMax) answer.destroy(new Error("too long"));
        else chunks.push(chunk);
      });
      answer.on("error", () => nothing("cut"));
      answer.on("end", () => {
        const ms = performance.now() - startMs;
        const { "content-type": type = "", "content-encoding": encoding = "", etag = "" } = answer.headers;
        const body = decoded(Buffer.concat(chunks), encoding);
        if (typeof body === "string") nothing(body);
        else resolve({ outcome: "answer", status: answer.statusCode ?? 0, type, etag, body, ms });
      });
    },
  );
  const patience = setTimeout(() => {
    nothing("timeout");
    asking.destroy();
  }, patienceMs);
  asking.on("error", (thrown) => nothing(codeOf(thrown) ?? "error"));
  asking.end();
  return promise.finally(() => clearTimeout(patience));
}

function headersOf(
  { host }: Target,
  { headers, address, proxy }: Asking["reader"],
  known: string | undefined,
): OutgoingHttpHeaders {
  const pairs = headers.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
  });
  return {
    Host: host,
    ...Object.fromEntries(pairs),
    ...(proxy !== undefined && { "X-Forwarded-For": address }),
    ...(known !== undefined && { "If-None-Match": known }),
  };
}

/** What is wrong with it in words, where it can't be read. */
function decoded(body: Buffer, encoding: string): Buffer | string {
  try {
    if (encoding === "gzip") return gunzipSync(body, { maxOutputLength: bodyBytesMax });
    if (encoding === "br") return brotliDecompressSync(body, { maxOutputLength: bodyBytesMax });
    if (encoding === "zstd") return zstdDecompressSync(body, { maxOutputLength: bodyBytesMax });
    return body;
  } catch (thrown) {
    return `not ${encoding}: ${messageOf(thrown)}`;
  }
}
