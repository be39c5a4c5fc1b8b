/** What pages of a protected site are compared by, by the name under which a judge tells of it; its words are in studio-words.ts. */

export const factNames = [
  "title",
  "headings",
  "words",
  "text",
  "structure",
  "page",
  "letters",
  "language",
  "direction",
  "status",
  "kind",
  "location",
  "limit",
  "fault",
  "scripts",
  "styles",
  "preloads",
  "frames",
  "forms",
  "base",
  "refreshes",
  "link-hosts",
  "media-hosts",
  "links",
  "images",
  "hidden-link-hosts",
  "manifests",
  "service-workers",
  "cookies",
  "policies",
  "oddities",
  "buried",
  "inline",
  "contents",
  "bypass",
  "contacts",
  "data",
  "cloaking",
  "appearance",
  "dns",
  "certificate",
  "sibling host",
] as const;
export type FactName = (typeof factNames)[number];

/** `inline script literal` is one of `inline`, `script contents` of `contents`; undefined: it has no name here. */
export function factNameOf(what: string): FactName | undefined {
  return factNames.find((name) => what === name || what.startsWith(`${name} `) || what.endsWith(` ${name}`));
}
