/** A newsroom that protects a living origin, without the two seconds between two loads of a page. */
import { systemClock } from "../src/base/clock.ts";
import { silentLog } from "../src/base/log.ts";
import { dataFolder } from "../src/config/data-folder.ts";
import { defaultConfig } from "../src/config/load.ts";
import type { Config } from "../src/config/settings.ts";
import { baselineTargetName, type BaselineManifest, decodeManifest } from "../src/guard/manifest.ts";
import { openNewsroom } from "../src/newsroom/newsroom.ts";
import type { Newsroom, NewsroomOptions } from "../src/newsroom/parts.ts";
import type { Origin } from "../src/origin/origin.ts";
import { BlobStore } from "../src/store/blobs.ts";
import type { LivingOrigin } from "./living-origin.ts";

export function originConfig(url: string, change: Partial<Config["origin"]> = {}): Config {
  const usual = defaultConfig();
  return { ...usual, origin: { ...usual.origin, url, crawl_rate: 1_000, refresh_s: 1, ...change } };
}

export interface Protecting extends AsyncDisposable {
  readonly newsroom: Newsroom;
  readonly origin: Origin;
}

export async function protect(
  root: string,
  { url }: Pick<LivingOrigin, "url">,
  change: Partial<NewsroomOptions> & { readonly settings?: Partial<Config["origin"]> } = {},
): Promise<Protecting> {
  const { settings, ...options } = change;
  const newsroom = await openNewsroom({
    config: originConfig(url, settings),
    data: dataFolder(root),
    log: silentLog,
    clock: systemClock,
    patience: { spacingMs: 0, retryMs: 1 },
    onPublished: () => {},
    ...options,
  });
  const { origin } = newsroom;
  if (origin === undefined) throw new Error("an origin is configured");
  await origin.resume();
  return { newsroom, origin, [Symbol.asyncDispose]: () => newsroom[Symbol.asyncDispose]() };
}

/** Crawls to the end and signs what is not suspicious. */
export async function snapshot({ origin }: Protecting, include: readonly string[] = []): Promise<void> {
  origin.snapshot.begin(true);
  await origin.snapshot.idle();
  await origin.approve(include);
}

/** As edges read it; undefined where none is published. */
export async function publishedManifest(
  { newsroom }: Protecting,
  root: string,
): Promise<BaselineManifest | undefined> {
  const target = newsroom.publisher.current?.edition.targets.get(baselineTargetName);
  if (target === undefined) return undefined;
  const blob = await new BlobStore(dataFolder(root).blobs).get(target.sha256);
  if (blob.state !== "whole") throw new Error(`the manifest is ${blob.state}`);
  return decodeManifest(blob.data);
}
