/** How a page looks beside its approved copy: their pictures, and what their documents say once scripts have run. */
import { learnPage } from "../../guard/learning/page.ts";
import type { Verdict } from "../../guard/verdict.ts";
import type { Visitor } from "../client/client.ts";
import type { OriginReader } from "../client/origin-reader.ts";
import type { OriginAddress } from "../client/protected-site.ts";
import type { Rereading } from "../upkeep/rereading.ts";
import { areAlike, type Difference, difference, glimpseOf } from "./glimpse.ts";
import { render, type RenderFault, type Rendering, type RenderOptions } from "./render.ts";
import { approvedSite, liveSite, type ShowingParts } from "./showing.ts";
import type { Show, Shown } from "./stand.ts";

export interface AppearanceParts extends ShowingParts {
  readonly reader: OriginReader;
  readonly rereading: Rereading;
  /** Undefined: nothing can be looked at. */
  readonly chromium: string | undefined;
}

export interface Appearance {
  readonly shown: Rendering;
  /** Undefined where the baseline doesn't know the page. */
  readonly approved:
    | {
        readonly rendering: Rendering;
        readonly difference: Difference;
        readonly isAlike: boolean;
        /** Of the document after its scripts, beside the approved one's. */
        readonly verdict: Verdict;
      }
    | undefined;
}

const secondsMax = 25;

/** `shown`: what is at this address; the rest of the page is asked for as `visitor`. */
export async function appearanceOf(
  parts: AppearanceParts,
  { address, shown, visitor }: { address: OriginAddress; shown: Shown; visitor: Visitor },
): Promise<Appearance | RenderFault> {
  const now = await renderOwn(parts, address, liveSite(parts, visitor, { address, shown }));
  if (typeof now === "string") return now;
  if (parts.baseline.entries.get(address)?.kind !== "html") return { shown: now, approved: undefined };
  const approved = await renderOwn(parts, address, approvedSite(parts));
  if (typeof approved === "string") return { shown: now, approved: undefined };
  const [before, after] = await Promise.all([glimpseOf(approved.picture), glimpseOf(now.picture)]);
  if (before === undefined || after === undefined) return { shown: now, approved: undefined };
  return {
    shown: now,
    approved: {
      rendering: approved,
      difference: difference(before, after),
      isAlike: areAlike(before, after),
      verdict: judgedBeside(parts, address, { approved, now }),
    },
  };
}

async function renderOwn(
  { site, chromium, signal }: AppearanceParts,
  address: OriginAddress,
  show: Show,
): Promise<Rendering | RenderFault> {
  const hosts = new Set(Array.from(site.ownHosts, (host) => new URL(`http://${host}`).hostname));
  return await renderAt(new URL(`http://${site.host}${address}`), show, { chromium, hosts, signal });
}

/** Without a Chromium: `none`, and none is looked for. */
export async function renderAt(
  url: URL,
  show: Show,
  { chromium, ...options }: Omit<RenderOptions, "secondsMax">,
): Promise<Rendering | RenderFault> {
  return chromium === undefined ? "none" : await render(url, show, { ...options, chromium, secondsMax });
}

function judgedBeside(
  { reader, rereading }: AppearanceParts,
  address: OriginAddress,
  { approved, now }: { readonly approved: Rendering; readonly now: Rendering },
): Verdict {
  const factsOf = ({ document }: Rendering) => reader.facts(address, asPage(document));
  return rereading.judgeBeside(factsOf(now), learnPage([factsOf(approved)]).page, address);
}

function asPage(document: Uint8Array) {
  const headers = [["content-type", "text/html; charset=utf-8"]] as const;
  return { status: 200, headers, body: Uint8Array.from(document) };
}
