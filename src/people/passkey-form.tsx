/** @jsxImportSource hono/jsx */
/** A form that is sent with a passkey: `passkey.client.ts` does it, since only a script can ask the device. */
import type { Child } from "hono/jsx";
import type { InterfaceLanguage } from "../language/tags.ts";
import { Button, Notice } from "../web/components.tsx";
import { peopleWords } from "./words/index.ts";

export interface PasskeyFormProps {
  readonly action: string;
  /** A new passkey, or one that is there. */
  readonly what: "make" | "show";
  readonly button: string;
  readonly language: InterfaceLanguage;
  readonly children?: Child;
}

export function PasskeyForm({ action, what, button, language, children }: PasskeyFormProps) {
  const { unsupported, cancelled, known, unreachable, waiting, turn } = peopleWords(language).passkey;
  return (
    <form
      method="post"
      action={action}
      data-passkey={what}
      data-unsupported={unsupported}
      data-cancelled={cancelled}
      data-known={known}
      data-unreachable={unreachable}
      data-waiting={waiting}
      data-turn={turn}
    >
      {children}
      <Button kind="main">{button}</Button>
      <p role="status" class="hint"></p>
      <noscript>
        <Notice tone="warning">{unsupported}</Notice>
      </noscript>
    </form>
  );
}
