/** One request on its way through the phases: what is known of it so far, and what will be counted about it. */
import type { Server } from "bun";
import type { Client } from "../decision/admission.ts";
import type { Counted, Provenance } from "../decision/record.ts";
import type { RequestFacts, RequestView } from "../decision/requests/request-traits.ts";
import type { Source } from "../decision/source.ts";
import type { Hand } from "./gates/hand.ts";
import type { Outcome } from "./outcome.ts";
import type { Bridge } from "./upgrade/bridge.ts";

const nowhere: Source = { v6: false, high: 0, low: 0 };

/** What will answer, and what that costs. */
export type Foreseen = Pick<RequestFacts, "place" | "cost">;

export class Exchange implements Counted {
  /** As it came; Bun knows its connection by it. */
  readonly came: Request;
  readonly server: Server<Bridge>;
  readonly startedMs: number;
  /** When it came, ms since 1970: by this time it is judged. */
  readonly atMs: number;
  client: Client | undefined = undefined;
  /** The client's address and how it reached us, or the proxy before us that is trusted. */
  address = "";
  scheme: "http" | "https" = "http";
  /** "portal", "blog", "studio"; empty until the host is known. */
  site = "";
  path = "/";
  /** Without "?"; undefined where the address has none. */
  query: string | undefined = undefined;
  outcome: Outcome | undefined = undefined;
  response: Response | undefined = undefined;
  /** Its connection is a WebSocket now (upgrade/). */
  isUpgraded = false;
  /** Once somebody asked (foreseen.ts, request-traits.ts). */
  foreseen: Foreseen | undefined = undefined;
  traits: RequestView | undefined = undefined;

  /** Of its source in the table of sources; undefined after a wait, when it may be another's. */
  place: number | undefined = undefined;
  /** `address` is the connection's own: nobody forwarded the request, nor does a header say so. */
  isDirect = true;
  /** The rule that it matches, active or only tried. */
  rule: string | undefined = undefined;
  /** Requests of its source just like it, of which it alone was judged; 0 where it is one of the others. */
  standsFor = 1;
  /** Its source is in good standing, and keeps to a reader's pace. */
  isKnown = false;
  /** Who goes first at the studio, by their session's digest; undefined: nobody who does (sign-in/). */
  holder: string | undefined = undefined;
  /** How long the answer was held back on purpose. */
  heldMs = 0;

  part = false;
  parts = false;
  status = 0;
  refused = false;
  challenged = false;
  /** Of the protected site: there is something to send on the page that is its answer. */
  hasForm = false;
  /** Towards what the gates look at; undefined: nothing of theirs. */
  hand: Hand | undefined = undefined;
  provenance: Provenance = "dynamic";
  bytes = 0;
  latencyMs = 0;
  #request: Request;
  #method: string;
  #agent: string | undefined;
  #language: string | undefined;

  /** `startedMs`: of a monotonic clock; `atMs`: since 1970. */
  constructor(request: Request, server: Server<Bridge>, startedMs: number, atMs: number) {
    this.came = request;
    this.#request = request;
    this.server = server;
    this.#method = request.method;
    this.startedMs = startedMs;
    this.atMs = atMs;
  }

  get request(): Request {
    return this.#request;
  }

  get method(): string {
    return this.#method;
  }

  /** What was asked for before there was a challenge: from now on this is the request. */
  take(request: Request): void {
    this.#request = request;
    this.#method = request.method;
  }

  /** `bytes`: of the body. */
  answer(response: Response, bytes: number, provenance: Provenance): void {
    this.response = response;
    this.status = response.status;
    this.bytes = bytes;
    this.provenance = provenance;
  }

  /** As sent; read out of Bun once, because each time costs a new text. */
  get agent(): string {
    return (this.#agent ??= this.request.headers.get("user-agent") ?? "");
  }

  get language(): string {
    return (this.#language ??= this.request.headers.get("accept-language") ?? "");
  }

  get source(): Source {
    return this.client?.source ?? nowhere;
  }
}
