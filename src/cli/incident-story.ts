/** An incident at a protected site as `kasbah incidents show` tells it: in order, what was seen, what was done, who decided, what readers saw. */
import { z } from "zod";
import { figure } from "../base/figures.ts";
import type { Incident } from "../bus/facts.ts";
import { type Chapter, chapters, storyOf, type Told } from "../incidents/story/chapters.ts";
import { words } from "../incidents/words/index.ts";
import { inert } from "../language/inert.ts";
import { counted } from "./format.ts";

/** Undefined: it is told otherwise. */
export function storyLines(incident: Incident): string[] | undefined {
  const story = storyOf(incident);
  return story && [...story.map(stepLine), "", ...readersSaw(incident), ...ending(incident)];
}

const keptSchema = z.object({
  file: z.string().exactOptional(),
  files: z.number().exactOptional(),
  sha256: z.string().exactOptional(),
  fault: z.string().exactOptional(),
});

const labels: Readonly<Record<Chapter, string>> = {
  seen: "seen",
  done: "done by itself",
  decided: "decided",
  gathered: "kept",
  shown: "shown",
  over: "over",
};
const labelWidth = Math.max(...chapters.map((chapter) => labels[chapter].length));

function stepLine({ chapter, evidence: { at, what }, step }: Told): string {
  const second = `${at.slice(0, 10)} ${at.slice(11, 19)}`;
  const kept = step.step === "gathered" ? keptAs(step) : "";
  return `${second}  ${labels[chapter].padEnd(labelWidth)}  ${inert(what)}${kept}`;
}

/** Where it lies below `newsroom/evidence/`, by its hash; what could not be had, with why. */
function keptAs({ finding, found }: Extract<Told["step"], { step: "gathered" }>): string {
  const { file, sha256, files, fault } = keptSchema.safeParse(found).data ?? {};
  if (fault !== undefined) return `: ${inert(fault)}`;
  const manifest = files === undefined ? undefined : "manifest.json";
  const name = file ?? manifest;
  return name === undefined || sha256 === undefined
    ? ""
    : `: ${inert(`${finding}/${name}`)} ${inert(sha256)}`;
}

function readersSaw({ kind, host, responses, readers }: Incident): string[] {
  if (host !== undefined)
    return [`Kasbah does not stand in front of ${inert(host)}: nobody knows how many saw it`];
  const { signed, judged, uncertain } = responses;
  const isDefacement = kind === "defacement";
  const falsely = `${figure(judged)} taken for right, ${figure(uncertain)} that nobody vouched for`;
  return [
    ...(isDefacement
      ? [`false answers that readers got: ${judged + uncertain === 0 ? "none" : falsely}`]
      : []),
    ...(signed > 0 ? [`approved copies that readers got: ${figure(signed)}`] : []),
    readers.requests === 0
      ? "nobody was reading at that time"
      : `readers: ${atLeast(readers.served / readers.requests)} of ${counted(readers.requests, "request")} served in time`,
  ];
}

/** Never 100 % where something is missing. */
function atLeast(share: number): string {
  return `${Math.floor(share * 1_000) / 10} %`;
}

function ending({ status, outcome }: Incident): string[] {
  const { outcomes } = words.en.incident;
  const said = outcome === null ? [] : [`${outcome}: ${outcomes[outcome].what}`];
  return status === "open" ? ["it is still going on", ...said] : said;
}
