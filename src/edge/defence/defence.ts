/**
 * How an edge defends itself, in its main thread: about every 100 ms it looks at what the workers saw, and decides the mode, the rules, what
 * counts as peace, and who is handed to the kernel. Nobody else is needed for any of it, neither the watch nor the bus; and no reader waits for it.
 */
import type { Clock } from "../../base/clock.ts";
import { OperatorError } from "../../base/errors.ts";
import type { Log } from "../../base/log.ts";
import { RecentMap } from "../../base/recent-map.ts";
import type { Asked, Event } from "../../bus/bus.ts";
import type { Mode } from "../../bus/facts.ts";
import type { Config } from "../../config/settings.ts";
import { Health } from "../../decision/modes/health.ts";
import { type Forced, ModeMachine, type ModeStep } from "../../decision/modes/mode.ts";
import { Volume, type VolumeSign } from "../../decision/modes/volume.ts";
import { endings, type Rule } from "../../decision/signatures/rule.ts";
import { Rulebook } from "../../decision/signatures/rulebook.ts";
import { coverageMin } from "../../decision/signatures/search.ts";
import { Window } from "../../decision/signatures/window.ts";
import type { HashKey } from "../../decision/source.ts";
import type { SourceTable } from "../../decision/sources/source-table.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { ToWorker, WorkerReport } from "../messages.ts";
import type { Notes } from "../worker-notes.ts";
import { rulesAct } from "../state.ts";
import { logMode, logRule } from "./journal.ts";
import { Permission } from "./permission.ts";
import { RuleTotals } from "./rule-totals.ts";
import { Seen } from "./seen.ts";
import type { Strain } from "./strain.ts";
import type { Usual } from "./usual.ts";

/** How often an edge looks at itself. */
export const tickMs = 100;

export interface DefenceOptions {
  readonly settings: Config["decision"];
  readonly hashKey: HashKey;
  readonly usual: Usual;
  readonly strain: Strain;
  readonly sources: SourceTable;
  /** How many report. */
  readonly workers: number;
  readonly newId: () => string;
  readonly clock: Clock;
  readonly log: Log;
  /** All workers. */
  readonly tell: (message: ToWorker) => void;
  /** The mode or a rule changed. */
  readonly changed: () => void;
}

/** The last step of the ladder, whatever does it. */
export type Dropper = Pick<Kernel, "ban" | "unban" | "spare" | "unbanAll" | "state" | "banned">;

/** What the three say at this moment, and what follows. */
export interface Look extends ModeStep {
  readonly volume: VolumeSign;
  readonly composition: boolean;
  readonly health: boolean;
}

/** Addresses that wait for the kernel; whoever is beyond them is named again later. */
const namedMax = 65_536;
const nobody = { ban: [], banBriefly: [] } as const;
/** Links from rules to incidents that are remembered. */
const incidentsMax = 256;

const siegeForGood: Forced = { mode: "siege", untilMs: Number.POSITIVE_INFINITY };

export class Defence {
  readonly #options: DefenceOptions;
  readonly #window: Window;
  readonly #rulebook: Rulebook;
  readonly #modes = new ModeMachine();
  readonly #volume: Volume;
  readonly #health = new Health();
  readonly #permission = new Permission();
  readonly #totals = new RuleTotals();
  /** What the last seconds looked like. */
  readonly seen: Seen;
  #kernel: Dropper | undefined;
  /** Addresses for it that it was not told yet. */
  #named: Pick<Notes["forKernel"], "ban" | "banBriefly"> = nobody;
  /** Since the last tick. */
  #requests = 0;
  #isFrozen = false;
  /** By rule. */
  readonly #incidents = new RecentMap<string, string>(incidentsMax);
  #look: Look;

