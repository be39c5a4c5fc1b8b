/** @jsxImportSource hono/jsx */
/** What can be ordered about the protected site: a button each, and what pressing it does before it can be pressed. */
import type { Child } from "hono/jsx";
import type { OriginState } from "../bus/origin-facts.ts";
import { Button, type ButtonKind, Select, TextArea } from "../web/components.tsx";
import { maintenanceHours, messageLengthMax, workingHours } from "./orders.ts";
import type { Teller } from "./telling.ts";
import type { ActWords } from "./words.ts";

interface ActsProps {
  readonly teller: Teller;
  /** Undefined where no edge answers. */
  readonly state: OriginState | undefined;
}

export function ActsPart({ teller, state }: ActsProps) {
  const { acts } = teller.words;
  const isHeld = state?.site === "held";
  return (
    <section class="part" id="acts">
      <h2>{acts.heading}</h2>
      {isHeld ? (
        <>
          <Order to="/origin/release" words={acts.release} kind="main" />
          <Considered to="/origin/release" words={acts.releaseAnyway}>
            <input type="hidden" name="anyway" value="yes" />
          </Considered>
        </>
      ) : (
        <Considered to="/origin/quarantine" words={acts.quarantine} />
      )}
      <Working teller={teller} until={state?.working_until ?? null} />
      <Maintenance teller={teller} isOn={state !== undefined && state.maintenance !== null} />
      <Considered to="/origin/purge" words={acts.purge} kind="plain" />
    </section>
  );
}

function Working({ teller, until }: { readonly teller: Teller; readonly until: string | null }) {
  const { acts } = teller.words;
  if (until !== null) return <Order to="/origin/working/end" words={acts.endWorking} kind="main" />;
  return (
    <details class="order">
      <summary>{acts.working.label}</summary>
      <p>{acts.working.what}</p>
      <form class="actions" method="post" action="/origin/working">
        {workingHours.map((hours) => (
          <Button name="hours" value={String(hours)}>
            {acts.hours(hours)}
          </Button>
        ))}
      </form>
    </details>
  );
}

function Maintenance({ teller, isOn }: { readonly teller: Teller; readonly isOn: boolean }) {
  const { acts } = teller.words;
  if (isOn) return <Order to="/origin/maintenance/end" words={acts.endMaintenance} kind="main" />;
  return (
    <Considered to="/origin/maintenance" words={acts.maintenance}>
      <Select
        name="hours"
        label={acts.until}
        options={maintenanceHours.map((hours) => ({
          value: String(hours),
          label: hours === 0 ? acts.untilEnded : acts.hours(hours),
        }))}
      />
      <TextArea
        name="message"
        label={acts.message}
        hint={acts.messageHint}
        rows={2}
        maxLength={messageLengthMax}
      />
    </Considered>
  );
}

interface OrderProps {
  readonly to: string;
  readonly words: ActWords;
  readonly kind?: ButtonKind;
  readonly children?: Child;
}

function Order({ to, words, kind = "plain", children }: OrderProps) {
  return (
    <form class="order" method="post" action={to}>
      {children}
      <Button kind={kind}>{words.label}</Button>
      <p class="hint">{words.what}</p>
    </form>
  );
}

/** What may cost readers something says so first. */
function Considered({ to, words, kind = "danger", children }: OrderProps) {
  return (
    <details class="order">
      <summary>{words.label}</summary>
      <p>{words.what}</p>
      <form method="post" action={to}>
        {children}
        <Button kind={kind}>{words.label}</Button>
      </form>
    </details>
  );
}
