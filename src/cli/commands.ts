/**
 * Every command, in the order of `kasbah help`. A command is a file here that exports `define`; it is loaded only when
 * somebody asks for it, so that no command starts slower because there are many.
 */
import type { Define } from "./invocation.ts";

export interface CommandEntry {
  readonly name: string;
  /** One line, no full stop: what it does for whoever calls it. */
  readonly summary: string;
  readonly load: () => Promise<{ readonly define: Define }>;
}

export const commands: readonly CommandEntry[] = [
  { name: "up", summary: "run the site until somebody stops it", load: () => import("./up.ts") },
  { name: "init", summary: "ask a few questions, write kasbah.toml", load: () => import("./init.ts") },
  {
    name: "doctor",
    summary: "look for what is wrong, say how to mend it",
    load: () => import("./doctor.ts"),
  },
  { name: "status", summary: "how the site stands at this moment", load: () => import("./status.ts") },
  { name: "publish", summary: "make an edition of what is ready", load: () => import("./publish.ts") },
  { name: "withdraw", summary: "take a page away, for good", load: () => import("./withdraw.ts") },
  { name: "editions", summary: "what was published, and the way back", load: () => import("./editions.ts") },
  { name: "keys", summary: "who signs editions", load: () => import("./keys.ts") },
  {
    name: "people",
    summary: "invite people, list them, let them go",
    load: () => import("./people.ts"),
  },
  { name: "import", summary: "bring in what WordPress exported", load: () => import("./import.ts") },
  {
    name: "snapshot",
    summary: "crawl the protected site, sign it as its baseline",
    load: () => import("./snapshot.ts"),
  },
  {
    name: "origin",
    summary: "the protected site: how it stands, what is asked",
    load: () => import("./origin.ts"),
  },
  { name: "bans", summary: "keep a network out, or let it in again", load: () => import("./bans.ts") },
  {
    name: "rules",
    summary: "what the edge refuses by itself, and a switch for it",
    load: () => import("./rules.ts"),
  },
  {
    name: "appeal",
    summary: "why a reader was refused, by the code on their page",
    load: () => import("./appeal.ts"),
  },
  {
    name: "maintenance",
    summary: "tell readers that the site is being worked on",
    load: () => import("./maintenance.ts"),
  },
  {
    name: "lite",
    summary: "pages as text first, or whole, for a while",
    load: () => import("./lite.ts"),
  },
  { name: "incidents", summary: "what happened: attacks, tampering", load: () => import("./incidents.ts") },
  {
    name: "attack",
    summary: "drill this instance with one of many attacks",
    load: () => import("./attack.ts"),
  },
  { name: "help", summary: "what a command takes, or the settings", load: () => import("./help.ts") },
];
