/** The headers that protect a reader's browser. The edge sets them itself; nothing that is published can loosen them. */
import type { Area } from "../edition/target.ts";

/** No script anywhere: pages work without it, and what slipped into one must not run. */
const withoutScript =
  "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; font-src 'self'";
const closed = "base-uri 'none'; frame-ancestors 'none'";

/** Search and later comments are forms, on pages only. */
const policies = {
  pages: `${withoutScript}; form-action 'self'; ${closed}`,
  other: `${withoutScript}; form-action 'none'; ${closed}`,
} as const;

const always = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
  "cross-origin-opener-policy": "same-origin",
} as const;

/** A year; not for subdomains, which may be somebody else's. */
export const hsts = { "strict-transport-security": "max-age=31536000" } as const;

/** For one answer: `area` of its target, undefined for the edge's own words; `type`: its Content-Type. */
export function securityHeaders(
  area: Area | undefined,
  type: string,
  tls: boolean,
): Readonly<Record<string, string>> {
  return {
    ...always,
    "content-security-policy": area === "pages" ? policies.pages : policies.other,
    "cross-origin-resource-policy": sharing(type),
    ...(tls ? hsts : {}),
  };
}

/** Feed readers on the web show our images inside pages of their own; nothing else is for other sites to embed. */
function sharing(type: string): string {
  return type.startsWith("image/") ? "cross-origin" : "same-origin";
}