  constructor(options: DefenceOptions) {
    const { settings, hashKey, workers, clock, newId } = options;
    const nowMs = clock.nowMs();
    this.#options = options;
    this.#window = new Window(hashKey, workers);
    this.#rulebook = new Rulebook({ ceiling: settings.reader_harm_max, newId });
    this.#volume = new Volume(nowMs);
    this.seen = new Seen(this.#window);
    this.#look = this.#lookAround(nowMs);
  }

  get look(): Look {
    return this.#look;
  }

  get mode(): Mode {
    return this.#look.mode;
  }

  get kernel(): Dropper | undefined {
    return this.#kernel;
  }

  get isFrozen(): boolean {
    return this.#isFrozen;
  }

  /** By an operator, not by the configuration. */
  get forced(): Forced | undefined {
    const { forced } = this.#modes;
    return forced === siegeForGood ? undefined : forced;
  }

  /** By an operator or by the configuration: not what a flood alone can bring about. */
  get isSiegeOrdered(): boolean {
    return this.#modes.forced?.mode === "siege";
  }

  /** Everything is worked out, and nothing of it done. */
  get isDryRun(): boolean {
    return this.#options.settings.mode === "shadow";
  }

  /** Live ones first, then those that ended lately. */
  get rules(): readonly Rule[] {
    return this.#rulebook.list();
  }

  /** What workers ask of requests: nothing while an operator insists on calm. */
  get rulesForWorkers(): readonly Rule[] {
    if (this.forced?.mode === "calm") return [];
    return this.rules.filter(({ state }) => state !== "expired");
  }

  /** `worker`: its slot. */
  hear(worker: number, report: WorkerReport): void {
    const { requests, sample, notes, lagMs, origin } = report;
    const { strain, usual, clock } = this.#options;
    const nowMs = clock.nowMs();
    this.#requests += requests;
    strain.hear(lagMs, origin, nowMs);
    this.#window.add(sample, nowMs);
    this.seen.add(worker, report, nowMs);
    usual.hear(sample, nowMs);
    this.#totals.add(notes);
    if (this.#acts) this.#name(notes);
    this.#letIn(notes);
  }

  /** About every `tickMs`. */
  tick(): void {
    const { usual, sources, clock, settings } = this.#options;
    const nowMs = clock.nowMs();
    sources.forget(nowMs);
    if (settings.mode === "off") return;
    const before = this.#look;
    this.#look = this.#lookAround(nowMs);
    const isRuledAnew = this.#stepRules(nowMs);
    sources.tellCalm(this.mode === "calm", nowMs);
    const mayLearn = this.#permission.mayLearn(this.#isPeaceful, nowMs);
    usual.tend({ mayLearn, isHigh: this.#look.volume.high }, nowMs);
    this.#drop(nowMs);
    if (this.#look.changed) this.#tellMode(before.mode);
    if (this.#look.changed || isRuledAnew) this.#options.changed();
  }

  /** The kernel is opened once it is known which ports there are. */
  useKernel(kernel: Dropper): void {
    this.#kernel = kernel;
  }

  hearWatch(learning: Event<"learning">): void {
    this.#permission.hear(learning, this.#options.clock.nowMs());
  }

  linkIncident({ id, rules }: Pick<Event<"incident">, "id" | "rules">): void {
    for (const rule of rules) this.#incidents.set(rule, id);
  }

  incidentOf({ id, incident }: Rule): string | null {
    return this.#incidents.get(id) ?? incident;
  }

  /** Throws OperatorError where there is no defence. */
  force({ mode, seconds }: Asked<"edge.defence.force">): void {
    if (this.#options.settings.mode === "off") {
      throw new OperatorError("the defence is off", {
        hint: 'set decision.mode to "auto" first',
        exitCode: 2,
      });
    }
    const nowMs = this.#options.clock.nowMs();
    this.#modes.force(mode === "auto" ? undefined : { mode, untilMs: nowMs + seconds * 1_000 });
    this.#options.log.info("an operator decides the mode", { mode, seconds });
    this.tick();
  }

  freeze(isFrozen: boolean): void {
    this.#isFrozen = isFrozen;
    this.#options.log.info(isFrozen ? "an operator freezes the rules" : "the rules are no longer frozen");
    this.#options.changed();
  }

  /** Takes back everything that the defence did by itself; gives the rules. */
  undo(): readonly Rule[] {
    const { clock, sources, log } = this.#options;
    const rules = this.#rulebook.undo(clock.nowMs());
    this.#named = nobody;
    this.#kernel?.unbanAll();
    sources.forgive();
    log.info("an operator takes back what the defence did", { rules: rules.length });
    this.#tellRules(rules);
    return rules;
  }

  addRule(ask: Asked<"edge.rules.add">): { readonly rule: Rule } | { readonly objection: string } {
    const { usual, clock, settings } = this.#options;
    if (settings.mode === "off") return { objection: 'decision.mode is "off": this edge has no rules' };
    const added = this.#rulebook.add(ask, {
      peace: usual.peace,
      window: this.#window,
      nowMs: clock.nowMs(),
    });
    if ("rule" in added) this.#tellRules([added.rule]);
    return added;
  }

  enableRule(id: string): Rule | undefined {
    const rule = this.#rulebook.enable(id, this.#options.clock.nowMs());
    if (rule !== undefined) this.#tellRules([rule]);
    return rule;
  }

  disableRule(id: string): Rule | undefined {
    const rule = this.#rulebook.disable(id, endings.off, this.#options.clock.nowMs());
    if (rule !== undefined) this.#tellRules([rule]);
    return rule;
  }

  get #acts(): boolean {
    return rulesAct(this.#options.settings) && this.forced?.mode !== "calm";
  }

  get #isPeaceful(): boolean {
    const { mode, composition, health } = this.#look;
    return mode === "calm" && !composition && !health;
  }

  /** Composition is strange exactly when a harmless rule covers a real part of what goes beyond the usual. */
  #lookAround(nowMs: number): Look {
    const { usual, strain, settings } = this.#options;
    const volume = this.#volume.step({ requests: this.#requests, usualPerS: usual.ratePerS(nowMs), nowMs });
    this.#requests = 0;
    const composition = volume.high && this.#rulebook.coverage() >= coverageMin;
    const health = this.#health.step(strain.look(nowMs), nowMs).bad;
    if (settings.mode === "siege" && this.#modes.forced === undefined) this.#modes.force(siegeForGood);
    const step = this.#modes.step({ volume: volume.high, composition, health, nowMs });
    return { ...step, volume, composition, health };
  }

  /** Whether workers were told other rules than before. */
  #stepRules(nowMs: number): boolean {
    const { usual } = this.#options;
    const { mode, volume } = this.#look;
    const changes = this.#rulebook.step({
      window: this.#window,
      peace: usual.peace,
      excess: volume.high ? volume.excessPerS : 0,
      mode,
      frozen: this.#isFrozen || this.forced?.mode === "calm",
      reports: this.#totals.take(this.rulesForWorkers.map(({ id }) => id)),
      nowMs,
    });
    if (changes.length > 0) this.#tellRules(changes.map(({ rule }) => rule));
    return changes.length > 0;
  }

