/**
 * Who works on the protected site: their requests pass by cache and judging. A reader must not be made one of them, so a sign-in cookie only comes
 * from where one signs in.
 */
import type { Config } from "../../config/settings.ts";
import { expressionOf } from "../cookie-names.ts";
import { canonicalSpelling } from "../paths.ts";

export interface StaffRequest {
  readonly path: string;
  readonly headers: Headers;
}

/** Below an admin path, and yet asked for by readers' browsers: what WordPress's themes and plugins answer there ends up in pages. */
const publicPaths = new Set(["/wp-admin/admin-ajax.php", "/wp-admin/admin-post.php"]);
const ownSites = new Set(["same-origin", "same-site", "none"]);

export class Staff {
  /** With what the paths below them begin with. */
  readonly #adminPaths: readonly { readonly admin: string; readonly below: string }[];
  readonly #sessionCookies: readonly RegExp[];

  constructor({ admin_paths: adminPaths, session_cookies: cookies }: Config["origin"]) {
    const named = adminPaths.map((path) => path.replace(/\/+$/, ""));
    this.#adminPaths = named.map((admin) => ({ admin, below: `${admin}/` }));
    this.#sessionCookies = cookies.map((pattern) => new RegExp(`^${expressionOf(pattern)}$`));
  }

  has(request: StaffRequest): boolean {
    const { headers } = request;
    return this.#isAdminPath(request.path) || headers.has("authorization") || this.#isSignedIn(headers);
  }

  /**
   * Whether the answer may sign its client in: they are signed in, or a person came to an admin path by their own deed. Not what a page loads, sends
   * or redirects to by itself, and not another site's link: an origin that somebody took over would sign in every reader.
   */
  maySignIn({ path, headers }: StaffRequest): boolean {
    return this.#isSignedIn(headers) || (this.#isAdminPath(path) && isOwnDeed(headers));
  }

  /** `setCookie`: one field's value. */
  isSignIn(setCookie: string): boolean {
    return this.#isSession(nameOf(setCookie));
  }

  /** `/wp-admin` and what lies below it, in whatever spelling; not `/wp-administrators`. */
  #isAdminPath(path: string): boolean {
    const spelled = canonicalSpelling(path);
    if (publicPaths.has(spelled)) return false;
    return this.#adminPaths.some(({ admin, below }) => spelled === admin || spelled.startsWith(below));
  }

  #isSignedIn(headers: Headers): boolean {
    const cookies = headers.get("cookie");
    return cookies !== null && cookies.split(";").some((cookie) => this.#isSession(nameOf(cookie)));
  }

  #isSession(name: string): boolean {
    return this.#sessionCookies.some((pattern) => pattern.test(name));
  }
}

/** Fetch Metadata; of browsers without it, what they only say when they open a page. */
function isOwnDeed(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  if (site === null) return headers.get("upgrade-insecure-requests") === "1";
  return ownSites.has(site) && headers.get("sec-fetch-mode") === "navigate" && headers.has("sec-fetch-user");
}

function nameOf(cookie: string): string {
  return (cookie.split("=", 1)[0] ?? "").trim();
}
