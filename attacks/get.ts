/** One GET from a loopback address of one's own, as a reader's program makes it. */
import { type Agent, type OutgoingHttpHeaders, request } from "node:http";
import { codeOf } from "../src/base/errors.ts";
import type { HeaderLines } from "./profile.ts";
import type { Target } from "./target.ts";

export interface Asking {
  readonly target: Target;
  readonly path: string;
  readonly headers: HeaderLines;
  readonly localAddress: string;
  readonly agent: Agent;
}

export type Got =
  | {
      readonly outcome: "answer";
      readonly status: number;
      readonly type: string;
      readonly body: Buffer;
      readonly ms: number;
    }
  /** `reason`: the system's code, or "timeout". */
  | { readonly outcome: "nothing"; readonly reason: string };

/** Nobody waits longer for a page. */
const patienceMs = 5_000;
const bodyBytesMax = 4 * 1024 * 1024;

/** From asking until the last byte. Never rejects. */
export function get({ target, path, headers, localAddress, agent }: Asking): Promise<Got> {
  const { promise, resolve } = Promise.withResolvers<Got>();
  const startMs = performance.now();
  const nothing = (reason: string): void => resolve({ outcome: "nothing", reason });
  const asking = request(
    {
      host: target.address,
      port: target.port,
      path,
      localAddress,
      agent,
      headers: { Host: target.host, ...headersOf(headers) },
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
      answer.on("end", () =>
        resolve({
          outcome: "answer",
          status: answer.statusCode ?? 0,
          type: answer.headers["content-type"] ?? "",
          body: Buffer.concat(chunks),
          ms: performance.now() - startMs,
        }),
      );
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

/** `Accept-Encoding: identity`, so that bodies can be compared as they are. */
function headersOf(lines: HeaderLines): OutgoingHttpHeaders {
  const pairs = lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
  });
  return { ...Object.fromEntries(pairs), "Accept-Encoding": "identity" };
}
