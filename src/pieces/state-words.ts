/** The state of a text in words, as colleagues say it. */
import { writtenDate } from "../language/dates.ts";
import type { InterfaceLanguage } from "../language/tags.ts";
import type { Tone } from "../web/components.tsx";
import type { Publication, Workflow } from "./piece.ts";
import { words } from "./words/index.ts";

export interface TextState {
  readonly publication: Publication;
  /** Of the working revision. */
  readonly workflow: Workflow;
  readonly scheduledFor: string | null;
  /** The working revision is newer than the published one. */
  readonly isNewer: boolean;
}

export function stateInWords(state: TextState, language: InterfaceLanguage, timeZone: string): string {
  const said = words[language];
  switch (state.publication) {
    case "none":
      return said.workflow[state.workflow];
    case "scheduled": {
      const when = writtenDate(state.scheduledFor ?? "", "moment", language, timeZone);
      return state.workflow === "ready" ? said.scheduledFor(when) : said.scheduledUnready(when);
    }
    case "published":
      return state.isNewer ? said.newer[state.workflow] : said.publication.published;
    case "private":
    case "withdrawn":
      return said.publication[state.publication];
  }
}

export function toneOf({ publication, workflow, isNewer }: TextState): Tone {
  if (publication === "withdrawn") return "bad";
  if (publication === "published") return isNewer ? "warning" : "good";
  if (publication === "scheduled") return workflow === "ready" ? "good" : "warning";
  return workflow === "in review" && publication === "none" ? "warning" : "plain";
}
