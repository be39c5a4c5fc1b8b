/** One request from a loopback address of one's own, as a reader's program makes it: a GET, or a form. */
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
  /** For a Cookie header. */
  readonly cookie?: string;
  /** Of a form that is sent there. */
  readonly form?: string;
  /** Nobody waits longer for a page where it is not said. */
  readonly patienceMs?: number;
}

export type Got =
  | {
      readonly outcome: "answer";
      readonly status: number;
      readonly type: string;
      /** Empty where there is none. */
      readonly etag: string;
      /** Lines of Set-Cookie. */
      readonly cookies: readonly string[];
      /** 0 where it is not said. */
      readonly retryAfterS: number;
      /** As it was before it was compressed. */
      readonly body: Buffer;
      readonly ms: number;
    }
  /** `reason`: the system's code, or "timeout". */
  | { readonly outcome: "nothing"; readonly reason: string };

const usualPatienceMs = 5_000;
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
export function get(asking: Asking): Promise<Got> {
  const { target, path, reader, agent, form, patienceMs = usualPatienceMs } = asking;
  const { promise, resolve } = Promise.withResolvers<Got>();
  const startMs = performance.now();
  const nothing = (reason: string): void => resolve({ outcome: "nothing", reason });
  const request = (target.tls ? overTls : inClear)(
    {
      host: target.address,
      port: target.port,
      path,
      method: form === undefined ? "GET" : "POST",
      localAddress: reader.proxy ?? reader.address,
      agent,
      headers: headersOf(asking),
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
        const { "set-cookie": cookies = [], "retry-after": retryAfter = "0" } = answer.headers;
        const body = decoded(Buffer.concat(chunks), encoding);
        if (typeof body === "string") nothing(body);
        else {
          const told = { etag, cookies, retryAfterS: Number(retryAfter) };
          resolve({ outcome: "answer", status: answer.statusCode ?? 0, type, ...told, body, ms });
        }
      });
    },
  );
  const patience = setTimeout(() => {
    nothing("timeout");
    request.destroy();
  }, patienceMs);
  request.on("error", (thrown) => nothing(codeOf(thrown) ?? "error"));
  request.end(form);
  return promise.finally(() => clearTimeout(patience));
}

function headersOf({ target: { host }, reader, known, cookie = "", form }: Asking): OutgoingHttpHeaders {
  const { headers, address, proxy } = reader;
  const pairs = headers.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
  });
  return {
    Host: host,
    ...Object.fromEntries(pairs),
    ...(proxy !== undefined && { "X-Forwarded-For": address }),
    ...(known !== undefined && { "If-None-Match": known }),
    ...(cookie !== "" && { Cookie: cookie }),
    ...(form !== undefined && {
      "Content-Type": "application/x-www-form-urlencoded",
      "Content-Length": Buffer.byteLength(form),
    }),
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
