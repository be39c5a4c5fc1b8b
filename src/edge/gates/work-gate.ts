/**
 * What this worker's gates know: keys, what is asked for now, and what there is in anybody's hand. Who has standing waits in the origin's
 * queue (gate/); who has none is given a ticket (challenge.ts).
 */
import type { Random } from "../../base/random.ts";
import { fromBase64Url } from "../../base/bytes.ts";
import type { Asker } from "../../decision/gates/asker.ts";
import { Effort, type Served } from "../../decision/gates/effort.ts";
import { GateKeys } from "../../decision/gates/gate-keys.ts";
import { passBudget, Passes, passLifeMs } from "../../decision/gates/pass.ts";
import { Spent } from "../../decision/gates/spent.ts";
import type { Standing } from "../../decision/gates/standing.ts";
import {
  seedOf,
  type Ticket,
  ticketLifeMs,
  type TicketPurpose,
  Tickets,
} from "../../decision/gates/ticket.ts";
import { readToken } from "../../decision/gates/token.ts";
import { phoneEffort } from "../../decision/puzzle/puzzle.ts";
import { verify } from "../../decision/puzzle/verify.ts";
import type { SolverScript } from "../solver/solver-script.ts";
import { Budget } from "./budget.ts";
import { NetworkShare } from "./network-share.ts";
import { Readings } from "./readings.ts";
import type { SharedGates } from "./shared-gates.ts";
import { freeWork, type Work } from "./work.ts";

export interface WorkGateOptions {
  /** What its tickets are for. */
  readonly purpose: WorkPurpose;
  readonly shared: SharedGates;
  readonly random: Random;
  readonly monotonicMs: () => number;
  /** A test takes one of them away, to see what it holds off. */
  readonly guards?: Partial<Guards>;
}

export type WorkPurpose = Extract<TicketPurpose, "work" | "sign-in">;

export interface Guards {
  readonly spent: Pick<Spent, "spend">;
  readonly verify: typeof verify;
  /** Who shows a ticket sooner had no reason to. */
  readonly ripeAfterMs: number;
  /** A second; each costs some tens of microseconds. Who comes when there are more waits by time, with the same ticket. */
  readonly proofsMax: number;
}

const usualGuards = { verify, ripeAfterMs: 2_000, proofsMax: 2_000 } as const;

/** In the puzzle's solutions: at first a third of the most. */
const effortBounds = { first: 16, most: phoneEffort };
/** A second; each costs some microseconds, with pages that are read at several times that pace. */
const earlyTicketsMax = 1_000;

export class WorkGate {
  readonly purpose: WorkPurpose;
  readonly keys: GateKeys;
  readonly random: Random;
  readonly solver: SolverScript;
  readonly spent: Pick<Spent, "spend">;
  readonly readings = new Readings();
  /** Of one network, lately: what isn't ours, and what was sent and is to be given back. */
  readonly shares = { forged: new NetworkShare(24), sealed: new NetworkShare(120) } as const;
  readonly #tickets: Tickets;
  readonly #passes: Passes;
  readonly #effort: Effort;
  readonly #proofs: Budget;
  readonly #guards: Omit<Guards, "spent">;
  readonly #earlyTickets: Budget;
  readonly #monotonicMs: () => number;
  #ticketsGiven = 0;
  #passesGiven = 0;

  constructor({ purpose, shared, random, monotonicMs, guards = {} }: WorkGateOptions) {
    this.purpose = purpose;
    this.keys = new GateKeys(shared.secret);
    this.random = random;
    this.solver = shared.solver;
    this.spent = guards.spent ?? new Spent(shared.spent);
    this.#guards = { ...usualGuards, ...guards };
    this.#tickets = new Tickets(this.keys, random);
    this.#passes = new Passes(this.keys, random);
    this.#effort = new Effort(effortBounds, monotonicMs());
    this.#proofs = new Budget(this.#guards.proofsMax, monotonicMs);
    this.#earlyTickets = new Budget(earlyTicketsMax, monotonicMs);
    this.#monotonicMs = monotonicMs;
  }

  /** What is asked for now; 0: nothing but time. */
  get effort(): number {
    return this.#effort.effort;
  }

  note(served: Served): void {
    this.#effort.note(served);
  }

