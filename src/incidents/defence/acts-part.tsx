/** @jsxImportSource hono/jsx */
/** The watch page's buttons: one for each order. What may cost readers something says so before it can be pressed. */
import type { DefenceFacts } from "../../bus/facts.ts";
import { PostButton } from "../../web/components.tsx";
import type { OrderName } from "./orders.ts";
import type { DefenceWords } from "./words.ts";

export interface ActsPartProps {
  readonly words: DefenceWords;
  /** Undefined where the edge is silent. */
  readonly facts: DefenceFacts | undefined;
}

export function ActsPart({ words: { acts }, facts }: ActsPartProps) {
  const isForced = facts !== undefined && facts.forced !== null;
  const isFrozen = facts?.frozen === true;
  const order = (name: OrderName) => ({ name, ...acts[name] });
  return (
    <section class="part" id="acts" data-state={`${isForced} ${isFrozen}`}>
      <h2>{acts.heading}</h2>
      <p>{acts.hint}</p>
      {isForced && <Order {...order("auto")} isMain />}
      <Order {...order(isFrozen ? "unfreeze" : "freeze")} isMain={isFrozen} />
      <Considered {...order("undo")} />
      <Considered {...order("siege")} />
      <Considered {...order("calm")} />
    </section>
  );
}

interface OrderProps {
  readonly name: OrderName;
  readonly label: string;
  readonly what: string;
}

function Order({ name, label, what, isMain }: OrderProps & { readonly isMain: boolean }) {
  return (
    <div class="order">
      <PostButton to={addressOf(name)} kind={isMain ? "main" : "plain"}>
        {label}
      </PostButton>
      <p class="hint">{what}</p>
    </div>
  );
}

function Considered({ name, label, what }: OrderProps) {
  return (
    <details class="order">
      <summary>{label}</summary>
      <p>{what}</p>
      <PostButton to={addressOf(name)} kind="danger">
        {label}
      </PostButton>
    </details>
  );
}

function addressOf(name: OrderName): string {
  return `/watch/defence/${name}`;
}
