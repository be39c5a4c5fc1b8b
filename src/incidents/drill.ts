/**
 * A drill that somebody started in the studio: `kasbah attack` as a process of its own, one at a time, for a bounded time. The newsroom
 * holds no code that attacks anything; what may be attacked is that command's to decide.
 */
import { z } from "zod";
import type { Clock } from "../base/clock.ts";
import { messageOf } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import type { DrillOrder } from "./drill-bounds.ts";

export interface DrillsOptions {
  /** Program and first arguments of a command against this instance; undefined: none can be started. */
  readonly kasbah?: readonly string[] | undefined;
  readonly clock: Clock;
  readonly log: Log;
  /** A drill has begun or ended. */
  readonly changed: () => void;
}

/** What of the command's report the page tells. */
const recordSchema = z.object({
  report: z.object({
    flood: z.object({ sent: z.int() }),
    readers: z.object({ flood: z.object({ reads: z.int(), right: z.int(), p99_ms: z.number() }) }),
  }),
  incident: z.object({ id: z.string() }).nullable(),
});
export type DrillRecord = z.infer<typeof recordSchema>;

export type DrillEnd =
  | { readonly how: "done"; readonly record: DrillRecord }
  /** In the command's own words. */
  | { readonly how: "refused"; readonly message: string }
  | { readonly how: "stopped" }
  | { readonly how: "too long" };

export type DrillState =
  | { readonly kind: "none" }
  | { readonly kind: "running"; readonly order: DrillOrder; readonly startedMs: number }
  | { readonly kind: "over"; readonly order: DrillOrder; readonly startedMs: number; readonly end: DrillEnd };

/** Reading in calm before, people who still wait, reports and the watch's record after: what a drill takes beside its own seconds, at most. */
const besidesMs = 90_000;
/** A report names each address: some 20 bytes for each of 2,000. */
const outputBytesMax = 1024 * 1024;
const messageMax = 500;

export class Drills {
  readonly #options: DrillsOptions;
  #state: DrillState = { kind: "none" };
  #child: Bun.Subprocess<"ignore", "pipe", "pipe"> | undefined;
  #isStopped = false;

  constructor(options: DrillsOptions) {
    this.#options = options;
  }

  get state(): DrillState {
    return this.#state;
  }

  /** False where one is going on already, or none can be started. */
  start(order: DrillOrder): boolean {
    const { kasbah } = this.#options;
    if (kasbah === undefined || this.#state.kind === "running") return false;
    this.#isStopped = false;
    this.#state = { kind: "running", order, startedMs: this.#options.clock.nowMs() };
    void this.#run(kasbah, order);
    this.#options.changed();
    return true;
  }

  /** It then ends as soon as it has told the watch. False where none is going on. */
  stop(): boolean {
    if (this.#state.kind !== "running") return false;
    this.#isStopped = true;
    this.#child?.kill("SIGTERM");
    return true;
  }

  async #run(kasbah: readonly string[], order: DrillOrder): Promise<void> {
    // Without the newsroom it would go on for a while, and nobody would hear how it went.
    const kill = (): void => this.#child?.kill();
    process.once("exit", kill);
    const end = await this.#ended(kasbah, order);
    process.off("exit", kill);
    const { state } = this;
    if (state.kind !== "running") return;
    this.#child = undefined;
    this.#state = { ...state, kind: "over", end };
    this.#options.log.info("a drill ended", { how: end.how });
    this.#options.changed();
  }

  async #ended(kasbah: readonly string[], { profile, sources, seconds }: DrillOrder): Promise<DrillEnd> {
    const wishes = ["--sources", String(sources), "--seconds", String(seconds), "--json"];
    try {
      const child = Bun.spawn([...kasbah, "attack", profile, ...wishes], {
        stdio: ["ignore", "pipe", "pipe"],
        timeout: seconds * 1_000 + besidesMs,
        killSignal: "SIGKILL",
        maxBuffer: outputBytesMax,
      });
      this.#child = child;
      const [facts, complaint] = await Promise.all([
        new Response(child.stdout).text(),
        new Response(child.stderr).text(),
        child.exited,
      ]);
      if (this.#isStopped) return { how: "stopped" };
      if (child.signalCode === "SIGKILL") return { how: "too long" };
      if (child.exitCode === 0) return { how: "done", record: recordSchema.parse(JSON.parse(facts)) };
      return { how: "refused", message: lineOf(complaint) };
    } catch (thrown) {
      return { how: "refused", message: lineOf(messageOf(thrown)) };
    }
  }
}

/** `kasbah: there is nothing to drill …` without its beginning. */
function lineOf(complaint: string): string {
  const [first = ""] = complaint.trim().split("\n");
  return first.replace(/^kasbah: /, "").slice(0, messageMax);
}
