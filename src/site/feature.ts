/** The public site: in the studio, its previews. */
import type { Feature } from "../web/feature.ts";
import { siteRoutes, type SiteParts } from "./routes.ts";

export const feature: Feature<SiteParts> = { name: "site", migrations: [], routes: siteRoutes };
