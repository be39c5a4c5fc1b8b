/**
 * Who works on the protected site: their requests pass by cache and judging. A reader must not be made one of them, so a sign-in cookie only comes
 * from where one signs in.
 */
import type { Config } from "../../config/settings.ts";
import { canonicalSpelling } from "../paths.ts";

export interface StaffRequest {
  readonly path: string;
  readonly headers: Headers;
}

export class Staff {
  readonly #adminPaths: readonly string[];
  readonly #sessionCookies: readonly RegExp[];

  constructor({ admin_paths: adminPaths, session_cookies: cookies }: Config["origin"]) {
    this.#adminPaths = adminPaths.map((path) => path.replace(/\/+$/, ""));
    this.#sessionCookies = cookies.map(patternOf);
  }

  has(request: StaffRequest): boolean {
    const { headers } = request;
    return this.isAdminPath(request.path) || headers.has("authorization") || this.#isSignedIn(headers);
  }

  /** `/wp-admin` and what lies below it, in whatever spelling; not `/wp-administrators`. */
  isAdminPath(path: string): boolean {
    const spelled = canonicalSpelling(path);
    return this.#adminPaths.some((admin) => spelled === admin || spelled.startsWith(`${admin}/`));
  }

  /** `setCookie`: one field's value. */
  isSignIn(setCookie: string): boolean {
    return this.#isSession(nameOf(setCookie));
  }

  #isSignedIn(headers: Headers): boolean {
    const cookies = headers.get("cookie");
    return cookies !== null && cookies.split(";").some((cookie) => this.#isSession(nameOf(cookie)));
  }

  #isSession(name: string): boolean {
    return this.#sessionCookies.some((pattern) => pattern.test(name));
  }
}

function nameOf(cookie: string): string {
  return (cookie.split("=", 1)[0] ?? "").trim();
}

/** `wordpress_logged_in_*`: a star stands for any letters, digits, `_` and `-`. */
function patternOf(pattern: string): RegExp {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[\\w-]*")}$`);
}
