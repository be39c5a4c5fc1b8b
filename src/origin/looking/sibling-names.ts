/** Which names are looked at beside the site's own: those that the operator wrote down, and names of the same domain that its certificates or its pages name. */
import { isIP } from "node:net";

export interface KnownNames {
  /** Under which the site itself is read. */
  readonly own: Iterable<string>;
  /** By the operator. */
  readonly listed: Iterable<string>;
  /** Of the site's own certificates: `example.org`, `*.example.org`. */
  readonly certified: Iterable<string>;
  /** Hosts that approved pages link to. */
  readonly linked: Iterable<string>;
}

/** More than a federation has; each costs a request now and then. */
const siblingsMax = 20;

/** The operator's first. A name above the site's own may be a host's of many sites: only whoever writes it down has it looked at. */
export function siblingsOf({ own, listed, certified, linked }: KnownNames): string[] {
  const ours = new Set(publicNames(own));
  const domains = Array.from(ours, (name) => name.replace(/^www\./, ""));
  const isUnder = (name: string): boolean =>
    domains.some((domain) => name === domain || name.endsWith(`.${domain}`));
  const found = [certified, linked].flatMap((names) => publicNames(names).toSorted()).filter(isUnder);
  const siblings = new Set([...publicNames(listed), ...found]).difference(ours);
  return [...siblings].slice(0, siblingsMax);
}

/** Those that other machines could ask for. */
export function publicNames(names: Iterable<string>): string[] {
  const isPublic = (name: string): boolean =>
    isIP(name) === 0 &&
    !/(^|\.)localhost$/.test(name) &&
    /^[a-z0-9_]([a-z0-9_-]*\.)+[a-z][a-z0-9-]*$/.test(name);
  return [...new Set(names)].filter(isPublic);
}
