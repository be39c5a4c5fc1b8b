/** Who reads with a program: the groups in which harm is counted, from what it calls itself. Nobody is refused anything for one. */
import type { AgentFamily } from "../traits.ts";
import type { ClientGroup } from "./trait.ts";

/** Families that are a group of their own. */
const byFamily: Partial<Record<AgentFamily, ClientGroup>> = {
  none: "none",
  "text-browser": "text-browser",
  "feed-reader": "feed-reader",
  archive: "archive",
  crawler: "crawler",
  tool: "tool",
};

/**
 * Tor Browser says the same on all machines: Windows 10 without its processor, or Android 10 (resistFingerprinting, nsRFPService.h). A
 * few old Windows machines and telephones say so too, and are then counted with it.
 */
const tor =
  /^Mozilla\/5\.0 \((?:Windows NT 10\.0|Android 10; Mobile); rv:\d+\.0\) Gecko\/(?:20100101|\d+\.0) Firefox\//;

/** Tablets too: what can be held. */
const handheld =
  /Mobile|Android|iPhone|iPad|iPod|Opera Mini|J2ME|Windows Phone|IEMobile|BlackBerry|BB10|KAIOS|Symbian|Nokia|UCWEB|SamsungBrowser|CriOS|FxiOS|EdgiOS/i;

export function clientGroup(userAgent: string, family: AgentFamily): ClientGroup {
  const group = byFamily[family];
  if (group !== undefined) return group;
  if (tor.test(userAgent)) return "tor";
  if (handheld.test(userAgent)) return "phone";
  return family === "other" ? "tool" : "desktop";
}
