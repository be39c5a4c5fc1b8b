/** @jsxImportSource hono/jsx */
/**
 * What stands beside a text that somebody writes or reads: its state in words, the next steps as buttons, details, corrections,
 * translations. Forms carry the revision that was shown (`<input name="revision">`), so that nobody publishes what they haven't
 * seen: a script that saves has to put the new one's id into each of them, or to fetch the page and take its `#text-panel`.
 */
import { Badge } from "../web/components.tsx";
import type { SignedIn } from "../web/route.ts";
import { stateInWords, toneOf } from "./state-words.ts";
import type { TextView } from "./text-view.ts";

export interface TextPanelProps {
  readonly visit: SignedIn;
  readonly view: TextView;
}

export function TextPanel({ visit, view: { state, timeZone } }: TextPanelProps) {
  return (
    <aside id="text-panel" class="text-panel">
      <p>
        <Badge tone={toneOf(state)}>{stateInWords(state, visit.language, timeZone)}</Badge>
      </p>
    </aside>
  );
}
