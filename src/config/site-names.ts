/** The two sites of an instance: `[site.portal]` and `[site.blog]`. */
export const siteNames = ["portal", "blog"] as const;
export type SiteName = (typeof siteNames)[number];
