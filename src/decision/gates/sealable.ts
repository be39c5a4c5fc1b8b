/**
 * Which requests may be given back sealed. What comes back from the challenge's own page is of the same site to a browser: it sends cookies
 * along that it keeps from other sites' forms (SameSite), and says that it comes from here (Origin). So nothing is sealed that another
 * site's page made somebody send, nor what no form could have sent.
 */
import { sealedBodyBytesMax } from "./seal.ts";

export interface FormSent {
  readonly method: string;
  readonly type: string;
  readonly bodyBytes: number;
  /** The site's own: https://example.org */
  readonly ownOrigin: string;
  /** Headers of these names; null where there is none. */
  readonly origin: string | null;
  readonly referer: string | null;
  readonly secFetchSite: string | null;
}

const formTypes = ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];

export function isSealable({ method, type, bodyBytes, ...from }: FormSent): boolean {
  const essence = type.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const isForm = method === "POST" && formTypes.includes(essence);
  return isForm && bodyBytes <= sealedBodyBytesMax && isOwnForm(from);
}

/** Text browsers say nothing at all; what is said must fit. */
function isOwnForm({
  ownOrigin,
  origin,
  referer,
  secFetchSite,
}: Pick<FormSent, "ownOrigin" | "origin" | "referer" | "secFetchSite">): boolean {
  const isSameSite = secFetchSite === null || secFetchSite === "same-origin";
  const isOwnOrigin = origin === null || origin === ownOrigin;
  const isOwnPage = referer === null || referer === ownOrigin || referer.startsWith(`${ownOrigin}/`);
  return isSameSite && isOwnOrigin && isOwnPage;
}
