/** A lost or damaged blob of the current edition, made again from what is stored. */
import { type Sha256, sha256 } from "../base/bytes.ts";
import { encodeWithdrawals } from "../edition/withdrawals.ts";
import type { Parts } from "./next-edition.ts";
import { addressKey } from "./records.ts";
import { renderPage } from "./render.ts";

/** The bytes with exactly this hash; undefined where the edition doesn't have it or what is stored has changed since. */
export async function repairBlob(wanted: Sha256, parts: Parts): Promise<Uint8Array | undefined> {
  return renderAgain(wanted, parts) ?? (await parts.annex.restore(wanted));
}

function renderAgain(
  wanted: Sha256,
  { press, records, renderer, source }: Pick<Parts, "press" | "records" | "renderer" | "source">,
): Uint8Array | undefined {
  const current = press.current?.edition;
  if (current === undefined) return undefined;
  const list = encodeWithdrawals(current.withdrawals);
  if (sha256(list) === wanted) return list;
  const target = [...current.targets.values()].find((each) => each.sha256 === wanted);
  if (target === undefined || !records.pages.has(addressKey(target))) return undefined;
  try {
    const { record, body } = renderPage(target, renderer, source());
    return record.target.sha256 === wanted ? body : undefined;
  } catch {
    // Why it can't be rendered is said when the next edition is made.
    return undefined;
  }
}
