/** The loop of an edge's defence in simulated time: a test says what workers report, and sees what they are told. */
import { ManualClock } from "../../src/base/clock.ts";
import type { Fields, Log } from "../../src/base/log.ts";
import { type DefenceFacts, defenceSchema } from "../../src/bus/facts.ts";
import type { Config } from "../../src/config/settings.ts";
import { SourceTable } from "../../src/decision/sources/source-table.ts";
import { Defence, tickMs } from "../../src/edge/defence/defence.ts";
import { defenceFacts } from "../../src/edge/defence/facts.ts";
import { Strain } from "../../src/edge/defence/strain.ts";
import { Usual } from "../../src/edge/defence/usual.ts";
import { EdgeDatabase } from "../../src/edge/edge-database.ts";
import type { ToWorker, WorkerReport } from "../../src/edge/messages.ts";
import { Lite } from "../../src/edge/lite/lite.ts";
import { WorkerNotes } from "../../src/edge/worker-notes.ts";
import { startMs } from "../edition-fixture.ts";
import { key, type Request, sampleOf } from "../synthetic-traffic.ts";
import { testConfig } from "./config.ts";

export interface Tick {
  /** Of all workers, each standing for `weight` requests. */
  readonly requests?: readonly Request[];
  readonly weight?: number;
  readonly lagMs?: number;
  readonly note?: (notes: WorkerNotes) => void;
}

export class SimulatedDefence implements Disposable {
  readonly clock = new ManualClock(startMs);
  readonly database: EdgeDatabase;
  readonly usual: Usual;
  readonly defence: Defence;
  readonly told: ToWorker[] = [];
  readonly lines: { readonly event: string; readonly fields: Fields }[] = [];
  readonly banned: string[] = [];
  readonly letIn: string[] = [];
  readonly spared: string[] = [];
  unbanned = 0;
  readonly #sources: SourceTable;

  /** `path`: of edge.sqlite; default: in memory. */
  constructor(
    settings: Partial<Config["decision"]> = {},
    { path = ":memory:", hasKernel = true }: { readonly path?: string; readonly hasKernel?: boolean } = {},
  ) {
    const { decision } = testConfig({ decision: { sources_max: 4_096, ...settings } });
    const { clock } = this;
    const note = (event: string, fields: Fields = {}): unknown => this.lines.push({ event, fields });
    const log: Log = { debug: note, info: note, warn: note, error: note };
    let rules = 0;
    this.database = new EdgeDatabase(path);
    this.usual = new Usual({ languages: ["ar", "fr"], hashKey: key, database: this.database, log });
    this.#sources = new SourceTable(key, new ArrayBuffer(SourceTable.bytes(decision.sources_max)));
    this.defence = new Defence({
      settings: decision,
      hashKey: key,
      usual: this.usual,
      strain: new Strain({ processors: 2, usedMs: () => 0 }),
      sources: this.#sources,
      workers: 2,
      newId: () => `rule-${(rules += 1)}`,
      clock,
      log,
      tell: (message) => this.told.push(message),
      changed: () => {},
    });
    if (hasKernel) this.openKernel();
  }

  openKernel(): void {
    this.defence.useKernel({
      state: "on",
      banned: 0,
      ban: (addresses) => this.banned.push(...addresses),
      unban: (addresses) => this.letIn.push(...addresses),
      spare: (addresses) => this.spared.push(...addresses),
      unbanAll: () => (this.unbanned += 1),
    });
  }

  /** One worker reports, then the loop looks. */
  tick({ requests = [], weight = 1, lagMs = 1, note = () => {} }: Tick = {}): void {
    this.clock.advance(tickMs);
    const notes = new WorkerNotes();
    note(notes);
    const report: WorkerReport = {
      requests: requests.length * weight,
      sample: sampleOf(requests, weight),
      notes: notes.take(),
      held: 0,
      counts: undefined,
      lagMs,
      lite: new Lite().take(),
      large: { countedBytes: 0, takenBytes: 0 },
      origin: undefined,
      gate: undefined,
      signIn: undefined,
      shown: undefined,
    };
    this.defence.hear(0, report);
    this.defence.tick();
  }

  /** The same tick for so long. */
  run(ms: number, tick: (atMs: number) => Tick): void {
    for (let atMs = 0; atMs < ms; atMs += tickMs) this.tick(tick(atMs));
  }

  /** Ms until it is so, at most `mostMs`; undefined where it never was. */
  until(isSo: () => boolean, tick: () => Tick, mostMs = 5_000): number | undefined {
    for (let ms = tickMs; ms <= mostMs; ms += tickMs) {
      this.tick(tick());
      if (isSo()) return ms;
    }
    return undefined;
  }

  get activeRules(): number {
    return this.defence.rules.filter(({ state }) => state === "active").length;
  }

  /** What workers ask of requests since they were last told. */
  get rulesOfWorkers(): readonly string[] {
    const last = this.told.findLast((message) => message.kind === "rules");
    return last?.kind === "rules" ? last.rules.map(({ id, state }) => `${id} ${state}`) : [];
  }

  /** In the form in which it travels. */
  get facts(): DefenceFacts {
    const nowMs = this.clock.nowMs();
    return defenceSchema.parse(
      defenceFacts(this.defence, { edge: "edge-test", sources: this.#sources, sockets: undefined, nowMs }),
    );
  }

  [Symbol.dispose](): void {
    this.database[Symbol.dispose]();
  }
}
