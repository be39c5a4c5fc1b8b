/** Which fields an entry of `watch.alerts` has to have and may have, by its kind. */
import { isLoopbackHost } from "../base/network.ts";
import type { Conflict } from "./conflict.ts";
import type { Config } from "./settings.ts";
import type { AlertSetting } from "./watch-settings.ts";

type Field = Exclude<keyof AlertSetting, "kind">;

const fieldsOf: Readonly<
  Record<AlertSetting["kind"], { readonly needed: readonly Field[]; readonly allowed: readonly Field[] }>
> = {
  webhook: { needed: ["url"], allowed: ["secret", "language"] },
  ntfy: { needed: ["url"], allowed: ["token", "language"] },
  email: { needed: ["to", "from", "server"], allowed: ["tls", "user", "password", "language"] },
};

export function alertsFit({ watch }: Pick<Config, "watch">): Conflict[] {
  return watch.alerts.flatMap((alert, at) =>
    [...missing(alert), ...foreign(alert), ...halfSignIn(alert), ...inClear(alert), ...noTopic(alert)].map(
      (what) => ({
        path: ["watch", "alerts", at] as const,
        what: `watch.alerts: ${what}`,
      }),
    ),
  );
}

function missing(alert: AlertSetting): string[] {
  return fieldsOf[alert.kind].needed
    .filter((field) => alert[field] === undefined)
    .map((field) => `${alert.kind} needs ${field} = "…"`);
}

function foreign(alert: AlertSetting): string[] {
  const { needed, allowed } = fieldsOf[alert.kind];
  const known = ["kind", ...needed, ...allowed];
  return Object.keys(alert)
    .filter((field) => !known.includes(field))
    .map((field) => `${alert.kind} has no "${field}"; it takes ${[...needed, ...allowed].join(", ")}`);
}

function halfSignIn({ user, password }: AlertSetting): string[] {
  return (user === undefined) === (password === undefined)
    ? []
    : ["user and password go together; give both or neither"];
}

/** Whoever listens on the line would have the password. */
function inClear({ tls, server, password }: AlertSetting): string[] {
  if (tls !== "off" || password === undefined || server === undefined) return [];
  if (isLoopbackHost(new URL(`smtp://${server}`).hostname)) return [];
  return ['tls = "off" would send the password in clear; take "starttls" or "tls"'];
}

function noTopic({ kind, url }: AlertSetting): string[] {
  if (kind !== "ntfy" || url === undefined || new URL(url).pathname !== "/") return [];
  return ["ntfy's url ends with the topic, like https://ntfy.sh/a-topic-that-nobody-guesses"];
}
