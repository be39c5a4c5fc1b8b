/** Forms that were sent while there isn't enough for all: closed into the page that their sender waits at. */
import { isSealable } from "../../decision/gates/sealable.ts";
import { seal, sealedBodyBytesMax } from "../../decision/gates/seal.ts";
import type { Exchange } from "../exchange.ts";
import { gather } from "../origin/gather.ts";
import type { WorkGate } from "./work-gate.ts";

export type Sealed =
  | { readonly kind: "sealed"; readonly text: string }
  /** It is larger, or takes longer, than what is given back; or as many as may be are being read. */
  | { readonly kind: "too-large" }
  | { readonly kind: "too-many" };

/** Whoever sends a form more slowly than this over its whole length has to send it again. */
const readMsMax = 10_000;
/** At a time in each worker: some 8 MB. */
const readingMax = 128;

let reading = 0;

/** Whether a page could have sent it, so that a page may send it again. */
export function isGivenBack({ method, request, scheme }: Exchange): boolean {
  const { headers } = request;
  return isSealable({
    method,
    type: headers.get("content-type") ?? "",
    bodyBytes: 0,
    ownOrigin: `${scheme}://${headers.get("host") ?? ""}`,
    origin: headers.get("origin"),
    referer: headers.get("referer"),
    secFetchSite: headers.get("sec-fetch-site"),
  });
}

export function targetOf({ path, query }: Pick<Exchange, "path" | "query">): string {
  return query === undefined ? path : `${path}?${query}`;
}

/** Reads what was sent. Never rejects. */
export async function sealedOf(exchange: Exchange, gates: WorkGate, nowMs: number): Promise<Sealed> {
  const { site, method, request } = exchange;
  const type = request.headers.get("content-type") ?? "";
  const body = await bodyOf(request);
  if (!(body instanceof Uint8Array)) return body;
  const text = seal(gates, { site, method, target: targetOf(exchange), type, body }, nowMs);
  return text === undefined ? { kind: "too-large" } : { kind: "sealed", text };
}

async function bodyOf({ headers, body }: Request): Promise<Uint8Array | Sealed> {
  if (body === null) return new Uint8Array();
  // The origin's lane has begun to read it.
  if (body.locked) return { kind: "too-large" };
  if (Number(headers.get("content-length") ?? 0) > sealedBodyBytesMax) return { kind: "too-large" };
  if (reading >= readingMax) return { kind: "too-many" };
  reading += 1;
  try {
    const gathered = await gather(body, { bytesMax: sealedBodyBytesMax, msMax: readMsMax });
    if (gathered.kind === "whole") return gathered.body;
    if (gathered.kind === "longer") void gathered.body.cancel();
    return { kind: "too-large" };
  } finally {
    reading -= 1;
  }
}
