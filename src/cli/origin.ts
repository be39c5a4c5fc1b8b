/** `kasbah origin`: how the protected site stands, what is asked about it, and what somebody decides. */
import type { Command } from "commander";
import { rfc3339, systemClock } from "../base/clock.ts";
import { OperatorError } from "../base/errors.ts";
import type { Answer, Event } from "../bus/bus.ts";
import type { Question } from "../bus/origin-facts.ts";
import { durationSeconds } from "./arguments.ts";
import { type Ask, runningInstance, withInstance } from "./connect.ts";
import { counted, moment } from "./format.ts";
import { type Define, type Invocation, invocationOf, show, withJson } from "./invocation.ts";
import { patience, withNewsroom, withPublishing } from "./newsroom-role.ts";
import { evidence } from "./origin-evidence.ts";
import {
  describeContradictions,
  describeOrigin,
  describeQuestions,
  type OriginFacts,
} from "./origin-words.ts";
import { addressesDone, ProgressLine } from "./progress.ts";

export const define: Define = (command) => {
  withJson(command).action(async () => {
    const invocation = invocationOf(command);
    const facts = await factsOf(invocation);
    show(invocation, facts, () => describeOrigin(facts));
  });
  questions(withJson(command.command("questions").description("what is asked, newest first")));
  accept(
    withJson(command.command("accept").description("it is ours: what is new becomes baseline, at once")),
  );
  quarantine(
    withJson(command.command("quarantine").description("it is not ours: only approved copies, everywhere")),
  );
  release(withJson(command.command("release").description("look at the site; live again if it is right")));
  working(
    withJson(command.command("working").description("we are working on the site: ask nothing meanwhile")),
  );
  evidence(
    withJson(command.command("evidence").description("check what was kept about a finding by the log")),
  );
  purge(withJson(command.command("purge").description("forget cached answers")));
};

/** The newsroom knows without an edge what is asked; the edge alone knows how readers are served. */
async function factsOf(invocation: Invocation): Promise<OriginFacts> {
  const known = await withNewsroom(invocation, async (ask) => {
    const { snapshot } = await ask("newsroom.snapshot", {});
    const { questions: asked } = await ask("newsroom.origin.questions", {});
    return { snapshot, questions: asked.filter(({ status }) => status === "open") };
  });
  await using bus = await runningInstance(invocation);
  const state = await bus?.request("edge.origin", {}).catch(() => undefined);
  return { state: state?.origin ?? null, ...known };
}

function questions(command: Command): void {
  command.option("--all", "also those that were answered, or are over");
  command.action(async ({ all }: { all?: boolean }) => {
    const invocation = invocationOf(command);
    const { questions: known } = await withNewsroom(invocation, (ask) =>
      ask("newsroom.origin.questions", {}),
    );
    const shown = all === true ? known : known.filter(({ status }) => status === "open");
    show(invocation, shown, () => describeQuestions(shown));
  });
}

function accept(command: Command): void {
  command.argument("[question]", "which one (default: every open one)");
  command.option("--yes", "also alarms, without naming them");
  command.action(async (named: string | undefined, { yes }: { yes?: boolean }) => {
    const invocation = invocationOf(command);
    const accepting = async (ask: Ask): Promise<Answer<"newsroom.origin.accept">> => {
      const { questions: known } = await ask("newsroom.origin.questions", {});
      requireNamed(known, named, yes === true);
      return await ask("newsroom.origin.accept", { question: named ?? null }, patience);
    };
    const done = await withProgress(invocation, accepting);
    show(invocation, done, () => [
      `${counted(done.accepted.length, "question")} accepted: ${counted(done.pages, "page")} learned and live`,
    ]);
  });
}

async function withProgress<T>(invocation: Invocation, work: (ask: Ask) => Promise<T>): Promise<T> {
  using line = new ProgressLine(process.stderr, systemClock);
  const tell = (progress: Event<"accept.progress">): void =>
    void (invocation.json || line.show(`reads again what is accepted: ${addressesDone(progress)}`));
  return await withPublishing(invocation, work, { "accept.progress": tell });
}

