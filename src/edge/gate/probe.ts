/** A request of the gate's own for the site's front: whether the origin answers, without a reader who waits for it. */
import type { LaneAnswer, LaneClient, LaneRequest } from "../lane/passage.ts";
import { requestHead } from "../lane/request-head.ts";

export interface ProbeSite {
  /** The site's own name. */
  readonly host: string;
  readonly scheme: "http" | "https";
}

/** A site that takes longer for its front is of no use to a reader. */
const patienceMs = 5_000;

export class Probe implements LaneClient {
  readonly #deadlineMs: number;
  #cut: (() => void) | undefined;

  constructor(nowMs: number) {
    this.#deadlineMs = nowMs + patienceMs;
  }

  /** `unknown`: it could not be sent. An answer is one whatever it says, unless it says that the origin itself failed. */
  async send(
    { host, scheme }: ProbeSite,
    pass: (request: LaneRequest) => Promise<LaneAnswer>,
  ): Promise<"well" | "wrong" | "unknown"> {
    const headers = new Headers({ "user-agent": "kasbah" });
    const asked = { method: "HEAD", target: "/", headers, host, address: "127.0.0.1", scheme };
    const framing = { kind: "none" } as const;
    const head = requestHead(asked, framing);
    if (head === undefined) return "unknown";
    const answer = await pass({ method: "HEAD", head, prefix: 0, framing, body: null, client: this });
    if (answer.kind === "fault") return answer.fault === "busy" ? "unknown" : "wrong";
    return answer.head.status >= 500 ? "wrong" : "well";
  }

  /** To be called about once a second. */
  tend(nowMs: number): void {
    if (nowMs >= this.#deadlineMs) this.#cut?.();
  }

  lasts(left: () => void): void {
    this.#cut = left;
  }

  ended(): void {
    this.#cut = undefined;
  }
}
