/** A push message by way of ntfy (https://docs.ntfy.sh/publish/): the words in the body, title, urgency and link in headers. */
import type { AlertSetting } from "../../config/watch-settings.ts";
import type { Letter, Transport } from "./letter.ts";
import { assertTaken, type Send } from "./outbound.ts";

const priorities: Readonly<Record<Letter["urgency"], string>> = {
  high: "urgent",
  usual: "high",
  low: "default",
};

export function ntfyChannel({ url = "", token }: AlertSetting, send: Send): Transport {
  const authorization: Record<string, string> =
    token === undefined ? {} : { authorization: `Bearer ${token}` };
  return {
    async send({ subject, lines, link, urgency }, signal) {
      const headers = {
        ...authorization,
        "content-type": "text/plain; charset=utf-8",
        title: encodedWord(subject),
        priority: priorities[urgency],
        ...(link !== "" && { click: link }),
      };
      assertTaken(await send(url, { method: "POST", headers, body: lines.join("\n"), signal }));
    },
    async probe(signal) {
      await send(url, { method: "HEAD", headers: authorization, signal });
    },
  };
}

/** Headers carry ASCII; the rest as RFC 2047 has it, which ntfy reads. */
function encodedWord(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : `=?UTF-8?B?${Buffer.from(text).toString("base64")}?=`;
}
