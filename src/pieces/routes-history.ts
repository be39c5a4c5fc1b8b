/** The versions of a text: all of them, two beside each other, and one made the present again. */
import { z } from "zod";
import { page, Refusal } from "../web/answers.ts";
import type { PersonRoute, SignedIn } from "../web/route.ts";
import { type Acting, actRoute } from "./act.ts";
import { compareContents } from "./compare.ts";
import { createDesk } from "./desk.ts";
import { readHistory } from "./history.ts";
import type { Outcome } from "./notices.ts";
import { ComparePage } from "./page-compare.tsx";
import { HistoryPage } from "./page-history.tsx";
import type { PiecesParts } from "./parts.ts";
import type { Revision } from "./piece.ts";
import { atText } from "./place.ts";
import { type TextView, viewText } from "./text-view.ts";
import { writerOf } from "./versions.ts";

const revision = z.string().max(40);

export function historyRoutes(parts: PiecesParts): PersonRoute[] {
  const access = { act: "read", at: atText(parts.database) } as const;
  return [
    { method: "GET", path: "/texts/:text/history", access, handle: (visit) => showHistory(parts, visit) },
    { method: "GET", path: "/texts/:text/compare", access, handle: (visit) => showComparison(parts, visit) },
    actRoute(parts, {
      path: "restore",
      act: "write",
      schema: z.object({ revision, version: revision }),
      perform: (acting) => restore(parts, acting),
    }),
  ];
}

function viewOf(parts: PiecesParts, visit: SignedIn): TextView {
  const view = viewText(parts, visit, visit.params["text"] ?? "");
  if (view === undefined) throw new Refusal(404);
  return view;
}

function showHistory(parts: PiecesParts, visit: SignedIn): Response {
  const view = viewOf(parts, visit);
  const asked = z.coerce
    .number()
    .int()
    .min(1)
    .catch(1)
    .parse(visit.url.searchParams.get("page") ?? 1);
  const history = readHistory(parts, view.text, asked);
  const steps = createDesk(parts).stepsOf(view.text.id);
  return page(HistoryPage({ visit, view, history, steps, page: Math.min(asked, history.pages) }));
}

/** Without a choice: what the last saving changed. */
function showComparison(parts: PiecesParts, visit: SignedIn): Response {
  const view = viewOf(parts, visit);
  const { searchParams } = visit.url;
  const to = revisionIn(parts, view, searchParams.get("to") ?? view.working.id);
  const from = revisionIn(parts, view, searchParams.get("from") ?? to.parent ?? to.id);
  const comparison = compareContents(from, to, parts.clock);
  const named = (each: Revision) => ({ id: each.id, createdAt: each.createdAt, by: writerOf(each, parts) });
  return page(ComparePage({ visit, view, from: named(from), to: named(to), comparison }));
}

function revisionIn({ pieces }: PiecesParts, { text }: TextView, id: string): Revision {
  const found = pieces.revision(id);
  if (found?.textId !== text.id) throw new Refusal(404);
  return found;
}

interface RestoreForm {
  readonly revision: string;
  readonly version: string;
}

/** As a new revision on top of the present one: nothing is lost by it. */
function restore({ pieces }: PiecesParts, { text, form, visit, note }: Acting<RestoreForm>): Outcome {
  const old = pieces.revision(form.version);
  if (old?.textId !== text.id) throw new Refusal(404);
  if (text.publication === "withdrawn") return { notice: "no such step" };
  if (text.workingRevision !== form.revision) return { notice: "changed meanwhile" };
  const { title, standfirst, body, sourceRevision } = old;
  pieces.saveRevision({
    textId: text.id,
    parent: form.revision,
    content: { title, standfirst, body },
    sourceRevision,
    by: visit.person.id,
  });
  note("text.restore");
  return { notice: "restored" };
}
