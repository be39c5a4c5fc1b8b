/** The protected site's addresses in the studio. What an edge says is waited for a moment only; what a person decides is done by errands. */
import type { Clock } from "../base/clock.ts";
import { rfc3339, hourMs } from "../base/clock.ts";
import { OperatorError } from "../base/errors.ts";
import type { Bus } from "../bus/bus.ts";
import { type OriginState, siblingIn } from "../bus/origin-facts.ts";
import type { Audit } from "../people/audit.ts";
import { page, readForm, Refusal, seeOther } from "../web/answers.ts";
import type { Right, Route, SignedIn } from "../web/route.ts";
import { type Act, Errands, type Outcome } from "./errands.ts";
import { pictureOf, picturesOf } from "./evidence-pictures.ts";
import { approvalForm, maintenanceForm, releaseForm, type Said, saidSchema, workingForm } from "./orders.ts";
import type { Origin } from "./origin.ts";
import { OriginPage } from "./page-origin.tsx";
import { QuestionPage } from "./page-question.tsx";
import { sidesOf } from "./questions/sides.ts";

export interface OriginPagesParts {
  /** Undefined where no site is protected: there are no pages then. */
  readonly origin: Origin | undefined;
  readonly bus: Pick<Bus, "request">;
  readonly clock: Clock;
  readonly audit: Pick<Audit, "note">;
  /** The folder of what was gathered about findings. */
  readonly evidence: string;
}

const mayWatch: Right = { act: "watch", at: "anywhere" };
/** The whole site is decided on. */
const mayDecide: Right = { act: "defend", at: "everywhere" };
/** No page waits longer for an edge. */
const patience = { timeoutMs: 500 } as const;
const orderPatience = { timeoutMs: 3_000 } as const;
/** Two hundred addresses of a snapshot that somebody approves by name. */
const approvalBytesMax = 700_000;
const errandWaitMs = 4_000;

export function originRoutes({ origin, ...parts }: OriginPagesParts): readonly Route[] {
  if (origin === undefined) return [];
  const pages = new OriginPages({ ...parts, origin });
  const shown = (path: string, handle: (visit: SignedIn) => Promise<Response>): Route => ({
    method: "GET",
    path,
    access: mayWatch,
    handle,
  });
  const decided = (path: string, handle: (visit: SignedIn) => Promise<Response>): Route => ({
    method: "POST",
    path,
    access: mayDecide,
    handle,
  });
  return [
    shown("/origin", (visit) => pages.origin(visit)),
    shown("/origin/questions/:question", (visit) => pages.question(visit)),
    shown("/origin/evidence/:finding/:picture", (visit) => pages.picture(visit)),
    decided("/origin/questions/:question/accept", (visit) => pages.accept(visit)),
    decided("/origin/questions/:question/quarantine", (visit) => pages.quarantine(visit)),
    decided("/origin/quarantine", (visit) => pages.hold(visit)),
    decided("/origin/release", (visit) => pages.release(visit)),
    decided("/origin/working", (visit) => pages.work(visit)),
    decided("/origin/working/end", (visit) => pages.endWork(visit)),
    decided("/origin/maintenance", (visit) => pages.maintain(visit)),
    decided("/origin/maintenance/end", (visit) => pages.endMaintenance(visit)),
    decided("/origin/purge", (visit) => pages.purge(visit)),
    decided("/origin/snapshot", (visit) => pages.beginSnapshot(visit)),
    {
      ...decided("/origin/snapshot/approve", (visit) => pages.approve(visit)),
      bodyBytesMax: approvalBytesMax,
    },
  ];
}

class OriginPages {
  readonly #parts: OriginPagesParts & { readonly origin: Origin };
  readonly #errands: Errands;

  constructor(parts: OriginPagesParts & { readonly origin: Origin }) {
    this.#parts = parts;
    this.#errands = new Errands({ clock: parts.clock, waitMs: errandWaitMs });
  }

  async origin(visit: SignedIn): Promise<Response> {
    const { origin } = this.#parts;
    return page(
      OriginPage({
        visit,
        state: await this.#state(),
        snapshot: origin.snapshot.facts(),
        progress: origin.snapshot.progress(),
        questions: origin.questions.list("open"),
        errand: this.#errands.last,
        said: saidSchema.safeParse(visit.url.searchParams.get("said")).data,
        mayDecide: visit.person.may(mayDecide.act, "everywhere"),
      }),
    );
  }

