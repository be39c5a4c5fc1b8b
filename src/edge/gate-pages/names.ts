/** What the gates' pages, the scripts in them and the edge call things: form fields, cookies, headers, messages to the solver. */

/** The form posts to the address that was challenged. Its ticket comes first, so that a few bytes tell it from a form of the site's. */
export const fields = { ticket: "kasbah-ticket", proof: "kasbah-proof", sealed: "kasbah-sealed" } as const;

/** `staff`: at the studio alone (sign-in/). */
export const cookies = { ticket: "kasbah-ticket", pass: "kasbah-pass", staff: "kasbah-staff" } as const;

/** For machines and tests: what met the request. */
export const gateHeader = "kasbah-gate";

/** A browser takes the prefix over TLS only, and then from this very host alone (RFC 6265bis, section 4.1.3.2). */
export function cookieName(name: string, tls: boolean): string {
  return tls ? `__Host-${name}` : name;
}

/** Not for scripts, not for other sites' forms. */
export function cookieOf(name: string, value: string, maxAgeS: number, tls: boolean): string {
  const secure = tls ? "; Secure" : "";
  return `${cookieName(name, tls)}=${value}; Path=/; Max-Age=${maxAgeS}; HttpOnly; SameSite=Lax${secure}`;
}

/** The one message to the solver's Worker. */
export interface SolverTask {
  /** Of its ticket, hex: away from TLS a browser has no SHA-256 of its own. */
  readonly seed: string;
  readonly effort: number;
}

/** What it says meanwhile, and at last. */
export interface SolverNews {
  /** A share, 0 to 1. */
  readonly done?: number;
  /** base64url. */
  readonly proof?: string;
}
