/**
 * Tells people: what the watch concludes waits in a durable queue, one line for each channel, until that channel has taken it or has had
 * its chances. The watch itself never waits for any of it.
 */
import type { Database } from "bun:sqlite";
import { type Clock, dayMs, rfc3339 } from "../../base/clock.ts";
import { messageOf } from "../../base/errors.ts";
import type { Log } from "../../base/log.ts";
import type { Random } from "../../base/random.ts";
import type { AlertState, Incident } from "../../bus/facts.ts";
import { type Question, siblingIn } from "../../bus/origin-facts.ts";
import { RecentMap } from "../../base/recent-map.ts";
import { inert } from "../../language/inert.ts";
import type { Effect, JobKind, JobLimits } from "../../jobs/job.ts";
import { Queue } from "../../jobs/queue.ts";
import { Worker } from "../../jobs/worker.ts";
import { type Alert, alertSchema, keyOf, ofIncident, ofQuestion, topicOf } from "./alert.ts";
import type { Channel } from "./channel.ts";
import { letterOf, type LetterContext } from "./compose.ts";
import { AlertRate, whileMs } from "./rate.ts";

export interface AlertsOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly channels: readonly Channel[];
  readonly context: Omit<LetterContext, "language">;
  /** For tests: how long one attempt may take, how long a question waits, and how soon the next attempt comes. */
  readonly patienceMs?: number;
  readonly growsForMs?: number;
  readonly limits?: Partial<JobLimits>;
}

/** Nobody is told of a question before that: by then it is known whether it is about one page or about all of them. */
const growsForMs = 5_000;
/** Of one attempt. */
const attemptMs = 15_000;
/** What is under way when the watch stops may still be taken for so long: what was taken isn't told again. */
const closingMs = 1_000;
/** Characters of what the other side, or the system, says of a failure. */
const errorMost = 300;
/** Within some three hours; what nobody took by then is old news, and shows in `kasbah status`. */
const limits: Partial<JobLimits> = {
  waitingMax: 500,
  attemptsMax: 24,
  retryFirstMs: 5_000,
  retryMostMs: 10 * 60_000,
};
/** News that were told lately, so that the queue isn't asked each time. */
const toldMax = 2_000;

export class Alerts implements AsyncDisposable {
  readonly #options: AlertsOptions;
  readonly #queue: Queue;
  readonly #lines: readonly Line[];
  readonly #rate = new AlertRate();
  readonly #told = new Set<string>();
  /** Of the questions that are open, what they are about by now. */
  readonly #asked = new RecentMap<string, Alert>(toldMax);

