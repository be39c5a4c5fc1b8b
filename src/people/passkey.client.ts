/** Forms that need a passkey: asks the studio for a challenge, the device for an answer, and sends it. Platform-only work. */
import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from "@simplewebauthn/browser";
import { z } from "zod/mini";

const refusalSchema = z.object({ error: z.string() });
const nextSchema = z.object({ to: z.string() });

/** `data-passkey` says what the form is for, `data-*` what to say when it fails. */
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
  if (!browserSupportsWebAuthn()) say(form, form.dataset["unsupported"]);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send(form);
  });
}

async function send(form: HTMLFormElement): Promise<void> {
  const button = form.querySelector("button");
  if (button === null || button.disabled) return;
  button.disabled = true;
  say(form, form.dataset["waiting"]);
  try {
    location.assign(await exchange(form));
  } catch (thrown) {
    say(form, wordsFor(thrown, form));
    button.disabled = false;
  }
}

/** Returns where to go on. */
async function exchange(form: HTMLFormElement): Promise<string> {
  const fields = Object.fromEntries(new FormData(form));
  const post = (address: string, value: unknown): Promise<unknown> => postInTurn(address, value, form);
  const options = await post(`${form.action}/challenge`, fields);
  const answer =
    form.dataset["passkey"] === "make"
      ? await startRegistration({
          optionsJSON: options as Parameters<typeof startRegistration>[0]["optionsJSON"],
        })
      : await startAuthentication({
          optionsJSON: options as Parameters<typeof startAuthentication>[0]["optionsJSON"],
        });
  return nextSchema.parse(await post(form.action, { ...fields, answer })).to;
}

class Refused extends Error {}

/** Once more by itself, where many come at once and the answer says when; nothing of the form is lost meanwhile. */
async function postInTurn(address: string, value: unknown, form: HTMLFormElement): Promise<unknown> {
  let response = await sendJson(address, value);
  const waitMs = waitMsOf(response);
  if (waitMs !== undefined) {
    const before = form.querySelector("[role=status]")?.textContent ?? undefined;
    say(form, form.dataset["turn"]);
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    say(form, before);
    response = await sendJson(address, value);
  }
  const body: unknown = await response.json();
  if (!response.ok) throw new Refused(refusalSchema.parse(body).error);
  return body;
}

function sendJson(address: string, value: unknown): Promise<Response> {
  return fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(value),
  });
}

/** Longer, and the device's question would come when nobody sits there any more. */
const waitMaxMs = 20_000;

/** Undefined: it is an answer, or not worth waiting for; or a page of the edge's, which says that the studio is away. */
function waitMsOf({ status, headers }: Response): number | undefined {
  const waitMs = Number(headers.get("retry-after")) * 1_000;
  const isJson = headers.get("content-type")?.startsWith("application/json") === true;
  const isBusy = isJson && (status === 429 || status === 503);
  return isBusy && waitMs > 0 && waitMs <= waitMaxMs ? waitMs : undefined;
}

function wordsFor(thrown: unknown, { dataset }: HTMLFormElement): string | undefined {
  if (thrown instanceof Refused) return thrown.message;
  if (thrown instanceof WebAuthnError && thrown.code === "ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED")
    return dataset["known"];
  const isNetwork = thrown instanceof TypeError || thrown instanceof SyntaxError;
  return isNetwork ? dataset["unreachable"] : dataset["cancelled"];
}

function say(form: HTMLFormElement, words: string | undefined): void {
  const place = form.querySelector("[role=status]");
  if (place !== null) place.textContent = words ?? "";
}
