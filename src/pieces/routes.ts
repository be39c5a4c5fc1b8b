/** Every address of the studio that has to do with texts. */
import type { PersonRoute } from "../web/route.ts";
import type { PiecesParts } from "./parts.ts";
import { detailsRoutes } from "./routes-details.ts";
import { editingRoutes } from "./routes-editing.ts";
import { historyRoutes } from "./routes-history.ts";
import { listRoutes } from "./routes-list.ts";
import { namesRoutes } from "./routes-names.ts";
import { workflowRoutes } from "./routes-workflow.ts";

export function routes(parts: PiecesParts): PersonRoute[] {
  return [
    ...listRoutes(parts),
    ...editingRoutes(parts),
    ...workflowRoutes(parts),
    ...detailsRoutes(parts),
    ...historyRoutes(parts),
    ...namesRoutes(parts),
  ];
}
