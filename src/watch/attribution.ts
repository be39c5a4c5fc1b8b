/**
 * Whose it is what edges say: a drill's, or somebody's in earnest. Edges don't know of drills. While one runs, what they have met is its
 * own, unless what does not come from its networks is refused, too, or is a flood to our own eyes.
 */
import { isHigh, isStrange, type Signs } from "../decision/flood-signs.ts";
import type { FloodLook } from "../decision/flood.ts";
import type { ReadersFare } from "../decision/usual-readers.ts";
import type { Said } from "./edges.ts";
import type { Part } from "./round.ts";

/** Of what is not the drill's, so much has to be refused to be an attack of its own: requests/s, and their share. */
const refused = { perS: 5, share: 0.1 } as const;
/** Readers' fare has collapsed: fewer than this share are served in time, and so many requests/s are not. */
const collapse = { share: 0.9, perS: 2 } as const;
/** While it is open, this part of the opening volume keeps it so. */
const holdingShare = 0.5;

export interface Sight {
  readonly part: Part;
  readonly signs: Signs;
  readonly fare: ReadersFare;
  readonly said: Said;
  /** A drill runs, or ran until a moment ago. */
  readonly drilling: boolean;
  /** The part is the drill's. */
  readonly drill: boolean;
}

export function lookAt(sight: Sight): FloodLook {
  const { signs, said, fare, part, drill } = sight;
  const mine = isMine(sight);
  const strange = isStrange(signs);
  const suspected = isHigh(signs) && (said.isMute ? strange : hasCollapsed(fare, part.traffic.seconds));
  const stillHigh = signs.ratePerS >= signs.highRatePerS * holdingShare;
  return {
    told: mine && said.attacked,
    suspected,
    goesOn: (mine && said.goesOn) || (stillHigh && (strange || drill)),
    shutOut: said.banned > 0,
  };
}

/** What the edges say concerns this part. */
export function isMine({ part, signs, drilling, drill }: Sight): boolean {
  if (!drilling) return !drill;
  if (drill) return part.traffic.requests > 0;
  const { requests, seconds } = part.traffic;
  const isRefused = part.sums.refused >= Math.max(refused.perS * seconds, refused.share * requests);
  return isRefused || (isHigh(signs) && isStrange(signs));
}

function hasCollapsed({ requests, served }: ReadersFare, seconds: number): boolean {
  return served < requests * collapse.share && requests - served >= collapse.perS * seconds;
}
