/** The evidence about one finding: what the edge met, what the newsroom itself gets there, how it looks, and what the site's name leads to. */
import { fromBase64, sha256, utf8 } from "../../base/bytes.ts";
import { rfc3339 } from "../../base/clock.ts";
import { messageOf } from "../../base/errors.ts";
import type { Bus } from "../../bus/bus.ts";
import type { Evidence } from "../../bus/facts.ts";
import { inert } from "../../language/inert.ts";
import { type AppearanceParts, appearanceOf, renderAt } from "./appearance.ts";
import { lookAtName, type NameOptions } from "./look-at-name.ts";
import { differenceFrom } from "./same-picture.ts";
import type { Rendering, RenderFault } from "./render.ts";
import { shownOf, siblingSite } from "./showing.ts";
import type { SiblingClient } from "./sibling-client.ts";
import type { VisitorName } from "./visitors.ts";
import type { Visitor } from "../client/client.ts";
import { type OriginAddress, root } from "../client/protected-site.ts";

export interface CollectingParts extends AppearanceParts {
  readonly bus: Pick<Bus, "request">;
  readonly visitors: ReadonlyMap<VisitorName, Visitor>;
  /** Names that may be asked for. */
  readonly watchedNames: readonly string[];
  readonly names: NameOptions;
  readonly siblings: Pick<SiblingClient, "load">;
  readonly nowMs: () => number;
}

export interface Collected {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** What the watch is told. */
  readonly lines: readonly Evidence[];
}

type Head = readonly (readonly [string, string])[];
interface Sample {
  readonly status: number;
  readonly headers: Head;
  readonly body: Uint8Array;
}

/** Of one answer that an edge kept; as much as a newsroom's own client takes. */
const sampleBytesMax = 16 * 1024 * 1024;

export interface About {
  readonly finding: string;
  readonly address: OriginAddress;
  /** The name whose front it is about, where that isn't the protected site's. */
  readonly sibling?: string | undefined;
}

/** Step by step; what fails is told, and the others go on. */
export async function collect(parts: CollectingParts, about: About): Promise<Collected> {
  const notes = new Notes(parts);
  const { finding, address, sibling } = about;
  if (sibling !== undefined) {
    await lookAtSibling(parts, notes, sibling);
    return notes;
  }
  const sample = await notes.step("the edge's answer", () => edgeSample(parts.bus, finding));
  if (sample !== undefined) notes.answer("edge", "what the edge met", sample);
  const readings = new Map<VisitorName, Sample>();
  for (const [name, visitor] of parts.visitors) {
    const load = await notes.step(`as ${name}`, () => parts.client.load(address, visitor, parts.signal));
    if (load?.kind === "fault") notes.say(`what the newsroom got as ${name}`, { fault: load.reason });
    if (load?.kind !== "answer") continue;
    readings.set(name, load.answer);
    notes.answer(name, `what the newsroom got as ${name}`, load.answer, load.tookMs);
  }
  await lookAt(parts, notes, { address, sample: sample ?? readings.get("browser") });
  await comparePictures(parts, notes, { address, sample: sample ?? readings.get("browser") });
  for (const name of parts.watchedNames) await lookUp(parts, notes, name);
  return notes;
}

async function lookUp({ names }: CollectingParts, notes: Notes, name: string): Promise<void> {
  const record = await notes.step(`the name ${name}`, () => lookAtName(name, names));
  if (record !== undefined) notes.json(`name-${name}`, `what the name ${name} leads to`, record);
}

/** The front of a name that no edge answers under: as it is now, how it looks, and what the name leads to. */
async function lookAtSibling(parts: CollectingParts, notes: Notes, name: string): Promise<void> {
  const { siblings, signal, chromium } = parts;
  const load = await notes.step(`the front of ${name}`, () => siblings.load(name, root, signal));
  if (load?.kind === "fault") notes.say(`the front of ${name}`, { fault: inert(load.reason, 200) });
  if (load?.kind === "answer") {
    notes.answer("sibling", `the front of ${name}`, load.answer, load.tookMs);
    const seen = await notes.step("its appearance", () =>
      renderAt(new URL(`http://${name}${root}`), siblingSite(parts, name, shownOf(load.answer)), {
        chromium,
        hosts: new Set([name]),
        signal,
      }),
    );
    if (seen !== undefined) withRendering(notes, seen);
  }
  await lookUp(parts, notes, name);
}

