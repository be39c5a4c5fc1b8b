/** What came of an act, carried from the POST to the page after it, so that reloading that page does nothing again. */
import { z } from "zod";
import type { DeskFault } from "./desk.ts";
import { type Reach, reaches } from "./readers.ts";

export const successes = [
  "handed in",
  "taken back",
  "sent back",
  "ready",
  "published",
  "scheduled",
  "unscheduled",
  "private",
  "moved",
  "corrected",
  "withdrawn",
  "saved",
  "added",
  "restored",
] as const;
export type Success = (typeof successes)[number];

export const faults = [
  "already so",
  "changed meanwhile",
  "not ready",
  "untranslated",
  "half translated",
  "undescribed",
  "no such step",
  "in the past",
  "no free address",
  "no address",
  "no name",
  "no time",
  "unknown names",
  "not public",
  "too many",
] as const;
export type Fault = (typeof faults)[number];

export interface Outcome {
  readonly notice: Success | Fault;
  /** Where readers were to see it. */
  readonly readers?: Reach | undefined;
  /** Local time for which somebody wanted to schedule it. */
  readonly at?: string | undefined;
}

const noticeSchema = z.object({
  notice: z.enum([...successes, ...faults]),
  readers: z.enum(reaches).optional().catch(undefined),
  at: z
    .string()
    .regex(/^[\d:T-]{16,19}$/)
    .optional()
    .catch(undefined),
});

export function addressWith(path: string, { notice, readers, at }: Outcome): string {
  const more = { ...(readers !== undefined && { readers }), ...(at !== undefined && { at }) };
  return `${path}?${new URLSearchParams({ notice, ...more })}`;
}

/** Undefined where the address carries none. */
export function outcomeIn(url: URL): Outcome | undefined {
  return noticeSchema.safeParse(Object.fromEntries(url.searchParams)).data;
}

export function isFault(notice: Success | Fault): notice is Fault {
  return (faults as readonly string[]).includes(notice);
}

/** It is done all the same for who was told, and insists. */
export function asksAgain(notice: Success | Fault): boolean {
  return notice === "half translated" || notice === "undescribed";
}

/** Undefined where there is no text whose page could say it. */
export function faultFor(reason: DeskFault): Fault | undefined {
  switch (reason) {
    case "no such text":
      return undefined;
    case "in the future":
      return "no such step";
    case "already so":
    case "changed meanwhile":
    case "not ready":
    case "no such step":
    case "in the past":
    case "no free address":
    case "untranslated":
    case "half translated":
    case "undescribed":
      return reason;
  }
}
