/** `kasbah publish`: everything that is ready for readers becomes an edition. */
import type { Publication } from "../bus/subjects.ts";
import { bytes, counted } from "./format.ts";
import { type Define, invocationOf, show, withJson } from "./invocation.ts";
import { patience, withPublishing } from "./newsroom-role.ts";

export const define: Define = (command) => {
  withJson(command).action(async () => {
    const invocation = invocationOf(command);
    const publication = await withPublishing(invocation, (ask) => ask("newsroom.publish", {}, patience));
    show(invocation, publication, () => [describePublication(publication)]);
  });
};

/** "edition 12: 340 pages, 2.1 MB; 3 changed, 1 removed". */
export function describePublication({ edition, changed, removed }: Publication): string {
  if (edition === null) return "nothing is published";
  const size = `edition ${edition.version}: ${counted(edition.pages, "page")}, ${bytes(edition.bytes)}`;
  if (changed + removed === 0) return `${size}; nothing has changed`;
  return `${size}; ${changed} new or changed, ${removed} removed`;
}
