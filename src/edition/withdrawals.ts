/**
 * The signed list of what was withdrawn: it only grows, and it beats history. It travels as one target of a role of its own,
 * under an address that no host leads to.
 */
import { z } from "zod";
import { isSha256, type Sha256 } from "../base/bytes.ts";
import { canonical, parseCanonical } from "./canonical.ts";
import type { Withdrawal } from "./edition.ts";
import { limits } from "./limits.ts";
import { type Address, type Target, targetName } from "./target.ts";

/** The site "kasbah" has no hosts, so that nothing serves this file to readers. */
export const withdrawalsAddress: Address = { site: "kasbah", path: "/withdrawals.json" };
export const withdrawalsTargetName = targetName("withdrawals", withdrawalsAddress);

const format = "kasbah-withdrawals/1";
const sha256Schema = z.string().refine(isSha256);
const listSchema = z.strictObject({
  type: z.literal(format),
  withdrawals: z
    .array(
      z.strictObject({
        site: z.string().max(limits.site),
        path: z.string().startsWith("/").max(limits.path),
        at: z.iso.datetime(),
        blobs: z.array(sha256Schema).max(limits.blobsPerWithdrawal),
      }),
    )
    .max(limits.withdrawals),
});

/** Sorted, so that one list has one form. */
export function encodeWithdrawals(withdrawals: readonly Withdrawal[]): Uint8Array {
  return canonical({ type: format, withdrawals: sorted(withdrawals) });
}

/** Throws where the bytes are not such a list. */
export function decodeWithdrawals(data: Uint8Array): readonly Withdrawal[] {
  const { withdrawals } = listSchema.parse(parseCanonical(data));
  if (new Set(withdrawals.map(addressKey)).size !== withdrawals.length)
    throw new Error("names an address twice");
  return withdrawals;
}

/** Both lists in one: an address keeps its first time and all its blobs. */
export function mergeWithdrawals(
  known: readonly Withdrawal[],
  added: readonly Withdrawal[],
): readonly Withdrawal[] {
  const merged = new Map<string, Withdrawal>();
  for (const withdrawal of [...known, ...added]) {
    const { at = withdrawal.at, blobs = [] } = merged.get(addressKey(withdrawal)) ?? {};
    merged.set(addressKey(withdrawal), {
      ...withdrawal,
      at,
      blobs: [...new Set([...blobs, ...withdrawal.blobs])],
    });
  }
  return sorted([...merged.values()]);
}

/** What `list` should still have and hasn't: an entry of `known` that it lacks, or lacks a blob of. */
export function missingWithdrawal(
  list: readonly Withdrawal[],
  known: readonly Withdrawal[],
): Withdrawal | undefined {
  const listed = new Map(list.map((entry) => [addressKey(entry), entry]));
  return known.find((old) => {
    const entry = listed.get(addressKey(old));
    const blobs = new Set(entry?.blobs);
    return entry?.at !== old.at || old.blobs.some((blob) => !blobs.has(blob));
  });
}

/** What a list forbids, made quick to ask. */
export class Withdrawn {
  readonly blobs: ReadonlySet<Sha256>;
  readonly #addresses: ReadonlySet<string>;

  constructor(withdrawals: readonly Withdrawal[]) {
    this.blobs = new Set(withdrawals.flatMap(({ blobs }) => blobs));
    this.#addresses = new Set(withdrawals.map(addressKey));
  }

  /** Whatever its query. */
  coversAddress(address: Address): boolean {
    return this.#addresses.has(addressKey(address));
  }

  /** True where an edition must not show this: a withdrawn blob, or anything but the 410 at a withdrawn address. */
  forbids(target: Target): boolean {
    if (this.#addresses.size === 0) return false;
    return this.blobs.has(target.sha256) || (target.status !== 410 && this.coversAddress(target));
  }
}

function addressKey({ site, path }: { readonly site: string; readonly path: string }): string {
  return `${site}\n${path}`;
}

function sorted(withdrawals: readonly Withdrawal[]): readonly Withdrawal[] {
  return withdrawals
    .map((entry) => ({ ...entry, blobs: [...entry.blobs].sort() }))
    .sort((left, right) => (addressKey(left) < addressKey(right) ? -1 : 1));
}
