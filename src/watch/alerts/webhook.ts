/**
 * A POST with JSON to whoever listens, signed as Standard Webhooks 1.0 says, so that there are programs that check it. The signature also
 * stands under a name of our own; the time is part of what is signed, so that nothing can be said again later.
 */
import { createHmac } from "node:crypto";
import type { Clock } from "../../base/clock.ts";
import type { AlertSetting } from "../../config/watch-settings.ts";
import type { Letter, Transport } from "./letter.ts";
import { assertTaken, type Send } from "./outbound.ts";

export function webhookChannel({ url = "", secret }: AlertSetting, send: Send, clock: Clock): Transport {
  return {
    async send(letter, signal) {
      const body = JSON.stringify(bodyOf(letter));
      const headers = headersOf(letter.id, body, secret, Math.floor(clock.nowMs() / 1_000));
      assertTaken(await send(url, { method: "POST", headers, body, signal }));
    },
    async probe(signal) {
      await send(url, { method: "HEAD", signal });
    },
  };
}

/** `text` is what chat programs show of a hook. */
function bodyOf({ type, at, subject, lines, link, facts }: Letter): unknown {
  const text = [subject, ...lines, link].filter((line) => line !== "").join("\n");
  return { type, timestamp: at, text, data: { subject, lines, link, facts } };
}

function headersOf(
  id: string,
  body: string,
  secret: string | undefined,
  atS: number,
): Record<string, string> {
  const plain = { "content-type": "application/json", "webhook-id": id, "webhook-timestamp": `${atS}` };
  if (secret === undefined) return plain;
  const signature = signatureOf(secret, { id, atS, body });
  return { ...plain, "webhook-signature": signature, "kasbah-signature": signature };
}

/** `v1,` and HMAC-SHA256 in base64 over `id.seconds.body`. A secret that begins with `whsec_` goes on in base64. */
export function signatureOf(
  secret: string,
  { id, atS, body }: { id: string; atS: number; body: string },
): string {
  const prefix = "whsec_";
  const key = secret.startsWith(prefix)
    ? Buffer.from(secret.slice(prefix.length), "base64")
    : Buffer.from(secret);
  return `v1,${createHmac("sha256", key).update(`${id}.${atS}.${body}`).digest("base64")}`;
}
