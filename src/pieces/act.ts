/** What all acts on a text have in common: who may, what was sent, the note in the record, and the page that says what came of it. */
import type { z } from "zod";
import { readForm, Refusal, seeOther } from "../web/answers.ts";
import type { Act } from "../web/acts.ts";
import { formBytesMax, type PersonRoute, type SignedIn } from "../web/route.ts";
import type { Decided } from "./desk.ts";
import { addressWith, type Success, faultFor, type Outcome } from "./notices.ts";
import type { PiecesParts } from "./parts.ts";
import type { Text } from "./piece.ts";
import { atText } from "./place.ts";
import { type Reach, reachReaders } from "./readers.ts";

export interface Acting<Form> {
  readonly text: Text;
  readonly form: Form;
  readonly visit: SignedIn;
  /** In the record, by account. */
  readonly note: (act: string, detail?: string) => void;
}

export interface ActOptions<S extends z.ZodType> {
  /** Behind `/texts/:text/`. */
  readonly path: string;
  readonly act: Act;
  readonly schema: S;
  readonly perform: (acting: Acting<z.infer<S>>) => Outcome | Promise<Outcome>;
}

export function actRoute<S extends z.ZodType>(parts: PiecesParts, options: ActOptions<S>): PersonRoute {
  return {
    method: "POST",
    path: `/texts/:text/${options.path}`,
    access: { act: options.act, at: atText(parts.database) },
    handle: async (visit) => {
      const form = await readForm(visit, options.schema, formBytesMax);
      const text = parts.pieces.text(visit.params["text"] ?? "");
      if (text === undefined) throw new Refusal(404);
      const note = (act: string, detail?: string): void =>
        parts.audit.note({ account: visit.person.id, act, subject: text.id, detail });
      return seeOther(addressWith(`/texts/${text.id}`, await options.perform({ text, form, visit, note })));
    },
  };
}

/** `whenDone` runs only where the decision stands. */
export async function outcomeOf(
  decided: Decided,
  success: Success,
  whenDone: () => Reach | undefined | Promise<Reach | undefined>,
): Promise<Outcome> {
  if (decided.outcome === "done") return { notice: success, readers: await whenDone() };
  const fault = faultFor(decided.reason);
  if (fault === undefined) throw new Refusal(404);
  return { notice: fault };
}

/** Where readers see the text, or saw it until now. */
export async function reachIf(isPublic: boolean, parts: PiecesParts): Promise<Reach | undefined> {
  return isPublic ? await reachReaders(parts) : undefined;
}
