/** What a page that is looked at is made of: what the origin says now, or what was approved. */
import type { BlobStore } from "../../store/blobs.ts";
import type { Baseline } from "../baseline/baseline.ts";
import type { OriginClient, Visitor } from "../client/client.ts";
import { addressAt, type OriginAddress, type ProtectedSite, root } from "../client/protected-site.ts";
import type { SiblingClient } from "./sibling-client.ts";
import type { Show, Shown } from "./stand.ts";

export interface ShowingParts {
  readonly site: ProtectedSite;
  readonly client: Pick<OriginClient, "load">;
  readonly baseline: Baseline;
  /** The newsroom's own blobs. */
  readonly own: BlobStore;
  /** Ends whatever goes on. */
  readonly signal: AbortSignal;
}

/** Requests that one look at a page makes of the origin. */
const loadsMax = 100;
/** Of a server that isn't ours to load. */
const siblingLoadsMax = 30;
/** Headers that say what it is; those that forbid something would hide what a reader of another browser sees. */
const shownHeaders = ["content-type", "location"];

/** What the origin says to this visitor now; but at `address` just this. */
export function liveSite(
  { site, client, signal }: ShowingParts,
  visitor: Visitor,
  { address, shown }: { readonly address: OriginAddress; readonly shown: Shown },
): Show {
  let left = loadsMax;
  return async (url) => {
    const asked = addressAt(url.href, site);
    if (asked === address) return overHttp(shown, site.ownHosts);
    if (asked === undefined || (left -= 1) < 0) return undefined;
    const load = await client.load(asked, visitor, signal);
    return load.kind === "fault" ? undefined : overHttp(shownOf(load.answer), site.ownHosts);
  };
}

/** What a name beside the site's own says now; its front just this. */
export function siblingSite(
  { siblings, signal }: { readonly siblings: Pick<SiblingClient, "load">; readonly signal: AbortSignal },
  name: string,
  front: Shown,
): Show {
  let left = siblingLoadsMax;
  const own = new Set([name]);
  return async ({ hostname, pathname, search }) => {
    const path = pathname + search;
    if (hostname !== name || (left -= 1) < 0) return undefined;
    if (path === root) return overHttp(front, own);
    const load = await siblings.load(name, path, signal);
    return load.kind === "fault" ? undefined : overHttp(shownOf(load.answer), own);
  };
}

/** What the baseline has, and nothing else. */
export function approvedSite({ site, baseline, own }: ShowingParts): Show {
  return async (url) => {
    const address = addressAt(url.href, site);
    const entry = address === undefined ? undefined : baseline.entries.get(address);
    if (entry === undefined) return undefined;
    const copy = await own.get(entry.copy);
    if (copy.state !== "whole") return undefined;
    const headers = { ...entry.headers, "content-type": entry.type };
    return overHttp(
      shownOf({ status: entry.status, headers: Object.entries(headers), body: copy.data }),
      site.ownHosts,
    );
  };
}

export function shownOf(answer: {
  readonly status: number;
  readonly headers: Iterable<readonly [string, string]>;
  readonly body: Uint8Array;
}): Shown {
  const { status, headers, body } = answer;
  const said = [...headers].filter(([name]) => shownHeaders.includes(name.toLowerCase()));
  return { status, headers: Object.fromEntries(said), body: Uint8Array.from(body) };
}

/** The stand speaks no TLS: what a page names of its own by `https:` is asked for without. */
function overHttp({ status, headers, body }: Shown, ownHosts: ReadonlySet<string>): Shown {
  if (!/^text\/|xml|javascript|json/.test(headers["content-type"] ?? "text/"))
    return { status, headers, body };
  let text = Buffer.from(body).toString("latin1");
  for (const host of ownHosts) text = text.replaceAll(`https://${host}`, `http://${host}`);
  return { status, headers, body: Uint8Array.from(Buffer.from(text, "latin1")) };
}
