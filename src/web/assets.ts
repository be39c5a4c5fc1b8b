/** The files that pages load, under names that change with their contents: style sheets and one icon. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sha256, utf8 } from "../base/bytes.ts";

export interface Asset {
  /** `site.3f9a1c0b7d2e4a58.css`: below `/_kasbah/assets/`, to be kept for ever. */
  readonly name: string;
  readonly type: string;
  readonly body: Uint8Array;
}

/** In the order of the cascade. */
const styles = [
  "colours",
  "base",
  "masthead",
  "card",
  "front",
  "list",
  "story",
  "body",
  "material",
  "excuse",
  "footer",
  "print",
] as const;

/** What the studio has instead of the public pages' own, beside colours, type, and the look of what is written. */
const studioStyles = [
  "frame",
  "tone",
  "button",
  "field",
  "part",
  "table",
  "watch",
  "defence",
  "list",
  "editor",
  "preview",
  "compare",
  "origin",
] as const;

function read(name: string, folder = "styles"): string {
  return readFileSync(join(import.meta.dir, folder, name), "utf8");
}

function asset(stem: string, extension: string, type: string, text: string): Asset {
  return { name: `${stem}.${sha256(text).slice(0, 16)}.${extension}`, type, body: utf8(text) };
}

export const styleSheet = asset(
  "site",
  "css",
  "text/css; charset=utf-8",
  styles.map((name) => read(`${name}.css`)).join("\n"),
);

export const studioStyleSheet = asset(
  "studio",
  "css",
  "text/css; charset=utf-8",
  [
    ...["colours", "base", "body"].map((name) => read(`${name}.css`)),
    ...studioStyles.map((name) => read(`${name}.css`, "studio")),
  ].join("\n"),
);

export const icon = asset("icon", "svg", "image/svg+xml", read("icon.svg"));

/** Of the public pages. */
export const assets: readonly Asset[] = [styleSheet, icon];
/** Previews are dressed as the public pages are. */
export const studioAssets: readonly Asset[] = [studioStyleSheet, styleSheet, icon];

/** Where a page finds it. */
export function assetAddress({ name }: Asset): string {
  return `/_kasbah/assets/${name}`;
}
