/** What was found, as it came: heads and bodies in bounded memory, for who gathers evidence. */
import { base64 } from "../../base/bytes.ts";
import { RecentMap } from "../../base/recent-map.ts";
import type { Answer } from "../../bus/bus.ts";
import type { Reading, Sample } from "./told.ts";

/** 32 MB in all. What is only uncertain has a share of its own: at addresses that somebody makes up there may be any amount of it. */
const bytesMax = { kept: 24 * 1024 * 1024, uncertain: 8 * 1024 * 1024 } as const;
/** What a head and its bookkeeping take, at least. */
const overheadBytes = 1_024;
/** What the bus carries at once. */
const pieceBytes = 256 * 1024;
const fieldsMax = 256;

export class Samples {
  readonly #kept = new RecentMap<string, Sample>(bytesMax.kept);
  readonly #uncertain = new RecentMap<string, Sample>(bytesMax.uncertain);

  /** The first one of a finding stays. */
  keep(finding: string, { verdict }: Pick<Reading, "verdict">, sample: Sample): void {
    const samples = verdict === "uncertain" ? this.#uncertain : this.#kept;
    if (!samples.has(finding)) samples.set(finding, sample, sample.body.length + overheadBytes);
  }

  /** From `offset` on; null: it is no longer there. */
  piece(finding: string, offset: number): Answer<"edge.origin.sample">["sample"] {
    const sample = this.#kept.get(finding) ?? this.#uncertain.get(finding);
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
