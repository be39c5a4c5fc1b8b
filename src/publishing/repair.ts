/** A lost or damaged blob of the current edition, made again from what is stored. */
import { type Sha256, sha256 } from "../base/bytes.ts";
import type { Edition } from "../edition/edition.ts";
import { encodeWithdrawals } from "../edition/withdrawals.ts";
import { addressKey, type Records } from "./records.ts";
import { renderPage } from "./render.ts";
import type { Renderer, Source } from "./rendering.ts";

export interface RepairInput {
  readonly current: Edition | undefined;
  readonly records: Records;
  readonly renderer: Renderer;
  readonly source: () => Source;
}

/** The bytes with exactly this hash; undefined where the edition doesn't have it or what is stored has changed since. */
export function repairBlob(
  wanted: Sha256,
  { current, records, renderer, source }: RepairInput,
): Uint8Array | undefined {
  if (current === undefined) return undefined;
  const list = encodeWithdrawals(current.withdrawals);
  if (sha256(list) === wanted) return list;
  const target = [...current.targets.values()].find((each) => each.sha256 === wanted);
  if (target === undefined || !records.pages.has(addressKey(target))) return undefined;
  try {
    const { record, body } = renderPage(target, renderer, source());
    return record.target.sha256 === wanted ? body : undefined;
  } catch {
    return undefined;
  }
}
