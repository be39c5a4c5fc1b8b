/** Takes a text away everywhere and for good: from the command as from the studio. */
import { assert } from "../base/errors.ts";
import type { Pictures } from "../media/store.ts";
import type { Publisher, Withdrawing } from "../publishing/publisher.ts";
import type { Pieces } from "./api.ts";
import type { Text } from "./piece.ts";

interface Withdrawers {
  readonly publisher: Pick<Publisher, "withdraw">;
  readonly pieces: Pieces;
  readonly pictures: Pick<Pictures, "sweep">;
}

/**
 * The text forgets its publication in the same moment in which its address is put on the list. It has to have had an address: what
 * never was public is only marked (`Pieces.withdraw`).
 */
export async function withdrawText(
  { publisher, pieces, pictures }: Withdrawers,
  text: Text,
): Promise<Withdrawing> {
  const site = pieces.piece(text.pieceId)?.site;
  assert(site !== undefined && text.path !== null, `the text ${text.id} has had an address`);
  const withdrawing = await publisher.withdraw({ site, path: text.path }, () => {
    if (pieces.text(text.id)?.publication === "withdrawn") return;
    const step = pieces.withdraw(text.id);
    if (step.outcome === "refused") throw new Error(`the text ${text.id} can't be withdrawn: ${step.reason}`);
  });
  await pictures.sweep();
  return withdrawing;
}
