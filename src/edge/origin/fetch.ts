/** One answer of the origin's, fetched for everybody who may get it: through the gate, whole where it is judged or can be kept, judged once. */
import { sha256 } from "../../base/bytes.ts";
import { targetText } from "../cache/addresses.ts";
import type { KeptAnswer } from "../cache/kept.ts";
import { conditionsFor, renewed, storable, type Storable } from "../cache/storing.ts";
import { tagsIn } from "../cache/tags.ts";
import type { AnswerHead } from "../lane/answer-head.ts";
import { isFailure, type Passed } from "../lane/passage.ts";
import { isAlwaysSent, requestForAll } from "./asking.ts";
import type { Fetched } from "./fetched.ts";
import { FetchClient } from "./fetch-client.ts";
import type { Errand } from "./errand.ts";
import { publicReady } from "./public-ready.ts";
import { giveUp, take } from "./take.ts";
import type { Asked, Judgement, Ready } from "../judging/ready.ts";
import type { OriginWay } from "./way.ts";

export interface Fetching {
  /** With the method, path and query that the origin is asked for. */
  readonly asked: Asked & Pick<Errand, "exchange">;
  /** As the origin is asked for it. */
  readonly host: string;
  /** Known to make a difference there. */
  readonly varies: readonly string[];
  /** What is kept and may still hold. */
  readonly before: KeptAnswer | undefined;
  /** The reader has an answer already. */
  readonly isBackground: boolean;
  readonly way: OriginWay;
}

/** Never rejects. */
export async function fetchForAll(fetching: Fetching): Promise<Fetched> {
  const { asked, host, varies, before, isBackground, way } = fetching;
  const client = new FetchClient();
  const conditions = before && conditionsFor(before.about.policy);
  const request = requestForAll({
    exchange: asked.exchange,
    target: asked,
    host,
    varies,
    conditions,
    isBackground,
    client,
  });
  if (request === undefined) return { kind: "malformed" };
  const askedMs = way.monotonicMs();
  const answer = await way.gate.pass(request, false);
  way.lane.vitals.note(way.monotonicMs() - askedMs, isFailure(answer));
  if (answer.kind === "fault") return answer;
  const { head } = answer;
  if (head.status === 304) return renew(head, fetching);
  const place = { host, target: targetText(asked) };
  const storing = storable(place, head, way.limits, way.clock.nowMs());
  if (storing?.varies.some((name) => isUnsent(fetching, name)) === true) {
    giveUp(answer);
    return { kind: "varies", names: storing.varies };
  }
  return await receive(answer, storing, client, fetching);
}

/** What is always sent is no reason to ask again. */
function isUnsent({ asked, varies }: Fetching, name: string): boolean {
  return !isAlwaysSent(name) && !varies.includes(name) && asked.exchange.request.headers.has(name);
}

/** Without an earlier answer nobody asked for a 304; one about another is of no use. */
async function renew(head: AnswerHead, fetching: Fetching): Promise<Fetched> {
  const { before, way } = fetching;
  if (before === undefined) return { kind: "fault", fault: "broken" };
  const again = renewed(before.about.policy, head, way.limits, way.clock.nowMs());
  if (again === undefined) return await fetchForAll({ ...fetching, before: undefined });
  const { fields, varies, ...lifetimes } = again;
  const headers = new Headers(
    before.about.headers
      .filter(([name]) => fields.every(([other]) => other !== name))
      .map(([...pair]) => pair),
  );
  for (const [name, value] of fields) headers.append(name, value);
  way.judge.limitKeeping(headers, before.about.provenance);
  const stored = {
    ...before.about,
    ...lifetimes,
    headers: [...headers],
    body: await before.bytes(),
  };
  return { kind: "stored", stored, varies };
}

async function receive(
  answer: Passed,
  storing: Storable | undefined,
  client: FetchClient,
  { asked, way }: Fetching,
): Promise<Fetched> {
  const { head } = answer;
  const { judge, limits } = way;
  const taken = await take(answer, {
    mustBeWhole: judge.needsWhole(asked, head),
    isUseful: storing !== undefined || judge.isOfInterest(asked, head),
    bytesMax: limits.judgeBytesMax,
    gathering: judge.gathering,
  });
  switch (taken.kind) {
    case "stream":
      return { kind: "stream", answer: taken.answer, headers: judge.streamedHeaders(asked, head), client };
    case "not":
      return {
        kind: "ready",
        ready: (await judge.unjudgeable(asked, head, taken.why)).ready,
        isFailure: taken.why === "broken",
      };
    case "whole":
      return settle(await judge.judge(asked, taken.head, taken.body), storing, {
        head: taken.head,
        published: (ready) => publicReady(asked, ready, { head: taken.head, way }),
      });
  }
}

function settle(
  { ready: judged, verdict, storable: mayBeKept }: Judgement,
  storing: Storable | undefined,
  { head, published }: { readonly head: AnswerHead; readonly published: (ready: Ready) => Ready },
): Fetched {
  if (verdict === "held") return { kind: "ready", ready: judged, isFailure: false };
  const ready = published(judged);
  if (head.status >= 500) return { kind: "ready", ready, isFailure: true };
  const { status, headers, body, provenance, shownAs } = ready;
  if (storing === undefined || !mayBeKept || body instanceof Blob) return { kind: "alone", ready };
  const { varies, ...lifetimes } = storing;
  if (status === 200 && !headers.has("etag")) headers.set("etag", `"${sha256(body).slice(0, 32)}"`);
  const stored = {
    kind: "answer",
    status,
    headers: [...headers],
    body,
    provenance,
    shownAs,
    tags: tagsIn(head.fields),
    ...lifetimes,
  } as const;
  return { kind: "stored", stored, varies };
}