  take(): { readonly tickets: number; readonly passes: number } {
    const given = { tickets: this.#ticketsGiven, passes: this.#passesGiven };
    this.#ticketsGiven = this.#passesGiven = 0;
    return given;
  }

  /** To be called about once a second. */
  tend(): void {
    this.#effort.tend(this.#monotonicMs());
  }

  /** `known`: theirs, whose age counts; undefined: a new one. */
  ticket(known: Ticket | undefined, { site, nowMs }: Asker): string {
    const { effort, purpose } = this;
    if (known !== undefined) return this.#tickets.raised(known, Math.max(known.effort, effort), nowMs);
    this.#ticketsGiven += 1;
    return this.#tickets.issue({ purpose, site, effort, nowMs });
  }

  /** Before there is anything to wait for. Undefined: so many were given out in this second that readers would notice. */
  earlyTicket(asker: Asker): string | undefined {
    return this.#earlyTickets.take() ? this.ticket(undefined, asker) : undefined;
  }

  readTicket(text: string, { site, nowMs }: Asker): Ticket | undefined {
    return this.#tickets.read(text, { purpose: this.purpose, site, nowMs });
  }

  /** Good or not, it was given out here. */
  isOurs(text: string, { site, nowMs }: Asker): boolean {
    return readToken(this.keys, text, site, nowMs) !== undefined;
  }

  /** A pass for a ticket whose puzzle was solved: once. Undefined where it is no proof, or there are too many to look at. */
  prove(text: string, proof: string, asker: Asker): string | undefined {
    const ticket = this.readTicket(text, asker);
    if (ticket === undefined || ticket.effort === 0 || !this.#proofs.take()) return undefined;
    const isRight = this.#guards.verify(seedOf(text), ticket.effort, fromBase64Url(proof));
    return isRight && this.#spend(ticket, asker.nowMs) ? this.#pass(ticket.effort, asker) : undefined;
  }

  /** With a pass: one piece less of it, from now on. Undefined: it is none, or nothing is left of it. */
  byPass(text: string, asker: Asker): Work | undefined {
    const { prefix, nowMs } = asker;
    const pass = this.#passes.read(text, asker);
    if (pass === undefined || !this.spent.spend(pass.serial, passBudget, pass.expiresMs, nowMs))
      return undefined;
    const waitedMs = Math.max(0, nowMs - (pass.expiresMs - passLifeMs));
    const standing: Standing = { lane: "pass", prefix, waitedMs, effort: pass.effort, pass: pass.serial };
    return freeWork(standing);
  }

  /** With a ticket that is old enough; it is spent with its turn, and earns a pass. */
  byTicket(text: string, asker: Asker): Work | undefined {
    const ticket = this.readTicket(text, asker);
    if (ticket === undefined || asker.nowMs - ticket.issuedMs < this.#guards.ripeAfterMs) return undefined;
    return new TicketWork(this.standingWith(ticket, asker), {
      spend: () => this.#spend(ticket, asker.nowMs),
      pass: () => this.#pass(0, asker),
    });
  }

  /** Where a ticket waits, and for how long it has; undefined: one that is new. */
  standingWith(ticket: Ticket | undefined, { prefix, isShared, nowMs }: Asker): Standing {
    const standing: Standing = { lane: isShared ? "shared" : "ticket", prefix, waitedMs: 0, effort: 0 };
    if (ticket === undefined) return standing;
    return { ...standing, waitedMs: Math.max(0, nowMs - ticket.issuedMs), ticket: ticket.id };
  }

  #spend({ id, issuedMs }: Ticket, nowMs: number): boolean {
    return this.spent.spend(id, 1, issuedMs + ticketLifeMs[this.purpose], nowMs);
  }

  #pass(effort: number, { site, nowMs }: Asker): string {
    this.#passesGiven += 1;
    return this.#passes.issue({ site, effort, nowMs });
  }
}

class TicketWork implements Work {
  readonly standing: Standing;
  readonly #on: { readonly spend: () => boolean; readonly pass: () => string };
  #end: "turn" | "spent" | undefined;
  #pass: string | undefined;

  constructor(standing: Standing, on: { readonly spend: () => boolean; readonly pass: () => string }) {
    this.standing = standing;
    this.#on = on;
  }

  get isSpent(): boolean {
    return this.#end !== undefined;
  }

  get pass(): string | undefined {
    return this.#pass;
  }

  readonly redeem = (): boolean => {
    this.#end ??= this.#on.spend() ? "turn" : "spent";
    if (this.#end === "turn") this.#pass ??= this.#on.pass();
    return this.#end === "turn";
  };
}
