/** Forms that were sent while there isn't enough for all: closed into the page that their sender waits at. */
import { isSealable } from "../../decision/gates/sealable.ts";
import { seal, sealedBodyBytesMax } from "../../decision/gates/seal.ts";
import type { Exchange } from "../exchange.ts";
import type { Read } from "./readings.ts";
import type { Asker } from "../../decision/gates/asker.ts";
import type { WorkGate } from "./work-gate.ts";

export type Sealed =
  | { readonly kind: "sealed"; readonly text: string }
  /** It is larger, or takes longer, than what is given back; or as many as may be are being read. */
  | { readonly kind: "too-large" }
  | { readonly kind: "too-many" }
  /** Its network had more sealed than its share. */
  | { readonly kind: "too-often" };

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
export async function sealedOf(exchange: Exchange, gates: WorkGate, asker: Asker): Promise<Sealed> {
  if (!gates.shares.sealed.take(asker)) return { kind: "too-often" };
  const { site, method, request } = exchange;
  const type = request.headers.get("content-type") ?? "";
  const body = await bodyOf(request, gates);
  if (!(body instanceof Uint8Array)) return { kind: body };
  const text = seal(gates, { site, method, target: targetOf(exchange), type, body }, asker.nowMs);
  return text === undefined ? { kind: "too-large" } : { kind: "sealed", text };
}

async function bodyOf({ headers, body }: Request, { readings }: WorkGate): Promise<Read> {
  if (body === null) return new Uint8Array();
  // The origin's lane has begun to read it.
  if (body.locked) return "too-large";
  const isTooLarge = Number(headers.get("content-length") ?? 0) > sealedBodyBytesMax;
  return isTooLarge ? "too-large" : await readings.read(body, sealedBodyBytesMax);
}
