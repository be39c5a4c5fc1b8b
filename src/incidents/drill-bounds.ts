/** What may be asked of a drill from the studio: less than on the command line, where whoever starts one sits at the machine. */

/** As `kasbah attack` knows them. */
export const drillProfiles = ["mamfakinch-2011"] as const;
export type DrillProfile = (typeof drillProfiles)[number];

export const drillBounds = {
  sources: { least: 10, most: 2_000, usual: 500 },
  seconds: { least: 5, most: 60, usual: 10 },
} as const;

export interface DrillOrder {
  readonly profile: DrillProfile;
  readonly sources: number;
  readonly seconds: number;
}
