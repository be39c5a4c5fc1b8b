/** One answer read and compared with its baseline; or why that can't be said of it. */
import { messageOf } from "../../base/errors.ts";
import type { Log } from "../../base/log.ts";
import type { Facts } from "../../guard/facts.ts";
import { judge, judgeAsset } from "../../guard/judging/judge.ts";
import type { BaselineEntry } from "../../guard/manifest.ts";
import { kindOf, read, type ReadingLimits } from "../../guard/reading/read.ts";
import type { BaselineMemory } from "./baseline-memory.ts";
import type { KnownSite } from "./known-site.ts";
import { type Judged, type Known, seenAs } from "./readings.ts";
import type { Asked } from "./ready.ts";
import type { WholeAnswer } from "./whole-body.ts";

export interface ComparingOptions {
  readonly limits: ReadingLimits;
  readonly memory: BaselineMemory;
  /** The site's hosts, and the origin's own. */
  readonly ownHosts: ReadonlySet<string>;
  readonly log: Log;
}

export interface ComparedWith {
  readonly site: KnownSite;
  readonly known: Known;
  readonly isWorking: boolean;
}

/** Why something could not be judged: a limit of reading, a baseline that can't be read, a mistake of ours. */
export type Limit = NonNullable<Facts["over"]> | "baseline" | "unforeseen";

const nothing = new Uint8Array();

export class Comparing {
  readonly #options: ComparingOptions;

  constructor(options: ComparingOptions) {
    this.#options = options;
  }

  /** `answer`: in clear. Never rejects: what reading or comparing stumbles over, nobody vouches for. */
  async compare(asked: Asked, by: ComparedWith, answer: WholeAnswer): Promise<Judged | Limit> {
    try {
      return await this.#compare(by, this.#read(asked, answer));
    } catch (thrown) {
      this.#options.log.error("an answer of the origin's could not be judged", { reason: messageOf(thrown) });
      return "unforeseen";
    }
  }

  #read({ exchange, path, query }: Asked, { head, body }: WholeAnswer): Facts {
    const { scheme, host } = seenAs({ exchange });
    const url = `${scheme}://${host}${path}${query === undefined ? "" : `?${query}`}`;
    const { ownHosts, limits } = this.#options;
    return read({ status: head.status, headers: head.fields, body, url, ownHosts }, limits);
  }

  async #compare(
    { site, known: { address, entry }, isWorking: working }: ComparedWith,
    facts: Facts,
  ): Promise<Judged | Limit> {
    const { memory } = this.#options;
    if (facts.over !== undefined) return facts.over;
    const usual = await memory.site(site.about.site);
    if (usual === undefined) return "baseline";
    const by = { site: usual, address, working };
    if (entry === undefined ? isAsset(facts) : entry.facts === null)
      return { facts, verdict: judgeAsset(facts, entry && knownAsset(entry), by) };
    const page =
      entry?.facts === undefined || entry.facts === null ? undefined : await memory.page(entry.facts);
    return entry !== undefined && page === undefined
      ? "baseline"
      : { facts, verdict: judge(facts, { ...by, page }) };
  }
}

function isAsset({ kind }: Facts): boolean {
  return kind === "script" || kind === "style" || kind === "font" || kind === "image";
}

function knownAsset({ copy, type, status }: BaselineEntry): { sha256: string; kind: Facts["kind"] } {
  const headers = [["content-type", type]] as const;
  return { sha256: copy.sha256, kind: kindOf({ status, headers }, nothing) };
}
