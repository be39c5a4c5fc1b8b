/** One request on its way through the phases, and the verdicts that phases give. */
import type { Server } from "bun";
import type { Client } from "../decision/admission.ts";
import type { Counted, Provenance, Source } from "../decision/record.ts";
import type { Entry } from "./address-book.ts";
import type { ErrorAnswer } from "./errors.ts";

/** How a request ends. What follows only puts it into an HTTP answer. */
export type Outcome =
  /** A signed target, or its redirect or 410. */
  | Entry
  /** Another spelling of an address that exists; `location` comes from the edition, never from the request. */
  | { readonly kind: "moved"; readonly location: string }
  /** Data under `/_kasbah/`. */
  | {
      readonly kind: "data";
      readonly type: string;
      readonly body: Uint8Array<ArrayBuffer> | string;
      readonly immutable: boolean;
    }
  | { readonly kind: "error"; readonly error: ErrorAnswer };

/** A phase lets the request go on, or settles how it ends. */
export type Verdict = { readonly kind: "next" } | Outcome;

export const next: Verdict = { kind: "next" };

const nowhere: Source = { v6: false, high: 0, low: 0 };

export class Exchange implements Counted {
  readonly request: Request;
  readonly server: Server<undefined>;
  readonly method: string;
  readonly startedMs: number;
  client: Client | undefined = undefined;
  /** "portal", "blog"; empty until the host is known. */
  site = "";
  path = "/";
  /** Without "?"; undefined where the address has none. */
  query: string | undefined = undefined;
  outcome: Outcome | undefined = undefined;
  response: Response | undefined = undefined;

  agent = "";
  language = "";
  part = false;
  status = 0;
  refused = false;
  readonly challenged = false;
  provenance: Provenance = "dynamic";
  bytes = 0;
  latencyMs = 0;

  /** `startedMs`: of a monotonic clock. */
  constructor(request: Request, server: Server<undefined>, startedMs: number) {
    this.request = request;
    this.server = server;
    this.method = request.method;
    this.startedMs = startedMs;
  }

  /** `bytes`: of the body. */
  answer(response: Response, bytes: number, provenance: Provenance): void {
    this.response = response;
    this.status = response.status;
    this.bytes = bytes;
    this.provenance = provenance;
  }

  get source(): Source {
    return this.client?.source ?? nowhere;
  }
}