/** Many answers in one word must not let in what nobody who runs a site would do. */
function requireNamed(known: readonly Question[], named: string | undefined, isSure: boolean): void {
  const open = known.filter(({ status }) => status === "open");
  if (named !== undefined || isSure || open.length === 1 || !open.some(({ alarm }) => alarm)) return;
  throw new OperatorError("there are alarms among the open questions", {
    hint: "`kasbah origin questions` shows them; name the one that is meant, or say --yes",
    exitCode: 2,
  });
}

function quarantine(command: Command): void {
  command.argument("[question]", "which one it is about (default: every open one)");
  command.option("--reason <text>", "why; it stands in the register", "told by an operator");
  command.action(async (named: string | undefined, { reason }: { reason: string }) => {
    const invocation = invocationOf(command);
    const asked = { question: named ?? null, reason };
    const done = await withInstance(invocation, (bus) =>
      bus.request("newsroom.origin.quarantine", asked, patience),
    );
    show(invocation, done, () => [
      `only approved copies are shown from now on, until \`kasbah origin release\`; ${counted(done.refused.length, "question")} answered`,
    ]);
  });
}

function release(command: Command): void {
  command.option("--anyway", "although the site is not what its baseline says, or can't be read");
  command.action(async ({ anyway }: { anyway?: boolean }) => {
    const invocation = invocationOf(command);
    const asked = { anyway: anyway === true };
    const done = await withInstance(invocation, (bus) =>
      bus.request("newsroom.origin.release", asked, patience),
    );
    show(invocation, done, () =>
      done.released
        ? releasedWords(done.contradictions)
        : [
            "still held; these pages are not what the baseline says:",
            ...describeContradictions(done.contradictions),
          ],
    );
    if (!done.released) {
      throw new OperatorError("the site was not released", {
        hint: "clean it, or say what is yours with `kasbah origin accept`; --anyway releases it as it is",
      });
    }
  });
}

function releasedWords(kept: Answer<"newsroom.origin.release">["contradictions"]): string[] {
  if (kept.length === 0) return ["the site is live again"];
  return [
    "the site is live again; of these pages the approved copy is shown until `kasbah origin accept`:",
    ...describeContradictions(kept),
  ];
}

function working(command: Command): void {
  command.argument("<duration>", "like 30m or 2h; off ends it", (text) =>
    text === "off" ? 0 : durationSeconds(text),
  );
  command.action(async (seconds: number) => {
    const invocation = invocationOf(command);
    const until = seconds === 0 ? null : rfc3339(systemClock.nowMs() + seconds * 1_000);
    const done = await withInstance(invocation, (bus) => bus.request("edge.origin.working", { until }));
    show(invocation, done, () => [
      until === null
        ? "what is new is asked about again"
        : `until ${moment(until)} what is new is shown, marked as uncertain; what nobody would do is held all the same`,
    ]);
  });
}

function purge(command: Command): void {
  command.argument("[address]", "path and query, as a browser shows them");
  command.option("--tag <tag>", "every answer with this tag");
  command.option("--all", "everything");
  command.action(async (address: string | undefined, { tag, all }: { tag?: string; all?: boolean }) => {
    const invocation = invocationOf(command);
    const asked = {
      ...(address !== undefined && { address: pathOf(address) }),
      ...(tag !== undefined && { tag }),
      ...(all === true && { all }),
    };
    if (Object.keys(asked).length !== 1) {
      throw new OperatorError("one of an address, --tag and --all has to be given", {
        hint: "like `kasbah origin purge /2021/11/une-page/`",
        exitCode: 2,
      });
    }
    const done = await withInstance(invocation, (bus) => bus.request("edge.origin.purge", asked));
    show(invocation, done, () => [`${counted(done.purged, "answer")} forgotten`]);
  });
}

function pathOf(address: string): string {
  const url = URL.parse(address);
  return url === null ? address : url.pathname + url.search;
}
