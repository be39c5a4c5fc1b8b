/**
 * What people at the desk do with a text, each act whole or not at all: steps of the workflow, with who took them and why, and the
 * decision to publish. Everybody says which revision they saw: nobody decides about words that they haven't read.
 */
import type { Database } from "bun:sqlite";
import { type Clock, rfc3339 } from "../base/clock.ts";
import { assert } from "../base/errors.ts";
import { slugFrom } from "../language/slug.ts";
import type { Pieces, Stepped } from "./api.ts";
import { firstObjection, type Objection, objectionsTo } from "./objections.ts";
import { type Text, type Workflow, workflowStates } from "./piece.ts";

export interface Seen {
  readonly textId: string;
  /** The working revision as it was shown. */
  readonly revision: string;
  /** Account id. */
  readonly by: string;
}

export type DeskFault =
  | Extract<Stepped, { outcome: "refused" }>["reason"]
  | Objection
  | "changed meanwhile"
  | "already so";
export type Decided =
  | { readonly outcome: "done"; readonly text: Text }
  | { readonly outcome: "refused"; readonly reason: DeskFault };

/** Of whoever decides to publish. */
export interface Decision extends Seen {
  /** They were told what speaks against it, and mean it. Default: false. */
  readonly insists?: boolean;
}

/** A step that somebody took, newest first in lists. */
export interface WorkflowStep {
  readonly revision: string;
  readonly from: Workflow;
  readonly to: Workflow;
  readonly at: string;
  /** Name of an account. */
  readonly by: string;
  readonly reason: string;
}

export interface Desk {
  /** `reason`: for whoever wrote it; may be empty. */
  step(seen: Seen, to: Workflow, reason?: string): Decided;
  /** Takes the steps to "ready" too, in the same person's name. */
  publish(decision: Decision): Decided;
  /** `at`: RFC 3339. */
  schedule(decision: Decision, at: string): Decided;
  /** Takes it off the plan, or keeps it for the team; needs nobody's reading. */
  hide(textId: string, to: "none" | "private"): Decided;
  stepsOf(textId: string): WorkflowStep[];
}

type DeskParts = { readonly database: Database; readonly clock: Clock; readonly pieces: Pieces };

export function createDesk(parts: DeskParts): Desk {
  const { database, pieces } = parts;
  return {
    step: (seen, to, reason = "") =>
      decide(parts, seen, (text) => {
        const { workflow } = workingOf(pieces, text);
        if (workflow === to) return refused("already so");
        // What readers have was judged; only a newer version can be thought over.
        if (text.publishedRevision === seen.revision) return refused("no such step");
        return takeStep(parts, seen, to, reason) ? { outcome: "done", text } : refused("no such step");
      }),
    publish: (seen) =>
      decide(parts, seen, (text) => {
        if (text.publishedRevision === seen.revision) return refused("already so");
        return makeReady(parts, seen, text) ?? pieces.publish(text.id);
      }),
    schedule: (seen, at) =>
      decide(parts, seen, (text) => {
        const isSame = text.scheduledFor === rfc3339(Date.parse(at));
        if (isSame && workingOf(pieces, text).workflow === "ready") return refused("already so");
        return makeReady(parts, seen, text) ?? pieces.schedule(text.id, at);
      }),
    hide: (textId, to) => {
      if (pieces.text(textId)?.publication === to) return refused("already so");
      return to === "none" ? pieces.unschedule(textId) : pieces.makePrivate(textId);
    },
    stepsOf: (textId) =>
      database
        .query<WorkflowStep, [string]>(
          `SELECT s.revision_id AS revision, s.from_state AS "from", s.to_state AS "to", s.at, a.name AS by, s.reason
           FROM workflow_step s JOIN revision r ON r.id = s.revision_id JOIN account a ON a.id = s.account_id
           WHERE r.text_id = ? ORDER BY s.id DESC LIMIT ${stepsShownMax}`,
        )
        .all(textId),
  };
}

/** Of one text; older ones stay in the database. */
const stepsShownMax = 200;

/** Undoes what was begun where the end of it is refused. */
function decide({ database, pieces }: DeskParts, seen: Seen, act: (text: Text) => Decided): Decided {
  let decided: Decided = refused("no such text");
  const undo = new Error("refused");
  try {
    database.transaction(() => {
      const text = pieces.text(seen.textId);
      if (text === undefined) return;
      decided = text.workingRevision === seen.revision ? act(text) : refused("changed meanwhile");
      if (decided.outcome === "refused") throw undo;
    })();
  } catch (thrown) {
    if (thrown !== undo) throw thrown;
  }
  return decided;
}

function refused(reason: DeskFault): Decided {
  return { outcome: "refused", reason };
}

/** Undefined, or what stands in the way. */
function makeReady(parts: DeskParts, seen: Decision, text: Text): Decided | undefined {
  const { pieces } = parts;
  const working = workingOf(pieces, text);
  const objection = firstObjection(objectionsTo(pieces, working), seen.insists === true);
  if (objection !== undefined) return refused(objection);
  const at = workflowStates.indexOf(working.workflow);
  for (const to of workflowStates.slice(at + 1)) takeStep(parts, seen, to, "");
  const slug = slugToBe(parts, text);
  if (slug !== text.slug) pieces.changeSlug(text.id, slug);
  return undefined;
}

function takeStep({ database, clock, pieces }: DeskParts, seen: Seen, to: Workflow, reason: string): boolean {
  const from = pieces.revision(seen.revision)?.workflow;
  if (from === undefined || pieces.setWorkflow(seen.revision, to) === "no such step") return false;
  database
    .query(
      `INSERT INTO workflow_step (revision_id, from_state, to_state, at, account_id, reason)
       VALUES (?, ?, ?, ?, ?, ?)`,
    )
    .run(seen.revision, from, to, rfc3339(clock.nowMs()), seen.by, reason);
  return true;
}

function workingOf(pieces: Pieces, text: Text) {
  const working = pieces.revision(text.workingRevision);
  assert(working, `text ${text.id} has a working revision`);
  return working;
}

/** Until it is first published, a slug that was made from the first title follows the title. */
export function slugToBe({ database, pieces }: Pick<DeskParts, "database" | "pieces">, text: Text): string {
  if (text.path !== null || text.slug !== slugFrom(firstTitle(database, text.id))) return text.slug;
  return slugFrom(workingOf(pieces, text).title) || text.slug;
}

function firstTitle(database: Database, textId: string): string {
  const row = database
    .query<{ title: string }, [string]>(
      "SELECT title FROM revision WHERE text_id = ? AND parent IS NULL ORDER BY id LIMIT 1",
    )
    .get(textId);
  return row?.title ?? "";
}
