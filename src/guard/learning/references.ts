/** References as facts write them (`/path?query`, `//host/path?query`, `data:…`): their parts, and the forms that what comes and goes has in common. */

/** Empty where it leads to the site itself, or nowhere. */
export function hostOf(reference: string): string {
  if (!reference.startsWith("//")) return "";
  const end = reference.slice(2).search(/[/?#]/);
  return end < 0 ? reference.slice(2) : reference.slice(2, end + 2);
}

export function isOwn(reference: string): boolean {
  return reference.startsWith("/") && !reference.startsWith("//");
}

/** What carries its contents in itself. */
export function isCarried(reference: string): boolean {
  return !reference.startsWith("/");
}

/** With its host, if it has one. */
export function withoutQuery(reference: string): string {
  const end = reference.search(/[?#]/);
  return end < 0 ? reference : reference.slice(0, end);
}

/** `//host/first` of `//host/first/second?query`: a video's player, not whatever else that host has. */
export function placeOf(reference: string): string {
  const host = hostOf(reference);
  if (host === "") return withoutQuery(reference);
  const first =
    withoutQuery(reference)
      .slice(2 + host.length)
      .split("/")[1] ?? "";
  return `//${host}/${first}`;
}

/**
 * Of what changes from load to load: `//ads.example/show?slot=top&r=#` for `…&r=81723`. Only digits, hex digits and random-looking words are
 * taken for changing by themselves; a host and the words of a path never are.
 */
export function formOf(reference: string): string {
  const at = reference.search(/[?#]/);
  const path = at < 0 ? reference : reference.slice(0, at);
  const host = hostOf(reference);
  const own = host === "" ? path : path.slice(2 + host.length);
  const folders = own.split("/").map((part) => (isRandom(part) ? "#" : part.replace(/\d{4,}/g, "#")));
  return (
    (host === "" ? "" : `//${host}`) + folders.join("/") + (at < 0 ? "" : queryForm(reference.slice(at)))
  );
}

function queryForm(query: string): string {
  return query.replace(/=([^&#]*)/g, (_, value: string) =>
    /^[\d.]+$/.test(value) || isRandom(value) ? "=#" : `=${value}`,
  );
}

/** Hex or base64 of at least eight characters with digits among them. */
function isRandom(text: string): boolean {
  return /^[\w-]{8,}={0,2}$/.test(text) && /\d/.test(text) && !/^[a-z]+(-[a-z0-9]+)*$/.test(text);
}

/** 32 bits of a text as seven characters at most (FNV-1a): where thousands are remembered and a chance meeting does no harm. */
export function shortHash(text: string): string {
  let hash = 0x811c_9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x0100_0193);
  }
  return (hash >>> 0).toString(36);
}
