/** What was judged, as readers may have it: nothing in it tells where the protected site lies, or somebody hears of it. */
import { kindOf } from "../../guard/reading/read.ts";
import type { Asked, Ready } from "../judging/ready.ts";
import type { AnswerHead } from "../lane/answer-head.ts";
import type { OriginWay } from "./way.ts";
import { leaksIn, publicBody, type Seen } from "./leaks.ts";

/** What browsers look at to say what it is (WHATWG MIME Sniffing, section 5.2). */
const sniffedBytes = 1_445;
/** Said by us or to us, with addresses that are meant. */
const ours = /^(via|kasbah-.*)$/;

/** `head`: as it came. */
export function publicReady(
  asked: Asked,
  ready: Ready,
  { head, way }: { readonly head: AnswerHead; readonly way: OriginWay },
): Ready {
  const { headers, body, status } = ready;
  if (body instanceof Blob) return ready;
  const seen = seenBy(asked, way);
  const kind = kindOf({ status, headers: [...headers] }, body.subarray(0, sniffedBytes));
  const { bytes, leaks } = publicBody(kind, body, seen);
  const said = [...headers].flatMap(([name, value]) => (ours.test(name) ? [] : leaksIn(name, value, seen)));
  way.judge.tellLeaks(asked, head, [...said, ...leaks]);
  if (bytes === body) return ready;
  headers.delete("content-length");
  return { ...ready, body: new Uint8Array(bytes) };
}

function seenBy({ exchange }: Asked, { lane }: OriginWay): Seen {
  const { scheme, request } = exchange;
  return { origin: lane.options.address.origin, scheme, host: request.headers.get("host") ?? "" };
}
