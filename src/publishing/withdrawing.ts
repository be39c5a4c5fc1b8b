/** What a withdrawal means once everything was rendered anew: which addresses are gone, and which blobs have to go. */
import type { Withdrawal } from "../edition/edition.ts";
import { mergeWithdrawals } from "../edition/withdrawals.ts";
import { addressKey, type PendingWithdrawal, type Records } from "./records.ts";

/**
 * The address that was asked for, and every other one of the same text (its text form): those that showed it and for which
 * the renderer now has a 410 page. All of them name every blob that showed it, but not what is shown in its place now.
 */
export function withdrawalsFor(
  pending: readonly PendingWithdrawal[],
  records: Records,
): readonly Withdrawal[] {
  const shownNow = new Set(Array.from(records.pages.values(), ({ target }) => target.sha256));
  return mergeWithdrawals(
    [],
    pending.flatMap(({ site, path, at, keys, readers }) => {
      const gone = readers.filter((reader) => records.pages.get(addressKey(reader))?.target.status === 410);
      const blobs = records.blobsShowing(keys).filter((blob) => !shownNow.has(blob));
      return [{ site, path }, ...gone].map((address) => ({
        site: address.site,
        path: address.path,
        at,
        blobs,
      }));
    }),
  );
}
