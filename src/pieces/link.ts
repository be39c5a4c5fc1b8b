/** What links and pictures may point to. One rule for whatever comes in (body.ts) and for the editor's dialogs. */

/** `javascript:`, `data:` and the rest never get past it, nor what a browser would read otherwise than it looks. */
const link = /^(https?:\/\/|mailto:|tel:|\/(?![/\\])|#)[^\s\p{Cc}]*$/iu;
const remoteImage = /^https?:\/\/[^\s\p{Cc}]+$/iu;
export const linkCharactersMax = 2_048;

export function isLink(href: string): boolean {
  return href.length <= linkCharactersMax && link.test(href);
}

export function isRemoteImage(source: string): boolean {
  return source.length <= linkCharactersMax && remoteImage.test(source);
}
