/** Whether a picture that came in place of the approved one shows the same: only encoded anew, resized, slightly cropped. */
import type { BlobStore } from "../../store/blobs.ts";
import type { Entry } from "../baseline/entries.ts";
import type { Judged } from "../upkeep/rereading.ts";
import { areAlike, type Difference, difference, glimpseOf } from "./glimpse.ts";

/** False for whatever is no such picture. `own`: the newsroom's blobs. */
export async function isSamePicture(own: BlobStore, known: Entry, { load, answer, verdict }: Judged) {
  const isQuestion = verdict.kind === "contradicts" && !verdict.alarm;
  if (!isQuestion || load.kind !== "image" || load.status !== 200) return false;
  return (await differenceFrom(own, known, answer.body))?.isAlike === true;
}

/** Of a picture beside the approved one; undefined where one of them is none that can be looked at. */
export async function differenceFrom(
  own: BlobStore,
  known: Entry,
  bytes: Uint8Array,
): Promise<(Difference & { readonly isAlike: boolean }) | undefined> {
  if (known.kind !== "image") return undefined;
  const copy = await own.get(known.copy);
  if (copy.state !== "whole") return undefined;
  const [before, after] = [await glimpseOf(copy.data), await glimpseOf(bytes)];
  if (before === undefined || after === undefined) return undefined;
  return { ...difference(before, after), isAlike: areAlike(before, after) };
}
