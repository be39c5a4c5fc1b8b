/** What the newsroom consists of, in the order in which its tables are made. */
import { feature as watch } from "../incidents/studio.ts";
import { feature as jobs } from "../jobs/feature.ts";
import { feature as media } from "../media/feature.ts";
import { feature as material } from "../material/feature.ts";
import { feature as origin } from "../origin/feature.ts";
import { feature as people } from "../people/feature.ts";
import { feature as pieces } from "../pieces/feature.ts";
import { feature as publishing } from "../publishing/feature.ts";
import { feature as site } from "../site/feature.ts";
import { feature as transfer } from "../transfer/feature.ts";
import type { Feature } from "../web/feature.ts";
import type { MenuEntry } from "../web/menu.ts";
import type { StudioParts } from "./parts.ts";

export const features: readonly Feature<StudioParts>[] = [
  jobs,
  people,
  media,
  material,
  pieces,
  site,
  transfer,
  publishing,
  origin,
  watch,
];

/** What people come for stands first. */
export function menuOf({ isProtecting }: { readonly isProtecting: boolean }): readonly MenuEntry[] {
  return [pieces, watch, ...(isProtecting ? [origin] : []), people].flatMap((feature) => feature.menu ?? []);
}

export const migrations = features.flatMap((feature) => feature.migrations);

export const deeds = Object.fromEntries(features.flatMap((feature) => Object.entries(feature.deeds ?? {})));