async function lookAt(
  parts: CollectingParts,
  notes: Notes,
  { address, sample }: { readonly address: OriginAddress; readonly sample: Sample | undefined },
): Promise<void> {
  const visitor = parts.visitors.get("browser");
  const type = sample?.headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  if (sample === undefined || visitor === undefined || !/html|xml|text\/plain/.test(type)) return;
  const seen = await notes.step("its appearance", () =>
    appearanceOf(parts, { address, shown: shownOf(sample), visitor }),
  );
  if (seen === undefined) return;
  if (typeof seen === "string") return withRendering(notes, seen);
  withRendering(notes, seen.shown);
  const { approved } = seen;
  if (approved === undefined) return;
  notes.file("approved.png", "the approved copy's appearance", approved.rendering.picture);
  const { hash, cells } = approved.difference;
  notes.say("how the two look beside each other", {
    alike: approved.isAlike,
    cells_percent: Math.round(cells * 100),
    hash_percent: Math.round(hash * 100),
    after_scripts: approved.verdict.facts
      .slice(0, 5)
      .map(({ what, value }) => inert(`${what}: ${value}`, 200)),
  });
}

function withRendering(notes: Notes, seen: Rendering | RenderFault): void {
  if (typeof seen === "string") return notes.say("its appearance", { fault: faults[seen] });
  notes.file("appearance.png", "its appearance", seen.picture);
  notes.file("appearance.html", "its document after scripts", seen.document);
}

/** Where the baseline has a picture at this address. */
async function comparePictures(
  { baseline, own }: CollectingParts,
  notes: Notes,
  { address, sample }: { readonly address: OriginAddress; readonly sample: Sample | undefined },
): Promise<void> {
  const known = baseline.entries.get(address);
  if (sample === undefined || known?.kind !== "image") return;
  const seen = await notes.step("the picture beside the approved one", () =>
    differenceFrom(own, known, sample.body),
  );
  if (seen === undefined) return;
  notes.say("the picture beside the approved one", {
    approved_sha256: known.copy,
    alike: seen.isAlike,
    cells_percent: Math.round(seen.cells * 100),
    hash_percent: Math.round(seen.hash * 100),
  });
}

const faults = {
  none: "this machine has no Chromium that could run in a sandbox",
  "too slow": "it took too long",
  failed: "Chromium failed",
} as const;

/** Undefined where no edge has it any more. */
async function edgeSample(bus: Pick<Bus, "request">, finding: string): Promise<Sample | undefined> {
  const pieces: Uint8Array[] = [];
  for (let offset = 0; ;) {
    const { sample } = await bus.request("edge.origin.sample", { finding, offset });
    if (sample === null) return undefined;
    const piece = fromBase64(sample.piece);
    pieces.push(piece);
    offset += piece.length;
    const isWhole = offset >= Math.min(sample.length, sampleBytesMax) || piece.length === 0;
    if (isWhole) return { status: sample.status, headers: sample.headers, body: Buffer.concat(pieces) };
  }
}

class Notes implements Collected {
  readonly files = new Map<string, Uint8Array>();
  readonly lines: Evidence[] = [];
  readonly #parts: Pick<CollectingParts, "nowMs" | "signal">;

  constructor(parts: Pick<CollectingParts, "nowMs" | "signal">) {
    this.#parts = parts;
  }

  say(what: string, data: NonNullable<Evidence["data"]>): void {
    this.lines.push({ at: rfc3339(this.#parts.nowMs()), what, data });
  }

  file(name: string, what: string, bytes: Uint8Array, data: NonNullable<Evidence["data"]> = {}): void {
    this.files.set(name, bytes);
    this.say(what, { ...data, file: name, bytes: bytes.length, sha256: sha256(bytes) });
  }

  json(name: string, what: string, value: object): void {
    this.file(`${name}.json`, what, utf8(JSON.stringify(value, null, 2)));
  }

  answer(name: string, what: string, { status, headers, body }: Sample, tookMs?: number): void {
    this.files.set(`${name}.head.json`, utf8(JSON.stringify({ status, headers }, null, 2)));
    this.file(`${name}.body`, what, body, {
      status,
      ...(tookMs !== undefined && { took_ms: Math.round(tookMs) }),
    });
  }

  async step<T>(what: string, take: () => Promise<T>): Promise<T | undefined> {
    if (this.#parts.signal.aborted) return undefined;
    try {
      return await take();
    } catch (thrown) {
      this.say(what, { fault: inert(messageOf(thrown), 200) });
      return undefined;
    }
  }
}
