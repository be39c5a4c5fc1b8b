/** What an operator can order the edge's defence to do; each is a button on the watch page and an entry in the record. */
import { z } from "zod";
import type { DefenceFeed } from "./feed.ts";

/** How long a forced mode holds, s: a night's decision is not to outlive the night. */
const forcedS = 3_600;

/** Resolves with whether the edge answered. */
type Give = (feed: DefenceFeed) => Promise<boolean>;

const freeze =
  (frozen: boolean): Give =>
  async (feed) =>
    (await feed.order("edge.defence.freeze", { frozen })) !== undefined;

const force =
  (mode: "auto" | "calm" | "siege"): Give =>
  async (feed) =>
    (await feed.order("edge.defence.force", { mode, seconds: forcedS })) !== undefined;

export const orders = {
  freeze: freeze(true),
  unfreeze: freeze(false),
  undo: async (feed) => (await feed.order("edge.defence.undo", {})) !== undefined,
  siege: force("siege"),
  calm: force("calm"),
  auto: force("auto"),
} as const satisfies Readonly<Record<string, Give>>;
export type OrderName = keyof typeof orders;

export function isOrder(name: string): name is OrderName {
  return Object.hasOwn(orders, name);
}

/** What came of an order, where it isn't what was ordered: in the address, so that it works without a script. */
export const saidSchema = z.enum(["no answer", "no rule"]);
export type SaidOfOrder = z.infer<typeof saidSchema>;
