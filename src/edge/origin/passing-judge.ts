/** Lets everything pass, as uncertain: where nothing is known of the site that an answer could be compared with. */
import type { AnswerHead } from "../lane/answer-head.ts";
import { clientHeaders } from "../lane/answer-headers.ts";
import type { PreparedErrors } from "../prepared-errors.ts";
import type { Asked, Judge, Judgement } from "./seams.ts";

export interface PassingOptions {
  /** The server behind the edge, as it writes itself. */
  readonly origin: string;
  readonly tls: boolean;
  readonly errors: PreparedErrors;
}

const unreadable = { status: 502 } as const;

export class PassingJudge implements Judge {
  readonly #options: PassingOptions;

  constructor(options: PassingOptions) {
    this.#options = options;
  }

  needsWhole(): boolean {
    return false;
  }

  judge(asked: Asked, head: AnswerHead, body: Uint8Array): Promise<Judgement> {
    const headers = this.streamedHeaders(asked, head);
    const own = new Uint8Array(body);
    return Promise.resolve({
      ready: {
        status: head.status,
        headers,
        body: own,
        provenance: "uncertain",
        shownAs: "",
        kind: "answer",
      },
      verdict: "unjudged",
      storable: true,
    });
  }

  unjudgeable(): Promise<Judgement> {
    const { body, init, provenance } = this.#options.errors.plain(unreadable, "en");
    const ready = { ...init, body, provenance, shownAs: "", kind: "words" } as const;
    return Promise.resolve({ ready, verdict: "held", storable: false });
  }

  streamedHeaders({ exchange, method }: Asked, head: AnswerHead): Headers {
    const { origin, tls } = this.#options;
    const host = exchange.request.headers.get("host") ?? "";
    return clientHeaders(head, { origin, tls, scheme: exchange.scheme, host, isHead: method === "HEAD" });
  }

  copy(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  instead(): undefined {
    return undefined;
  }

  shown(): void {}
}
