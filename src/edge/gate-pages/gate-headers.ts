/** The headers of the gates' answers: for nobody to keep or list, and nothing in the page but what was put there. */
import { securityHeaders } from "../security-headers.ts";
import { sources } from "./layout.ts";
import { gateHeader } from "./names.ts";

export interface GateAnswer {
  readonly status: 503 | 429;
  readonly headers: [string, string][];
  readonly body: string;
}

const types = {
  still: "text/html; charset=utf-8",
  scripted: "text/html; charset=utf-8",
  plain: "text/plain; charset=utf-8",
  json: "application/json",
} as const;

/**
 * Without `form-action`: Chromium and Safari hold it against where the site itself leads after a form, also elsewhere (to pay, to sign in), and what
 * somebody wrote would end there (w3c/webappsec-csp, issue 8). The one form goes to a path of this site.
 */
const closed = "base-uri 'none'; frame-ancestors 'none'";
const policies = {
  still: `default-src 'none'; style-src ${sources.style}; ${closed}`,
  scripted: `default-src 'none'; style-src ${sources.style}; script-src ${sources.script}; worker-src 'self'; ${closed}`,
  plain: `default-src 'none'; ${closed}`,
  json: `default-src 'none'; ${closed}`,
} as const;

export interface GateHeaders {
  readonly gate: "ticket" | "work" | "refused";
  readonly policy: keyof typeof policies;
  readonly language: string;
  readonly retryAfterS: number;
  readonly tls: boolean;
}

export function gateHeaders({ gate, policy, language, retryAfterS, tls }: GateHeaders): [string, string][] {
  return [
    ...prepared(policy, tls),
    ["content-language", language],
    ["retry-after", String(retryAfterS)],
    [gateHeader, gate],
  ];
}

const made = new Map<string, readonly [string, string][]>();

/** What is the same each time: eight of them. */
function prepared(policy: keyof typeof policies, tls: boolean): readonly [string, string][] {
  const key = `${policy} ${tls}`;
  const known = made.get(key) ?? headersFor(policy, tls);
  made.set(key, known);
  return known;
}

function headersFor(policy: keyof typeof policies, tls: boolean): [string, string][] {
  const type = types[policy];
  return Object.entries({
    ...securityHeaders(undefined, type, tls),
    "content-type": type,
    "content-security-policy": policies[policy],
    // A form says where it comes from: `no-referrer` would have it sent with `Origin: null`, which sites refuse (Fetch, append a request Origin header).
    "referrer-policy": "same-origin",
    "cache-control": "no-store",
    "x-robots-tag": "noindex",
    vary: "accept, accept-language, cookie",
  });
}
