/** Where readers find a text, as a whole address. */
import type { Config } from "../config/settings.ts";
import type { SiteName } from "./piece.ts";

type Settings = Pick<Config, "site.portal" | "site.blog" | "edge">;

/** The site's own address where it is set; else its first host at the edge, as on a machine where somebody tries it out. */
export function publicAddress(site: SiteName, path: string, config: Settings): string {
  const { address, hosts } = config[`site.${site}`];
  if (address !== "") return address.replace(/\/$/, "") + path;
  const { listen, tls } = config.edge;
  const scheme = tls === "off" ? "http" : "https";
  const port = /:(\d+)$/.exec(listen[0] ?? "")?.[1] ?? "";
  const isUsual = port === (tls === "off" ? "80" : "443");
  return `${scheme}://${hosts[0] ?? "localhost"}${port === "" || isUsual ? "" : `:${port}`}${path}`;
}