  constructor(options: AlertsOptions) {
    this.#options = options;
    this.#queue = new Queue({ ...options, limits: { ...limits, ...options.limits } });
    this.#lines = options.channels.map(
      (channel) =>
        new Line(channel, this.#queue, {
          ...options,
          newest: (alert) => this.#asked.get(keyOf(alert)) ?? alert,
        }),
    );
    this.#lines.forEach((line) => line.begin());
  }

  get states(): AlertState[] {
    return this.#lines.map((line) => line.state);
  }

  /** As often as somebody likes: each change is told once. */
  tell(incident: Incident): void {
    const isKnown = ["opened", "breached"].some((change) =>
      this.#told.has(`incident ${incident.id} ${change}`),
    );
    this.#add(ofIncident(incident, isKnown, this.#now));
  }

  /** Of a name that readers reach without Kasbah the incident is told, and nobody's decision changes what they see. */
  ask(question: Question): void {
    if (question.status !== "open" || siblingIn(question.facts) !== undefined) return;
    const alert = ofQuestion(question, this.#now);
    this.#asked.set(keyOf(alert), alert);
    this.#add(alert, question.alarm ? 0 : (this.#options.growsForMs ?? growsForMs));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#lines.map((line) => line[Symbol.asyncDispose]()));
  }

  get #now(): string {
    return rfc3339(this.#options.clock.nowMs());
  }

  #add(alert: Alert | undefined, waitMs = 0): void {
    if (alert === undefined || this.#lines.length === 0 || this.#isTold(keyOf(alert))) return;
    const nowMs = this.#options.clock.nowMs();
    if (this.#rate.allows(topicOf(alert), nowMs))
      return this.#lines.forEach((line) => line.add(alert, nowMs + waitMs));
    const dueMs = Math.ceil((nowMs + 1) / whileMs) * whileMs;
    const digest: Alert = { about: "digest", of: topicOf(alert), at: rfc3339(dueMs) };
    this.#lines.forEach((line) => line.add(digest, dueMs));
  }

  #isTold(key: string): boolean {
    if (this.#told.has(key)) return true;
    this.#told.add(key);
    const [oldest] = this.#told;
    if (this.#told.size > toldMax && oldest !== undefined) this.#told.delete(oldest);
    return false;
  }
}

interface LineOptions extends AlertsOptions {
  /** The same news as it is by now. */
  readonly newest: (alert: Alert) => Alert;
}

/** One channel with a worker of its own, so that one that is slow holds up none of the others. */
class Line implements AsyncDisposable {
  readonly #channel: Channel;
  readonly #queue: Queue;
  readonly #options: LineOptions;
  readonly #kind: JobKind<Alert>;
  readonly #worker: Worker;
  #sent = 0;
  #failed = 0;
  #error: string | null = null;

  constructor(channel: Channel, queue: Queue, options: LineOptions) {
    this.#channel = channel;
    this.#queue = queue;
    this.#options = options;
    this.#kind = {
      name: `alert ${channel.name}`,
      payload: alertSchema,
      run: (alert, signal) => this.#send(options.newest(alert), signal),
    };
    this.#worker = new Worker({ ...options, queue, kinds: [this.#kind] });
  }

  get state(): AlertState {
    const { clock } = this.#options;
    const mine = (state: "waiting" | "running" | "dead") =>
      this.#queue.list(state).filter(({ kind }) => kind === this.#kind.name);
    return {
      channel: this.#channel.name,
      sent: this.#sent,
      failed: this.#failed,
      waiting: mine("waiting").length + mine("running").length,
      dead: mine("dead").filter(({ dueMs }) => clock.nowMs() - dueMs < dayMs).length,
      error: this.#error,
    };
  }

  /** No other process tells anybody: what a watch that was killed had begun doesn't wait for its lease to end. */
  begin(): void {
    this.#queue.reclaim([this.#kind.name]);
    this.#worker.wake();
  }

  /** Where it can't be kept (a full disk, a full queue) it is tried once, at once. */
  add(alert: Alert, dueMs: number): void {
    try {
      this.#queue.add(this.#kind, { key: keyOf(alert), payload: alert, dueMs });
      this.#worker.wake();
    } catch (thrown) {
      this.#options.log.error("can't keep an alert", {
        channel: this.#channel.name,
        error: messageOf(thrown),
      });
      this.#send(alert, AbortSignal.timeout(attemptMs)).catch(() => {});
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker[Symbol.asyncDispose]();
  }

  async #send(alert: Alert, signal: AbortSignal): Promise<Effect> {
    const { context, log, patienceMs = attemptMs } = this.#options;
    const { name: channel, language } = this.#channel;
    const letter = letterOf(alert, { ...context, language });
    const patience = [delayed(signal, closingMs), AbortSignal.timeout(patienceMs)];
    try {
      await this.#channel.send(letter, AbortSignal.any(patience));
    } catch (thrown) {
      this.#failed += 1;
      this.#error = inert(messageOf(thrown), errorMost);
      log.warn("an alert was not taken", { channel, alert: letter.type, error: this.#error });
      throw thrown;
    }
    this.#sent += 1;
    this.#error = null;
    log.info("an alert was taken", { channel, alert: letter.type });
    return () => {};
  }
}

/** Aborts so long after `signal` does. */
function delayed(signal: AbortSignal, byMs: number): AbortSignal {
  const late = new AbortController();
  signal.addEventListener("abort", () => setTimeout(() => late.abort(), byMs).unref());
  return late.signal;
}
