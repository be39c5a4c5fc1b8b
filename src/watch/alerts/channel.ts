/** One way to people, and all that are set. */
import { createHash } from "node:crypto";
import type { Clock } from "../../base/clock.ts";
import type { Config } from "../../config/settings.ts";
import type { AlertSetting } from "../../config/watch-settings.ts";
import { type InterfaceLanguage, interfaceOf, isLanguageTag } from "../../language/tags.ts";
import { emailChannel } from "./email.ts";
import { ntfyChannel } from "./ntfy.ts";
import type { Transport } from "./letter.ts";
import { outbound, type Send } from "./outbound.ts";
import { webhookChannel } from "./webhook.ts";

export interface Channel extends Transport {
  /** Without what would open it: `webhook hooks.example.org 3f9a`. */
  readonly name: string;
  readonly language: InterfaceLanguage;
}

type Needed = Pick<Config, "watch" | "site" | "outbound">;

export function channelsOf({ watch, site, outbound: { proxy } }: Needed, clock: Clock): Channel[] {
  const send = outbound(proxy);
  const usual = isLanguageTag(site.default_language) ? interfaceOf(site.default_language) : "en";
  return watch.alerts.map((setting) => ({
    name: nameOf(setting),
    language: setting.language ?? usual,
    ...transportOf(setting, send, { proxy, clock }),
  }));
}

function transportOf(
  setting: AlertSetting,
  send: Send,
  { proxy, clock }: { proxy: string; clock: Clock },
): Transport {
  switch (setting.kind) {
    case "webhook":
      return webhookChannel(setting, send, clock);
    case "ntfy":
      return ntfyChannel(setting, send);
    case "email":
      return emailChannel(setting, proxy);
  }
}

/** Where it leads to is told by its host; the rest of an address may be a secret, so that a hash keeps two of one host apart. */
function nameOf({ kind, url = "", to = "", server = "" }: AlertSetting): string {
  const mark = createHash("sha256").update(`${url} ${to} ${server}`).digest("hex").slice(0, 4);
  const host = kind === "email" ? to.slice(to.indexOf("@") + 1) : new URL(url).host;
  return `${kind} ${host} ${mark}`;
}
