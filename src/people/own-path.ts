/** Where to go on after a step: a path of the studio's own, so that no link of ours leads people to somebody else's page. */
export function ownPath(to: string): string {
  const here = "http://studio.invalid";
  const url = to.startsWith("/") ? URL.parse(to, here) : null;
  return url?.origin === here && !url.pathname.startsWith("//") ? url.pathname + url.search : "/";
}
