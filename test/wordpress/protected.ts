/** A WordPress behind `kasbah up`, with its snapshot approved. */
import { type Instance, startInstance } from "../scenarios/instance.ts";
import type { WordPress } from "./wordpress.ts";

export interface Protection {
  /** Added to the section [origin]. */
  readonly origin?: string;
  /** Added to kasbah.toml. */
  readonly settings?: string;
  /** False: nothing is known of the site. */
  readonly snapshot?: boolean;
  /** Between two looks at all of it. */
  readonly refreshS?: number;
}

export async function startProtected(
  site: WordPress,
  { origin = "", settings = "", snapshot = true, refreshS = 1 }: Protection = {},
): Promise<Instance> {
  const kasbah = await startInstance({
    args: ["--origin", site.url],
    edgeSettings: 'trusted_proxies = ["127.0.0.1/32"]',
    settings: `[site.portal]
hosts = ["${new URL(site.home).host}"]
[origin]
crawl_rate = 1000
refresh_s = ${refreshS}
${origin}
${settings}`,
  });
  if (!snapshot) return kasbah;
  const taken = await kasbah.kasbah("snapshot", "--yes");
  if (taken.exitCode === 0) return kasbah;
  await kasbah[Symbol.asyncDispose]();
  throw new Error(`kasbah snapshot: ${taken.stderr}`);
}
