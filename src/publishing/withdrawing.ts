/** What a withdrawal means once everything was rendered anew: which addresses are gone, and which blobs have to go. */
import type { Withdrawal } from "../edition/edition.ts";
import type { Address } from "../edition/target.ts";
import { mergeWithdrawals } from "../edition/withdrawals.ts";
import type { Annex } from "./annex.ts";
import type { PendingWithdrawal, Records } from "./records.ts";

/**
 * The address that was asked for, and every other one of the same text (its text form, addresses that led to it): they answer
 * 410 now, and `keysOf` them are the same. All of them name every blob that showed it, but not what is shown in its place now.
 */
export function withdrawalsFor(
  pending: readonly PendingWithdrawal[],
  records: Records,
  { keysOf, annex }: { readonly keysOf: (address: Address) => readonly string[]; readonly annex: Annex },
): readonly Withdrawal[] {
  if (pending.length === 0) return [];
  const pages = Array.from(records.pages.values(), ({ target }) => target);
  const shownNow = new Set(pages.map(({ sha256 }) => sha256));
  const gone = pages.filter(({ status }) => status === 410).map((page) => ({ page, keys: keysOf(page) }));
  return mergeWithdrawals(
    [],
    pending.flatMap(({ site, path, at, keys }) => {
      const same = gone.filter((each) => each.keys.some((key) => keys.includes(key)));
      const showing = [...records.blobsShowing(keys), ...annex.showing({ site, path })];
      const blobs = showing.filter((blob) => !shownNow.has(blob));
      return [{ site, path }, ...same.map(({ page }) => page)].map((address) => ({
        site: address.site,
        path: address.path,
        at,
        blobs,
      }));
    }),
  );
}
