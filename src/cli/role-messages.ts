/** What the supervisor and the process of a role say to each other over the pipe between them, before and beside the bus. */
import { z } from "zod";
import type { Config } from "../config/settings.ts";

export const roleNames = ["edge", "newsroom", "watch"] as const;
export type RoleName = (typeof roleNames)[number];

export function isRoleName(word: string | undefined): word is RoleName {
  return (roleNames as readonly (string | undefined)[]).includes(word);
}

/** Supervisor → role. It comes from the process that started this one, so its form is not doubted. */
export type Order =
  | {
      readonly kind: "start";
      readonly config: Config;
      readonly dataRoot: string;
      readonly demo: boolean;
      readonly kasbah: readonly string[];
    }
  | { readonly kind: "stop" };

/** Role → supervisor, which outlives a role that somebody has taken over. */
export const reportSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ready"), addresses: z.array(z.string().max(500)).max(32) }),
  z.object({
    kind: z.literal("failed"),
    /** For a person, as commands print them. */
    lines: z.array(z.string().max(2_000)).max(16),
    exitCode: z.literal([1, 2]),
  }),
]);
export type Report = z.infer<typeof reportSchema>;
