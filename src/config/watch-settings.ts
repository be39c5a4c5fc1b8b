/** Of the settings table: what the watch keeps, whom it tells, and through what. */
import { type InterfaceLanguage, interfaceLanguages } from "../language/tags.ts";
import { list, number, text } from "./setting.ts";

/** One way to people. Which fields it has to have and may have depends on its kind (cross-checks.ts). */
export interface AlertSetting {
  readonly kind: "webhook" | "email" | "ntfy";
  readonly url?: string;
  readonly secret?: string;
  readonly token?: string;
  readonly to?: string;
  readonly from?: string;
  readonly server?: string;
  readonly tls?: "starttls" | "tls" | "off";
  readonly user?: string;
  readonly password?: string;
  readonly language?: InterfaceLanguage;
}

export const watchSettings = {
  outbound: {
    proxy: text({
      default: "",
      form: "proxy",
      prose:
        "An HTTP proxy through which alerts and the heartbeat leave, so that who gets them doesn't see this machine's address: `http://user:password@127.0.0.1:3128`. Mail goes through it by CONNECT. Empty: directly.",
    }),
  },
  watch: {
    alerts: list<AlertSetting>({
      of: "table",
      fields: {
        kind: ["webhook", "email", "ntfy"],
        url: "url",
        secret: "text",
        token: "text",
        to: "mail-address",
        from: "mail-address",
        server: "mail-server",
        tls: ["starttls", "tls", "off"],
        user: "text",
        password: "text",
        language: interfaceLanguages,
      },
      required: ["kind"],
      default: [],
      prose:
        'Who is told when an attack or an outage begins, gets worse or ends, and when somebody has to decide: { kind = "webhook", url = "https://…", secret = "…" }, { kind = "email", to = "…", from = "…", server = "smtp.example.org:587", user = "…", password = "…" } or { kind = "ntfy", url = "https://ntfy.example.org/topic", token = "…" }. Each may have a `language` (ar, fr, en).',
    }),
    heartbeat_url: text({
      default: "",
      form: "url",
      prose:
        "Asked for (GET) once a minute while the watch is well and hears from an edge, so that whoever is asked can call you once that ends. Empty: none.",
    }),
    retention: number({
      default: 365,
      unit: "days",
      min: 1,
      max: 36_500,
      prose: "Days that closed incidents are kept. They hold no reader's address.",
    }),
  },
} as const;
