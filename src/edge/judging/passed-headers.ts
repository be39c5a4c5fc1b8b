/** The headers of an answer of the origin's that passes: its own, as lanes hand them on, without what is ours to say or nobody's. */
import type { AnswerHead } from "../lane/answer-head.ts";
import { clientHeaders } from "../lane/answer-headers.ts";
import { type Asked, provenanceHeader } from "./ready.ts";
import type { Staff, StaffRequest } from "./staff.ts";

export interface PassedHeadersOptions {
  readonly staff: Staff;
  /** The server behind the edge, as it writes itself: `http://127.0.0.1:9000`. */
  readonly origin: string;
  readonly tls: boolean;
}

export class PassedHeaders {
  readonly #options: PassedHeadersOptions;

  constructor(options: PassedHeadersOptions) {
    this.#options = options;
  }

  of(
    { exchange, path }: Pick<Asked, "exchange" | "path">,
    head: AnswerHead,
    provenance: "judged" | "uncertain",
  ): Headers {
    const { origin, tls } = this.#options;
    const host = exchange.request.headers.get("host") ?? "";
    const headers = clientHeaders(head, { origin, tls, scheme: exchange.scheme, host, isHead: false });
    headers.set(provenanceHeader, provenance);
    this.holdBackSignIns(headers, { path, headers: exchange.request.headers });
    return headers;
  }

  /** A sign-in cookie makes its client one of the staff, whom nobody judges for: it only passes where a person signs in. */
  holdBackSignIns(headers: Headers, request: StaffRequest): void {
    const { staff } = this.#options;
    if (headers.has("set-cookie") && !staff.maySignIn(request)) dropSignIns(headers, staff);
  }
}

function dropSignIns(headers: Headers, staff: Staff): void {
  const cookies = headers.getSetCookie();
  const kept = cookies.filter((cookie) => !staff.isSignIn(cookie));
  if (kept.length === cookies.length) return;
  headers.delete("set-cookie");
  for (const cookie of kept) headers.append("set-cookie", cookie);
}
