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

async function post(address: string, value: unknown): Promise<unknown> {
  const response = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(value),
  });
  const body: unknown = await response.json();
  if (!response.ok) throw new Refused(refusalSchema.parse(body).error);
  return body;
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
