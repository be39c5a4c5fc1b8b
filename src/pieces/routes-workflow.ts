/** Steps of a text's workflow, and everything that decides whether readers get it. Each is a POST of its own. */
import { z } from "zod";
import { isSlug, slugFrom } from "../language/slug.ts";
import { momentOfLocal } from "../language/local-time.ts";
import { page, Refusal } from "../web/answers.ts";
import type { PersonRoute, SignedIn } from "../web/route.ts";
import { type Acting, actRoute, outcomeOf, reachIf } from "./act.ts";
import { createDesk, type Decision, type Desk, type Seen } from "./desk.ts";
import { asksAgain, type Outcome } from "./notices.ts";
import { WithdrawPage } from "./page-withdraw.tsx";
import type { PiecesParts } from "./parts.ts";
import { lengthMax, type Workflow, workflowStates } from "./piece.ts";
import { atText, placeOfText } from "./place.ts";
import { reachReaders } from "./readers.ts";
import { viewText } from "./text-view.ts";
import { withdrawText } from "./withdraw-text.ts";

const revision = z.string().max(40);
/** On the button of who was asked once more. */
const insists = z.literal("yes").optional();
const nothing = z.object({});

export function workflowRoutes(parts: PiecesParts): PersonRoute[] {
  const desk = createDesk(parts);
  return [
    actRoute(parts, {
      path: "workflow",
      act: "write",
      schema: z.object({
        revision,
        to: z.enum(workflowStates),
        reason: z.string().trim().max(lengthMax.reason).default(""),
      }),
      perform: (acting) => takeStep(parts, desk, acting),
    }),
    actRoute(parts, {
      path: "publish",
      act: "publish",
      schema: z.object({ revision, insists }),
      perform: (acting) => publish(parts, desk, acting),
    }),
    actRoute(parts, {
      path: "schedule",
      act: "publish",
      schema: z.object({ revision, insists, at: z.string().max(40) }),
      perform: (acting) => schedule(parts, desk, acting),
    }),
    actRoute(parts, {
      path: "unschedule",
      act: "publish",
      schema: nothing,
      perform: (acting) => hide(parts, desk, acting, "none"),
    }),
    actRoute(parts, {
      path: "private",
      act: "publish",
      schema: nothing,
      perform: (acting) => hide(parts, desk, acting, "private"),
    }),
    actRoute(parts, {
      path: "address",
      act: "write",
      schema: z.object({ slug: z.string().max(500) }),
      perform: (acting) => move(parts, acting),
    }),
    askBeforeWithdrawing(parts),
    actRoute(parts, {
      path: "withdraw",
      act: "publish",
      schema: nothing,
      perform: (acting) => withdraw(parts, acting),
    }),
  ];
}

function seenBy({ text, form, visit }: Acting<{ readonly revision: string }>): Seen {
  return { textId: text.id, revision: form.revision, by: visit.person.id };
}

interface PublishForm {
  readonly revision: string;
  readonly insists?: "yes" | undefined;
}

function decisionOf(acting: Acting<PublishForm>): Decision {
  return { ...seenBy(acting), insists: acting.form.insists === "yes" };
}

interface StepForm {
  readonly revision: string;
  readonly to: Workflow;
  readonly reason: string;
}

/** Judging takes an editor; handing in, and taking back what one handed in, its author too. */
async function takeStep(parts: PiecesParts, desk: Desk, acting: Acting<StepForm>): Promise<Outcome> {
  const { to, reason } = acting.form;
  const from = parts.pieces.revision(acting.form.revision)?.workflow;
  if ((to === "ready" || from === "ready") && !mayPublish(parts, acting)) throw new Refusal(403);
  return await outcomeOf(desk.step(seenBy(acting), to, reason), successOf(from, to, reason), () => {
    acting.note("text.step", `${from} → ${to}`);
    return undefined;
  });
}

function successOf(from: Workflow | undefined, to: Workflow, reason: string) {
  if (to === "ready") return "ready";
  if (to === "in review") return from === "ready" ? "sent back" : "handed in";
  return reason === "" ? "taken back" : "sent back";
}

function mayPublish({ database }: PiecesParts, { text, visit }: Acting<unknown>): boolean {
  const place = placeOfText(database, text.id);
  return place !== undefined && visit.person.may("publish", place);
}

async function publish(parts: PiecesParts, desk: Desk, acting: Acting<PublishForm>): Promise<Outcome> {
  const decided = desk.publish(decisionOf(acting));
  const isDone = decided.outcome === "refused" && decided.reason === "already so";
  // What was decided before may not have got to readers then: the disk was full, the machine went down.
  if (isDone) return { notice: "already so", readers: await reachReaders(parts) };
  return await outcomeOf(decided, "published", () => {
    acting.note("text.publish");
    return reachReaders(parts);
  });
}

async function schedule(
  parts: PiecesParts,
  desk: Desk,
  acting: Acting<PublishForm & { readonly at: string }>,
): Promise<Outcome> {
  const at = momentOfLocal(acting.form.at, parts.config.site.time_zone);
  if (at === undefined) return { notice: "no time" };
  const outcome = await outcomeOf(desk.schedule(decisionOf(acting), at), "scheduled", () => {
    acting.note("text.schedule", at);
    return undefined;
  });
  return asksAgain(outcome.notice) ? { ...outcome, at: acting.form.at } : outcome;
}

async function hide(
  parts: PiecesParts,
  desk: Desk,
  { text, note }: Acting<unknown>,
  to: "none" | "private",
): Promise<Outcome> {
  return await outcomeOf(desk.hide(text.id, to), to === "none" ? "unscheduled" : "private", () => {
    note(to === "none" ? "text.unschedule" : "text.private");
    return reachIf(text.publication === "published", parts);
  });
}

/** Before it is public, its author may name it; afterwards readers' links depend on it. */
async function move(parts: PiecesParts, acting: Acting<{ readonly slug: string }>): Promise<Outcome> {
  const { text, form, note } = acting;
  if (text.path !== null && !mayPublish(parts, acting)) throw new Refusal(403);
  const slug = slugFrom(form.slug);
  if (!isSlug(slug)) return { notice: "no address" };
  if (slug === text.slug) return { notice: "already so" };
  return await outcomeOf(parts.pieces.changeSlug(text.id, slug), "moved", () => {
    note("text.move");
    return reachIf(text.publication === "published", parts);
  });
}

function askBeforeWithdrawing(parts: PiecesParts): PersonRoute {
  return {
    method: "GET",
    path: "/texts/:text/withdraw",
    access: { act: "publish", at: atText(parts.database) },
    handle: (visit: SignedIn) => {
      const view = viewText(parts, visit, visit.params["text"] ?? "");
      if (view === undefined) throw new Refusal(404);
      return page(WithdrawPage({ visit, view }));
    },
  };
}

/** What was public once goes from every edition too; what never was is only closed. */
async function withdraw(parts: PiecesParts, { text, note }: Acting<unknown>): Promise<Outcome> {
  const { pieces } = parts;
  if (text.publication === "withdrawn") return { notice: "already so" };
  if (text.publication === "none") return { notice: "no such step" };
  if (text.path === null) {
    return await outcomeOf(pieces.withdraw(text.id), "withdrawn", () => {
      note("text.withdraw");
      return undefined;
    });
  }
  const withdrawing = withdrawText(parts, text);
  const isMarked = pieces.text(text.id)?.publication === "withdrawn";
  if (!isMarked) await withdrawing;
  note("text.withdraw");
  return { notice: "withdrawn", readers: await reachReaders(parts, () => withdrawing) };
}