  #name({ forKernel: { ban, banBriefly } }: Notes): void {
    this.#named = {
      ban: [...this.#named.ban, ...ban].slice(0, namedMax),
      banBriefly: [...this.#named.banBriefly, ...banBriefly].slice(0, namedMax),
    };
  }

  /** Whom the ladder named is kept until the kernel is open. */
  #drop(nowMs: number): void {
    const { ban, banBriefly } = this.#named;
    if (this.#kernel === undefined || ban.length + banBriefly.length === 0) return;
    this.#kernel.ban(ban, nowMs);
    this.#kernel.ban(banBriefly, nowMs, true);
    this.#named = nobody;
  }

  /** The kernel remembers it, also where the same address is named at the same moment. */
  #letIn({ forKernel: { unban, spare } }: Notes): void {
    const nowMs = this.#options.clock.nowMs();
    if (unban.length > 0) this.#kernel?.unban(unban, nowMs);
    if (spare.length > 0) this.#kernel?.spare(spare, nowMs);
  }

  #tellRules(changed: readonly Rule[]): void {
    for (const rule of changed) logRule(this.#options.log, rule);
    this.#options.tell({ kind: "rules", rules: this.rulesForWorkers });
    this.#options.changed();
  }

  #tellMode(before: Mode): void {
    const { log, tell } = this.#options;
    logMode(log, before, this.#look);
    tell({ kind: "mode", mode: this.mode });
    // Forcing calm takes all of them away, its end gives them back.
    tell({ kind: "rules", rules: this.rulesForWorkers });
  }
}
