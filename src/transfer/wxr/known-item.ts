/** An item that came in before: follows its file as long as nobody changed it here, and never undoes what an editor did. */
import { assert } from "../../base/errors.ts";
import type { Stepped } from "../../pieces/api.ts";
import type { Revision, Text } from "../../pieces/piece.ts";
import { digestOf, type Imported } from "../imported.ts";
import { contentOf } from "./content.ts";
import type { Intake, Result } from "./intake.ts";
import { faultIn, follow } from "./new-item.ts";
import type { WxrItem } from "./parts.ts";
import { type Aim, planOf } from "./placing.ts";
import { redirectItem } from "./redirects.ts";

export function updateItem(item: WxrItem, known: Imported, intake: Intake): Result {
  const text = intake.pieces.text(known.textId);
  if (text === undefined) return kept("it was removed here");
  if (text.publication === "withdrawn") return kept("it is withdrawn here");
  const working = intake.pieces.revision(text.workingRevision);
  assert(working, `text ${text.id} has its working revision`);
  if (isEdited(working, known)) return kept("it was changed here since it came in");
  const plan = planOf(item, intake.now);
  if (text.publication === "published" && plan.aim.to !== "published") {
    return kept("it is published here, and no longer in the file: an editor decides");
  }
  const made = contentOf(item, text.language, intake.survey, intake.timeZone);
  if (!made.ok) return kept(made.reason);
  const isChanged = digestOf(made.content) !== known.digest;
  const isStep = wantsStep(plan.aim, text, known);
  if (!isChanged && !isStep) return { outcome: "unchanged", remarks: [] };
  const { pieces } = intake;
  const saved = pieces.saveRevision({
    textId: text.id,
    parent: working.id,
    content: made.content,
    workflow: plan.workflow,
  });
  const step = takeStep(plan.aim, text, isStep, intake);
  const publication = step.outcome === "done" ? step.text.publication : text.publication;
  const digest = digestOf(made.content);
  intake.imported.remember({ ...known, revisionId: saved.revision.id, digest, publication });
  redirectItem(item, text.id, intake);
  return { outcome: "updated", remarks: [plan.remark, faultIn(step), ...made.remarks] };
}

function kept(why: string): Result {
  return { outcome: "kept", remarks: [why] };
}

/** Also where somebody wrote into the database by other means than a new revision. */
function isEdited(working: Revision, known: Imported): boolean {
  return working.id !== known.revisionId || digestOf(working) !== known.digest;
}

/** Forward only, and only where publication still is as the import left it. */
function wantsStep(aim: Aim, text: Text, known: Imported): boolean {
  if (text.publication !== known.publication || text.publication === "published") return false;
  if (aim.to === "none") return false;
  return aim.to !== text.publication || (aim.to === "scheduled" && aim.at !== text.scheduledFor);
}

/** What is published shows its new revision at once. */
function takeStep(aim: Aim, text: Text, isStep: boolean, { pieces }: Intake): Stepped {
  if (text.publication === "published") return pieces.publish(text.id);
  return isStep ? follow(aim, text, pieces) : { outcome: "done", text };
}
