/** Maintenance as an operator turns it on: since when, until when, in which words. Plain data, for main thread, workers and the bus. Pure. */
import { z } from "zod";
import { rfc3339 } from "../../base/clock.ts";
import type { MaintenanceFacts } from "../../bus/origin-facts.ts";

export interface Maintenance {
  /** Ms since 1970, both. */
  readonly sinceMs: number;
  /** Null: until somebody ends it. */
  readonly untilMs: number | null;
  /** Text, never markup; may be empty. */
  readonly message: string;
  /** Nothing is readable meanwhile, not even feeds and text forms. */
  readonly isClosed: boolean;
}

export interface MaintenanceAsked {
  /** RFC 3339. */
  readonly until: string | null;
  readonly message: string;
  readonly close?: boolean | undefined;
}

/** Began at once. Turned on again, it is the same one in other words. */
export function begun(asked: MaintenanceAsked, before: Maintenance | undefined, nowMs: number): Maintenance {
  return {
    sinceMs: before?.sinceMs ?? nowMs,
    untilMs: asked.until === null ? null : Date.parse(asked.until),
    message: asked.message.trim(),
    isClosed: asked.close ?? false,
  };
}

/** Undefined where there is none, or its time has passed. */
export function inForce(maintenance: Maintenance | undefined, nowMs: number): Maintenance | undefined {
  if (maintenance === undefined) return undefined;
  return maintenance.untilMs === null || nowMs < maintenance.untilMs ? maintenance : undefined;
}

export function maintenanceFacts(maintenance: Maintenance | undefined): MaintenanceFacts | null {
  if (maintenance === undefined) return null;
  const { sinceMs, untilMs, message, isClosed } = maintenance;
  return {
    since: rfc3339(sinceMs),
    until: untilMs === null ? null : rfc3339(untilMs),
    message,
    closed: isClosed,
  };
}

const kept = z.strictObject({
  sinceMs: z.number(),
  untilMs: z.number().nullable(),
  message: z.string().max(1_000),
  isClosed: z.boolean(),
});

/** As edge.sqlite keeps it; "null": none. */
export function encodeMaintenance(maintenance: Maintenance | undefined): string {
  return JSON.stringify(maintenance ?? null);
}

/** Throws where it is damaged. */
export function decodeMaintenance(text: string): Maintenance | undefined {
  return kept.nullable().parse(JSON.parse(text)) ?? undefined;
}
