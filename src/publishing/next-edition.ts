/**
 * One edition, from what is stored to what readers see. The order survives a kill at any moment: blobs, then records, then the
 * edition, then erasing what was withdrawn; each step finds what the one before it left.
 */
import type { Database } from "bun:sqlite";
import type { Log } from "../base/log.ts";
import type { Publication } from "../bus/subjects.ts";
import type { Edition, Withdrawal } from "../edition/edition.ts";
import type { PastEdition } from "../edition/history.ts";
import type { Address, Target } from "../edition/target.ts";
import { nameOf, sameTarget } from "../edition/target-file.ts";
import { mergeWithdrawals, missingWithdrawal, Withdrawn } from "../edition/withdrawals.ts";
import type { BlobStore } from "../store/blobs.ts";
import type { Annex } from "./annex.ts";
import { type Basis, byAddress, compose } from "./compose.ts";
import type { PublishingMemory } from "./memory.ts";
import type { Past } from "./past.ts";
import type { Press } from "./press.ts";
import { addressKey, type PendingWithdrawal, type Records } from "./records.ts";
import { renderInBatches, type Rendered } from "./render.ts";
import type { Renderer, Source } from "./rendering.ts";
import { withdrawalsFor } from "./withdrawing.ts";

export interface Site {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly renderer: Renderer;
  /** The present moment of everything that pages are made of. */
  readonly source: () => Source;
  readonly annex: Annex;
  readonly log: Log;
}

export interface Parts extends Site {
  readonly press: Press;
  readonly records: Records;
  readonly memory: PublishingMemory;
  readonly past: Past;
}

export interface Made extends Omit<Publication, "edition"> {
  /** False where nothing had changed, so that there is no new edition. */
  readonly published: boolean;
  /** What this edition withdrew and none before it. */
  readonly withdrawn: readonly Withdrawal[];
}

/** `rolledBack`: the edition to show from now on. Rejects where the disk does, or where edges would refuse the edition. */
export async function makeEdition(parts: Parts, rolledBack?: PastEdition): Promise<Made> {
  const { press, records, blobs, log } = parts;
  // Read together, before anything else can happen: what was withdrawn after this moment comes with the next edition.
  const pending = records.pending();
  const moment = parts.source();
  const rendered = await renderPages(parts, moment, pending);
  const keysOf = (address: Address): readonly string[] => parts.renderer.withdrawalKeys(address, moment);
  const added = withdrawalsFor(pending, records, { keysOf, annex: parts.annex });
  const before = new Withdrawn(press.withdrawals);
  const withdrawals = mergeWithdrawals(press.withdrawals, added);
  const now = new Map([...records.pages].map(([key, { target }]) => [key, target]));
  const { targets: composed, withheld } = compose(now, await basisOf(parts, rolledBack), withdrawals);
  for (const target of withheld) log.warn("left out a page that shows what was withdrawn", addressOf(target));

  const { targets, ...changes } = changesTo(press.current?.edition, composed);
  const published = changes.changed + changes.removed > 0 || isDue(press, withdrawals);
  if (published) await press.publish({ targets, withdrawals });
  const erased = added.flatMap((withdrawal) => withdrawal.blobs);
  await blobs.erase(erased);
  records.forgetBlobs(erased);
  records.donePending(pending);
  return {
    ...changes,
    rendered: rendered.set.length,
    published,
    withdrawn: added.filter((each) => !before.coversAddress(each)),
  };
}

async function renderPages(
  { renderer, press, records, blobs, log }: Parts,
  source: Source,
  pending: readonly PendingWithdrawal[],
): Promise<Rendered> {
  const batches = renderInBatches({ renderer, source, known: records.pages, all: press.fault !== undefined });
  let step = batches.next();
  for (; step.done !== true; step = batches.next()) await blobs.put(step.value);
  const rendered = step.value;
  for (const { address, reason } of rendered.failed) {
    log.error("a page can't be rendered, its last form stays", { ...addressOf(address), reason });
  }
  const unsafe = showingWithdrawn(rendered, records, pending);
  records.apply({ ...rendered, removed: [...rendered.removed, ...unsafe] });
  return rendered;
}

/** Pages that could not be rendered again, and whose last form shows what is being withdrawn. */
function showingWithdrawn(
  { failed }: Rendered,
  { pages }: Records,
  pending: readonly PendingWithdrawal[],
): readonly Address[] {
  const keys = new Set(pending.flatMap((withdrawal) => withdrawal.keys));
  const reads = (address: Address): string[] => [...(pages.get(addressKey(address))?.reads.keys() ?? [])];
  return failed
    .map(({ address }) => address)
    .filter((address) => reads(address).some((key) => keys.has(key)));
}

/** While a rollback holds, what is published stays, whatever is rendered. */
async function basisOf({ memory, press, past }: Parts, rolledBack?: PastEdition): Promise<Basis | undefined> {
  const held = memory.held();
  const current = press.current?.edition;
  if (held === undefined) return undefined;
  if (rolledBack === undefined && current !== undefined) return byAddress(current.targets.values());
  return await past.basis(rolledBack ?? (await past.open(held)), current);
}

/** A new edition is needed although no page changed. */
function isDue(press: Press, withdrawals: readonly Withdrawal[]): boolean {
  const grown = missingWithdrawal(press.withdrawals, withdrawals) !== undefined;
  return grown || press.current === undefined || press.fault !== undefined;
}

/** What readers will notice. An answer that stays is the edition's own object, so that nobody compares it again. */
function changesTo(
  edition: Edition | undefined,
  composed: readonly Target[],
): { readonly targets: readonly Target[]; readonly changed: number; readonly removed: number } {
  const pairs = composed.map((target) => ({ target, before: edition?.targets.get(nameOf(target)) }));
  const targets = pairs.map(({ target, before }) =>
    sameTarget(target, before) ? (before ?? target) : target,
  );
  const changed = pairs.filter(({ before }, at) => before !== targets[at]).length;
  const kept = pairs.filter(({ before }) => before !== undefined).length;
  return { targets, changed, removed: (edition?.targets.size ?? 0) - kept };
}

function addressOf({ site, path, query }: Address): {
  site: string;
  path: string;
  query: string | undefined;
} {
  return { site, path, query };
}
