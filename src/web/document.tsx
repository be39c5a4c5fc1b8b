/** @jsxImportSource hono/jsx */
/** The shell of every page: what stands in its head, and nothing that a script-free policy would refuse. */
import type { Child } from "hono/jsx";
import { directionOf, type LanguageTag } from "../language/tags.ts";
import { type Asset, assetAddress, icon, styleSheet } from "./assets.ts";

export interface DocumentProps {
  /** Of the interface on this page. */
  readonly language: LanguageTag;
  readonly title: string;
  readonly description?: string | undefined;
  /** The same page in other languages; hrefs relative to the root. */
  readonly alternates?: readonly { readonly language: LanguageTag; readonly href: string }[];
  readonly feeds?: readonly { readonly title: string; readonly type: string; readonly href: string }[];
  readonly canonical?: string | undefined;
  /** Search engines are to leave it out. */
  readonly unlisted?: boolean;
  /** No style sheet and no icon: the page is one file of a few kilobytes. */
  readonly plain?: boolean;
  /** Instead of the public site's. */
  readonly styleSheet?: Asset;
  /** Addresses of modules. The public pages have none. */
  readonly scripts?: readonly string[];
  readonly children?: Child;
}

export function Document(props: DocumentProps) {
  const { language, title, description, alternates = [], feeds = [], canonical, children } = props;
  return (
    <html lang={language} dir={directionOf(language)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        {description && <meta name="description" content={description} />}
        {props.unlisted === true && <meta name="robots" content="noindex" />}
        {canonical !== undefined && <link rel="canonical" href={canonical} />}
        {alternates.map(({ language: other, href }) => (
          <link rel="alternate" hreflang={other} href={href} />
        ))}
        {feeds.map((feed) => (
          <link rel="alternate" type={feed.type} title={feed.title} href={feed.href} />
        ))}
        {props.plain !== true && (
          <link rel="stylesheet" href={assetAddress(props.styleSheet ?? styleSheet)} />
        )}
        {props.plain !== true && <link rel="icon" type={icon.type} href={assetAddress(icon)} />}
        {props.scripts?.map((address) => (
          <script type="module" src={address} />
        ))}
      </head>
      <body>{children}</body>
    </html>
  );
}

/** A whole page as text, with its doctype. */
export function htmlOf(page: { toString(): string }): string {
  return `<!doctype html>\n${fragmentOf(page)}\n`;
}

/** Part of a page as text. */
export function fragmentOf(part: { toString(): string }): string {
  return part.toString();
}
