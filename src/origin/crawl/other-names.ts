/** Names by which the site's front calls the site itself, as far as one can tell, and by which we don't know it: behind them nothing is followed. Pure. */
import type { Facts, FactSet } from "../../guard/facts.ts";

/** What a front takes from its own site as a rule. */
const parts = ["scripts", "styles", "images", "forms"] as const satisfies readonly FactSet[];
/** More are other sites'. */
const namesMax = 3;

/** `known`: hosts of ours. Hosts as they are written in addresses, the likeliest first. */
export function otherNames(
  { location, sets }: Pick<Facts, "location" | "sets">,
  known: ReadonlySet<string>,
): readonly string[] {
  const led = hostOf(location);
  if (led !== undefined) return [led];
  const linked = sets["link-hosts"].filter((host) => !host.endsWith(":"));
  const bare = new Set(Array.from(known, withoutWww));
  const used = new Set(parts.flatMap((name) => sets[name].map(partHost)));
  const isAlone = !sets.links.some((path) => /^\/./.test(path));
  const likely = linked.filter((host) => used.has(host) || bare.has(withoutWww(host)));
  return (likely.length === 0 && isAlone ? linked : likely).slice(0, namesMax);
}

/** What a person is told, in one line. */
export function namesToAdd(names: readonly string[]): string {
  const said = names.map((name) => `"${name}"`).join(", ");
  return `it leads to ${said}, where nothing was followed: if that is this site too, add it to site.portal.hosts and run \`kasbah snapshot --afresh\``;
}

/** Of `//host/path`; undefined of the site's own. */
function hostOf(reference: string): string | undefined {
  return /^\/\/([^/?#]+)/.exec(reference)?.[1];
}

/** Forms stand with their method: `POST //host/path`. */
function partHost(reference: string): string | undefined {
  return hostOf(reference.replace(/^[A-Z]+ /, ""));
}

function withoutWww(host: string): string {
  return host.replace(/^www\./, "");
}
