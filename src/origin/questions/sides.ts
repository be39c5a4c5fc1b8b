/** The two sides of a question: the approved copy of a page, and what the origin has in its place, both as text. */
import { type Clock, rfc3339 } from "../../base/clock.ts";
import type { Bus } from "../../bus/bus.ts";
import type { DocumentKind } from "../../guard/facts.ts";
import { kindOf } from "../../guard/reading/read.ts";
import type { Answer } from "../client/client.ts";
import type { Origin } from "../origin.ts";
import { type PageText, pageText } from "../page-text.ts";
import type { OriginAddress } from "../client/protected-site.ts";

export interface Side {
  /** RFC 3339: when the origin said so. */
  readonly at: string;
  readonly bytes: number;
  /** Undefined: it is no text. */
  readonly text: PageText | undefined;
}

export interface Sides {
  /** Undefined: nothing is approved at this address. */
  readonly approved: Side | undefined;
  /** Undefined where nobody knows. */
  readonly now: Side | undefined;
  /**
   * `now`: the origin has just said so. `found`: it doesn't answer, so this is what an edge met. `gone`: it has nothing there any more.
   * `right`: what it says now is what is approved.
   */
  readonly state: "now" | "found" | "gone" | "right" | "away";
}

export interface SidesParts {
  readonly origin: Origin;
  readonly bus: Pick<Bus, "request">;
  readonly clock: Clock;
}

/** Nobody looks at a page that loads for longer. */
const lookMs = 5_000;
const sampleMs = 1_000;
const sampleBytesMax = 1_000_000;
/** As many bytes as browsers look at (WHATWG MIME Sniffing, section 5.2). */
const sniffedBytes = 1_445;

export async function sidesOf(
  parts: SidesParts,
  address: OriginAddress,
  findings: readonly string[],
): Promise<Sides> {
  const { origin, clock } = parts;
  const [approved, reading] = await Promise.all([
    approvedSide(origin, address),
    origin.deciding.look(address, AbortSignal.timeout(lookMs)).catch(() => undefined),
  ]);
  if (reading?.kind === "judged") {
    const { load, answer, verdict } = reading;
    const now = sideOf(load.kind, load.type, answer.body, rfc3339(clock.nowMs()));
    return { approved, now, state: verdict.kind === "vouched" ? "right" : "now" };
  }
  const found = await sampleOf(parts, findings);
  if (found !== undefined) return { approved, now: found, state: "found" };
  return { approved, now: undefined, state: reading?.kind === "missing" ? "gone" : "away" };
}

async function approvedSide(origin: Origin, address: OriginAddress): Promise<Side | undefined> {
  const { baseline, own } = origin.options;
  const entry = baseline.entries.get(address);
  if (entry === undefined) return undefined;
  const stored = await own.get(entry.copy, entry.length);
  if (stored.state !== "whole") return undefined;
  return sideOf(entry.kind, entry.type, stored.data, entry.takenAt);
}

function sideOf(kind: DocumentKind, type: string, body: Uint8Array, at: string): Side {
  return { at, bytes: body.length, text: pageText(kind, type, body) };
}

/** What an edge met, as far as it still has it; the first of these findings that one knows. */
async function sampleOf({ bus, clock }: SidesParts, findings: readonly string[]): Promise<Side | undefined> {
  for (const finding of findings.slice(0, samplesMax)) {
    const answer = await readSample(bus, finding).catch(() => undefined);
    if (answer === undefined) continue;
    const type = answer.headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
    const kind = kindOf(answer, answer.body.subarray(0, sniffedBytes));
    return sideOf(kind, type, answer.body, rfc3339(clock.nowMs()));
  }
  return undefined;
}

const samplesMax = 3;

async function readSample(bus: Pick<Bus, "request">, finding: string): Promise<Answer | undefined> {
  const pieces: Buffer[] = [];
  let offset = 0;
  for (;;) {
    const asked = { finding, offset };
    const { sample } = await bus.request("edge.origin.sample", asked, { timeoutMs: sampleMs });
    if (sample === null) return undefined;
    const piece = Buffer.from(sample.piece, "base64");
    pieces.push(piece);
    offset += piece.length;
    if (piece.length > 0 && offset < Math.min(sample.length, sampleBytesMax)) continue;
    const { status, headers } = sample;
    return { status, headers, body: Uint8Array.from(Buffer.concat(pieces)) };
  }
}
