/**
 * The studio's cookies. Where there is TLS they are `__Host-` ones: no other host, and nothing without TLS, can set them
 * (RFC 6265bis, section 4.1.3). Lax, so that a link from a message still finds one signed in; what changes something is a
 * POST, and the front door holds each to its Origin.
 */

import { hostPrefix, sessionCookie } from "../bus/session-header.ts";

export type CookieName = "session" | "challenge" | "language";

export function cookieOf(request: Request, origin: string, name: CookieName): string | undefined {
  const cookies = new Bun.CookieMap(request.headers.get("cookie") ?? "");
  return cookies.get(fullName(origin, name)) ?? undefined;
}

export function setCookie(origin: string, name: CookieName, value: string, maxAgeS: number): string {
  return new Bun.Cookie(fullName(origin, name), value, {
    path: "/",
    httpOnly: true,
    secure: isSecure(origin),
    sameSite: name === "challenge" ? "strict" : "lax",
    maxAge: maxAgeS,
  }).toString();
}

export function dropCookie(origin: string, name: CookieName): string {
  return setCookie(origin, name, "", 0);
}

function fullName(origin: string, name: CookieName): string {
  const plain = name === "session" ? sessionCookie : `kasbah-${name}`;
  return isSecure(origin) ? hostPrefix + plain : plain;
}

function isSecure(origin: string): boolean {
  return origin.startsWith("https:");
}
