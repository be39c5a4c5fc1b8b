/** From what a person types or pastes to an address of the portal or the blog. */
import { OperatorError } from "../base/errors.ts";
import type { Config } from "../config/settings.ts";
import { canonicalPath } from "../pieces/path.ts";
import { type SiteName, siteNames } from "../pieces/piece.ts";

export interface SiteAddress {
  readonly site: SiteName;
  /** Percent-encoded, without query. */
  readonly path: string;
}

const loopback = ["127.0.0.1", "[::1]"];

/** A whole URL, or a path of the portal's. Throws OperatorError (exit code 2) where it is no address of these sites. */
export function siteAddressOf(text: string, config: Config): SiteAddress {
  if (text.startsWith("/") && !text.startsWith("//")) return { site: "portal", path: pathFrom(text, text) };
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw wrong(
      `"${text.slice(0, 200)}" is no address`,
      "give it as a browser shows it, or its path, like /ar/2011/07/…",
    );
  }
  const site = siteNames.find((name) => config[`site.${name}`].hosts.includes(url.hostname));
  if (site === undefined && !loopback.includes(url.hostname)) {
    throw wrong(
      `${url.hostname} is none of this site's hosts`,
      "[site.portal] and [site.blog] in kasbah.toml name them",
    );
  }
  return { site: site ?? "portal", path: pathFrom(url.pathname, text) };
}

function pathFrom(path: string, text: string): string {
  const canonical = canonicalPath(path.replace(/[?#].*$/s, ""));
  if (canonical === undefined)
    throw wrong(`"${text.slice(0, 200)}" is no public page`, "give the address of a page");
  return canonical;
}

function wrong(message: string, hint: string): OperatorError {
  return new OperatorError(message, { hint, exitCode: 2 });
}
