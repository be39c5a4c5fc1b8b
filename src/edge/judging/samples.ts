/** What was found, as it came: heads and bodies in bounded memory, for who gathers evidence. */
import { base64 } from "../../base/bytes.ts";
import { RecentMap } from "../../base/recent-map.ts";
import type { Answer } from "../../bus/bus.ts";
import type { Sample } from "./told.ts";

/** All together. */
const bytesMax = 32 * 1024 * 1024;
/** What a head and its bookkeeping take, at least. */
const overheadBytes = 1_024;
/** What the bus carries at once. */
const pieceBytes = 256 * 1024;
const fieldsMax = 256;

export class Samples {
  readonly #samples = new RecentMap<string, Sample>(bytesMax);

  /** The first one of a finding stays. */
  keep(finding: string, sample: Sample): void {
    if (!this.#samples.has(finding)) this.#samples.set(finding, sample, sample.body.length + overheadBytes);
  }

  /** From `offset` on; null: it is no longer there. */
  piece(finding: string, offset: number): Answer<"edge.origin.sample">["sample"] {
    const sample = this.#samples.get(finding);
    if (sample === undefined) return null;
    const { status, headers, body } = sample;
    return {
      status,
      headers: headers.slice(0, fieldsMax).map(([name, value]) => [name, value]),
      length: body.length,
      piece: base64(body.subarray(offset, offset + pieceBytes)),
    };
  }
}
