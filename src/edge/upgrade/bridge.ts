/**
 * One WebSocket through the edge: a socket to the protected site, and its client's. What one side says the other hears, text or bytes, in order.
 * The site is held back while its client takes nothing; a client can't be (Bun has no way), so one that says more than the site takes is cut.
 */
import type { ServerWebSocket } from "bun";
import type { SiteSocket } from "./site-socket.ts";

/** What is said to the site and not taken yet. */
const unsentBytesMax = 1024 * 1024;
/** Said before the client's side is open; a site greets with a line or two. */
const earlyMax = 64;

export const closeCodes = {
  normal: 1000,
  /** The other side is gone without a word. */
  lost: 1011,
  /** More than is taken; try again later. */
  tooMuch: 1013,
} as const;

type Said = string | Uint8Array<ArrayBuffer>;

export interface BridgeHooks {
  /** Once, when neither side is there any more. */
  readonly ended: (bridge: Bridge) => void;
}

export class Bridge {
  readonly #site: SiteSocket;
  readonly #hooks: BridgeHooks;
  #client: ServerWebSocket<Bridge> | undefined;
  #early: Said[] = [];
  #isOver = false;

  /** `site`: open, or about to be; nothing that it says is lost. */
  constructor(site: SiteSocket, hooks: BridgeHooks) {
    this.#site = site;
    this.#hooks = hooks;
    site.binaryType = "arraybuffer";
    site.addEventListener("message", ({ data }: MessageEvent<string | ArrayBuffer>) =>
      this.#tellClient(typeof data === "string" ? data : new Uint8Array(data)),
    );
    site.addEventListener("close", ({ code, reason }) => this.#end(code, reason));
  }

  /** The client's side is open. */
  opened(client: ServerWebSocket<Bridge>): void {
    if (this.#isOver) return client.close(closeCodes.lost);
    this.#client = client;
    for (const said of this.#early.splice(0)) this.#tellClient(said);
  }

  /** The client says something. */
  heard(said: string | Uint8Array): void {
    if (this.#site.readyState !== WebSocket.OPEN) return;
    // Its buffer is used again.
    this.#site.send(typeof said === "string" ? said : new Uint8Array(said));
    if (this.#site.bufferedAmount > unsentBytesMax) this.end(closeCodes.tooMuch, "");
  }

  /** The client has room again. */
  drained(): void {
    this.#site.resume();
  }

  /** The client closed its side, or is gone. */
  left(code: number, reason: string): void {
    this.#client = undefined;
    this.#end(code, reason);
  }

  /** From here. */
  end(code: number, reason: string): void {
    this.#end(code, reason);
  }

  #tellClient(said: Said): void {
    if (this.#client !== undefined) {
      if (this.#client.send(said) < 0) this.#site.pause();
    } else if (this.#early.length < earlyMax) this.#early.push(said);
    else this.end(closeCodes.tooMuch, "");
  }

  #end(code: number, reason: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const sent = sendable(code);
    this.#client?.close(sent, reason);
    if (this.#site.readyState === WebSocket.CONNECTING) this.#site.terminate();
    else this.#site.close(toSite(sent), reason);
    this.#hooks.ended(this);
  }
}

/** RFC 6455, section 7.4: some say only what happened here, and are never sent. */
function sendable(code: number): number {
  if (code === 1005) return closeCodes.normal;
  return code === 1006 || code === 1015 || code < 1000 || code > 4999 ? closeCodes.lost : code;
}

/** A program that is a client may send these two sorts (WebSockets Standard, close()). */
function toSite(code: number): number {
  return code === closeCodes.normal || code >= 3_000 ? code : closeCodes.normal;
}
