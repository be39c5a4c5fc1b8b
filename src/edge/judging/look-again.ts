/** The edge's own look at one page of the origin's, whatever is held: the answer is judged like a reader's, and shown to nobody. */
import type { OriginGate } from "../gate/gate.ts";
import type { LaneClient } from "../lane/passage.ts";
import { requestHead } from "../lane/request-head.ts";
import type { OriginJudge } from "./origin-judge.ts";
import type { Asked } from "./ready.ts";
import type { SeenAs } from "./told.ts";

export interface Looking {
  readonly gate: OriginGate;
  readonly judge: OriginJudge;
}

const nobody: LaneClient = { lasts() {}, ended() {} };
/** No reader's network. */
const ownPrefix = 0;
const userAgent = "Mozilla/5.0 (compatible; Kasbah)";

/** Never rejects; where the origin does not answer, nothing is told. */
export async function lookAgain(
  address: string,
  { scheme, host }: SeenAs,
  { gate, judge }: Looking,
): Promise<void> {
  const headers = new Headers({
    host,
    "user-agent": userAgent,
    accept: "*/*",
    "accept-encoding": "identity",
  });
  const request = { method: "GET", target: address, headers, host, address: "127.0.0.1", scheme };
  const head = requestHead(request, { kind: "none" });
  if (head === undefined) return;
  const none = { framing: { kind: "none" }, body: null, prefix: ownPrefix, client: nobody } as const;
  const answer = await gate.pass({ method: "GET", head, ...none }, false);
  if (answer.kind === "fault") return;
  const whole = answer.kind === "whole" ? answer : await judge.gathering.gather(answer.body);
  const [path = "/", ...query] = address.split("?");
  const exchange = { request: new Request(`${scheme}://${host}${address}`, { headers }), scheme };
  const asked: Asked = {
    method: "GET",
    path,
    query: query.length === 0 ? undefined : query.join("?"),
    isStaff: false,
    exchange,
  };
  if ("not" in whole) await judge.unjudgeable(asked, answer.head, whole.not);
  else await judge.judge(asked, answer.head, whole.body, true);
}
