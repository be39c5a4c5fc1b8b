/** A letter by SMTP: plain text, no picture, no link that knows who follows it. The provider signs it (DKIM), we don't. */
import { createTransport } from "nodemailer";
import type { AlertSetting } from "../../config/watch-settings.ts";
import type { Letter, Transport } from "./letter.ts";

/** Of connecting, of the greeting, of any silence after it. */
const patienceMs = 10_000;

export function emailChannel(setting: AlertSetting, proxy: string): Transport {
  const { from = "", to = "" } = setting;
  const domain = from.slice(from.indexOf("@") + 1);
  return {
    async send(letter, signal) {
      const transport = transportTo(setting, proxy);
      const message = { ...messageOf(letter, domain), from, to };
      await orAborted(transport.sendMail(message), signal);
    },
    async probe(signal) {
      await orAborted(transportTo(setting, proxy).verify(), signal);
    },
  };
}

function transportTo(
  { server = "", tls = "starttls", user, password, from = "" }: AlertSetting,
  proxy: string,
) {
  const { hostname, port } = new URL(`smtp://${server}`);
  return createTransport({
    host: hostname.replace(/^\[|\]$/g, ""),
    port: Number(port),
    secure: tls === "tls",
    requireTLS: tls === "starttls",
    ignoreTLS: tls === "off",
    // Not this machine's own name, which is nobody's business.
    name: from.slice(from.indexOf("@") + 1),
    ...(user !== undefined && password !== undefined && { auth: { user, pass: password } }),
    ...(proxy !== "" && { proxy }),
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** The same letter tried twice is one letter to whoever keeps both. */
function messageOf({ id, subject, lines, link, urgency }: Letter, domain: string) {
  const name = id.replaceAll(/[^\w-]+/g, ".");
  return {
    subject,
    text: [...lines, ...(link === "" ? [] : ["", link])].join("\n"),
    messageId: `<kasbah.${name}@${domain}>`,
    priority: urgency === "high" ? ("high" as const) : ("normal" as const),
    headers: { "Auto-Submitted": "auto-generated" },
    xMailer: false as const,
  };
}

async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<void> {
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(new Error("it took too long"));
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort);
  try {
    await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
    // Whoever comes too late is not waited for; that it failed is known already.
    work.catch(() => {});
  }
}
