/** What an answer's head says and does. */
import { policy, refresh } from "./meta.ts";
import type { Gathering } from "./gathering.ts";
import type { AnswerHead } from "./kind.ts";

const policies: ReadonlySet<string> = new Set([
  "content-security-policy",
  "content-security-policy-report-only",
  "x-frame-options",
  "permissions-policy",
  "cross-origin-opener-policy",
  "cross-origin-embedder-policy",
  "cross-origin-resource-policy",
  "access-control-allow-origin",
  "referrer-policy",
  "service-worker-allowed",
  "clear-site-data",
  "x-robots-tag",
]);

/** Where it leads, as a reference; empty where it doesn't. */
export function readHead({ status, headers }: AnswerHead, facts: Gathering): string {
  let location = "";
  for (const [name, value] of headers) {
    if (name === "location" && status >= 300 && status < 400) location = facts.references.of(value);
    else if (name === "refresh") refresh(facts, value);
    else if (name === "link") links(value, facts);
    else if (name === "set-cookie") facts.add("cookies", value.split(/[=;]/, 1)[0]?.trim() ?? "");
    else if (policies.has(name)) policy(facts, name, value);
  }
  return location;
}

/** Of an answer's language, where its markup says none. */
export function languageOf({ headers }: AnswerHead): string {
  const said = headers.find(([name]) => name === "content-language")?.[1] ?? "";
  return said.split(",", 1)[0]?.trim().slice(0, 40) ?? "";
}

/** RFC 8288: `<address>; rel="preload"`. */
function links(value: string, facts: Gathering): void {
  for (const [, address = "", rest = ""] of value.matchAll(/<([^>]*)>([^<]*)/g)) {
    const relation = /\brel\s*=\s*"?([^";,]*)/i.exec(rest)?.[1]?.toLowerCase() ?? "";
    if (relation.includes("stylesheet")) facts.reference("styles", address);
    else if (/preload|prefetch|prerender|preconnect/.test(relation)) facts.reference("preloads", address);
    else if (relation.includes("serviceworker")) facts.reference("service-workers", address);
    else {
      const host = facts.host("link-hosts", address);
      const isOther = relation === "canonical" || (relation === "alternate" && /hreflang/i.test(rest));
      if (host !== "" && isOther) facts.add("stand-ins", `${relation} ${host}`);
    }
  }
}