  async question(visit: SignedIn): Promise<Response> {
    const { origin, evidence } = this.#parts;
    const question = origin.questions.get(visit.params["question"] ?? "");
    if (question === undefined) throw new Refusal(404);
    const isElsewhere = siblingIn(question.facts) !== undefined;
    const addresses = isElsewhere ? [] : origin.questions.addressesOf(question.id);
    const named = visit.url.searchParams.get("address");
    const address = addresses.find((each) => each === named) ?? addresses[0];
    const findings =
      address === undefined && !isElsewhere ? [] : origin.questions.findingsOf(question.id, address);
    const pictures = await Promise.all(
      findings.slice(0, findingsShown).map(async (finding) => {
        const names = await picturesOf(evidence, finding);
        return names.map((name) => `/origin/evidence/${encodeURIComponent(finding)}/${name}`);
      }),
    );
    return page(
      QuestionPage({
        visit,
        question,
        address,
        sides: address && (await sidesOf(this.#parts, address, findings)),
        pictures: pictures.flat(),
        mayDecide: visit.person.may(mayDecide.act, "everywhere"),
      }),
    );
  }

  async picture({ params }: SignedIn): Promise<Response> {
    const { finding = "", picture = "" } = params;
    const data = await pictureOf(this.#parts.evidence, finding, picture);
    if (data === undefined) throw new Refusal(404);
    return new Response(data, {
      headers: { "content-type": "image/png", "content-security-policy": "default-src 'none'; sandbox" },
    });
  }

  async accept(visit: SignedIn): Promise<Response> {
    const id = this.#openQuestion(visit);
    return await this.#run(visit, "accept", id, async () => {
      const { pages } = await this.#parts.origin.deciding.accept(id);
      return { kind: "accepted", pages };
    });
  }

  async quarantine(visit: SignedIn): Promise<Response> {
    const id = this.#openQuestion(visit);
    return await this.#run(visit, "quarantine", id, () => this.#quarantine(id));
  }

  async hold(visit: SignedIn): Promise<Response> {
    return await this.#run(visit, "quarantine", "site", () => this.#quarantine(null));
  }

  async #quarantine(id: string | null): Promise<Outcome> {
    await this.#parts.origin.deciding.quarantine(id, "decided in the studio");
    return { kind: "refused" };
  }

  async release(visit: SignedIn): Promise<Response> {
    const { anyway } = await readForm(visit, releaseForm, formBytesMax);
    return await this.#run(visit, "release", "site", async () => {
      const { released, contradictions } = await this.#parts.origin.deciding.release(anyway === "yes");
      return { kind: released ? "released" : "still held", contradictions };
    });
  }

  async work(visit: SignedIn): Promise<Response> {
    const { hours } = await readForm(visit, workingForm, formBytesMax);
    return await this.#order(visit, "working", () =>
      this.#parts.bus.request("edge.origin.working", { until: this.#in(hours) }, orderPatience),
    );
  }

  async endWork(visit: SignedIn): Promise<Response> {
    return await this.#order(visit, "working.end", () =>
      this.#parts.bus.request("edge.origin.working", { until: null }, orderPatience),
    );
  }

  async maintain(visit: SignedIn): Promise<Response> {
    const { hours, message } = await readForm(visit, maintenanceForm, formBytesMax);
    const until = hours === 0 ? null : this.#in(hours);
    return await this.#order(visit, "maintenance", () =>
      this.#parts.bus.request("edge.maintenance.on", { until, message }, orderPatience),
    );
  }

  async endMaintenance(visit: SignedIn): Promise<Response> {
    return await this.#order(visit, "maintenance.end", () =>
      this.#parts.bus.request("edge.maintenance.off", {}, orderPatience),
    );
  }

  async purge(visit: SignedIn): Promise<Response> {
    const purge = () => this.#parts.bus.request("edge.origin.purge", { all: true }, orderPatience);
    return await this.#order(visit, "purge", purge, "purged");
  }

  async beginSnapshot(visit: SignedIn): Promise<Response> {
    try {
      this.#parts.origin.beginSnapshot(true);
    } catch (thrown) {
      if (!(thrown instanceof OperatorError)) throw thrown;
      return backWith("suspicious");
    }
    this.#note(visit, "snapshot", "site");
    return seeOther("/origin#baseline");
  }

  async approve(visit: SignedIn): Promise<Response> {
    const { started, include } = await readForm(visit, approvalForm, approvalBytesMax);
    const { snapshot } = this.#parts.origin;
    // Another one than was looked at.
    if (snapshot.facts().started_at !== started) throw new Refusal(409);
    return await this.#run(visit, "approve", "site", async () => {
      await this.#parts.origin.approve(include);
      return { kind: "approved" };
    });
  }

  /** The id of the question that the address names, where it can still be answered. */
  #openQuestion({ params }: SignedIn): string {
    const question = this.#parts.origin.questions.get(params["question"] ?? "");
    if (question === undefined) throw new Refusal(404);
    if (question.status !== "open") throw new Refusal(409);
    return question.id;
  }

  async #run(visit: SignedIn, act: Act, subject: string, work: () => Promise<Outcome>): Promise<Response> {
    const started = this.#errands.start(act, async () => {
      // Also what comes to nothing: that somebody decided it is what the record is for.
      this.#note(visit, act, subject);
      return await work();
    });
    return (await started) ? seeOther("/origin") : backWith("busy");
  }

  async #order(visit: SignedIn, act: string, order: () => Promise<unknown>, said?: Said): Promise<Response> {
    this.#note(visit, act, "site");
    const isDone = await order().then(
      () => true,
      () => false,
    );
    if (!isDone) return backWith("no answer");
    return said === undefined ? seeOther("/origin") : backWith(said);
  }

  #note({ person }: SignedIn, act: string, subject: string): void {
    this.#parts.audit.note({ account: person.id, act: `origin.${act}`, subject });
  }

  /** Undefined where no edge answers. */
  async #state(): Promise<OriginState | undefined> {
    const answer = await this.#parts.bus.request("edge.origin", {}, patience).catch(() => undefined);
    return answer?.origin ?? undefined;
  }

  #in(hours: number): string {
    return rfc3339(this.#parts.clock.nowMs() + hours * hourMs);
  }
}

const findingsShown = 3;
/** A few short fields, and a message that percent-encoding may have made nine times as long. */
const formBytesMax = 12_000;

function backWith(said: Said): Response {
  return seeOther(`/origin?${new URLSearchParams({ said })}`);
}
