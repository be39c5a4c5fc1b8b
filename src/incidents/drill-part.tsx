/** @jsxImportSource hono/jsx */
/** The watch page's last part: what a drill is, the form that starts one, and what the last one brought. */
import { Button, Field, Notice, PostButton, Select } from "../web/components.tsx";
import { drillBounds, drillProfiles } from "./drill-bounds.ts";
import type { DrillEnd, DrillRecord, DrillState } from "./drill.ts";
import type { Teller } from "./telling.ts";

export interface DrillPartProps {
  readonly teller: Teller;
  readonly state: DrillState;
  readonly form: DrillForm;
}

/** What stands in the fields, and which of them can't be taken. */
export interface DrillForm {
  readonly sources: string;
  readonly seconds: string;
  readonly faults: readonly ("sources" | "seconds")[];
}

export const freshForm: DrillForm = {
  sources: String(drillBounds.sources.usual),
  seconds: String(drillBounds.seconds.usual),
  faults: [],
};

export function DrillPart({ teller, state, form }: DrillPartProps) {
  const { drill } = teller.words;
  return (
    <section class="part" id="drill" data-state={state.kind}>
      <h2>{drill.heading}</h2>
      {state.kind === "running" && <Running teller={teller} startedMs={state.startedMs} />}
      {state.kind === "over" && <Last teller={teller} end={state.end} />}
      {state.kind !== "running" && <Start teller={teller} form={form} />}
    </section>
  );
}

function Running({
  teller: { words, quantities },
  startedMs,
}: {
  readonly teller: Teller;
  readonly startedMs: number;
}) {
  return (
    <Notice tone="warning">
      <p>{words.drill.running(quantities.time(startedMs))}</p>
      <p>{words.drill.runningNote}</p>
      <PostButton to="/watch/drills/stop">{words.drill.stop}</PostButton>
    </Notice>
  );
}

function Start({ teller: { words, quantities }, form }: Pick<DrillPartProps, "teller" | "form">) {
  const { drill } = words;
  const numberField = (name: "sources" | "seconds") => {
    const { least, most } = drillBounds[name];
    const between = drill.between(quantities.number(least), quantities.number(most));
    const says = form.faults.includes(name) ? { fault: between } : { hint: between };
    return <Field name={name} label={drill[name]} type="number" value={form[name]} required {...says} />;
  };
  return (
    <form method="post" action="/watch/drills#drill">
      {drill.asks.map((paragraph) => (
        <p>{paragraph}</p>
      ))}
      <Select
        name="profile"
        label={drill.profile}
        hint={drillProfiles.map((name) => drill.profiles[name].what).join(" ")}
        options={drillProfiles.map((value) => ({ value, label: drill.profiles[value].label }))}
      />
      {numberField("sources")}
      {numberField("seconds")}
      <Button kind="main">{drill.start}</Button>
    </form>
  );
}

function Last({ teller, end }: { readonly teller: Teller; readonly end: DrillEnd }) {
  const { drill } = teller.words;
  switch (end.how) {
    case "done":
      return <Result teller={teller} record={end.record} />;
    case "stopped":
      return <Notice>{drill.stopped}</Notice>;
    case "too long":
      return <Notice tone="warning">{drill.tooLong}</Notice>;
    case "refused":
      return <Refused teller={teller} message={end.message} />;
  }
}

function Result({
  teller: { words, quantities },
  record,
}: {
  readonly teller: Teller;
  readonly record: DrillRecord;
}) {
  const { drill } = words;
  const { reads, right, p99_ms } = record.report.readers.flood;
  return (
    <Notice tone={right === reads ? "good" : "warning"}>
      <h3>{drill.last}</h3>
      <p>{drill.readers(reads, quantities.number(right), quantities.wait(p99_ms))}</p>
      <p>{drill.flood(record.report.flood.sent)}</p>
      {record.incident === null ? (
        <p>{drill.noRecord}</p>
      ) : (
        <p>
          <a href={`/watch/incidents/${record.incident.id}`}>{drill.record}</a>
        </p>
      )}
    </Notice>
  );
}

/** The command speaks English; what it says most often is said in the visitor's language. */
function Refused({ teller, message }: { readonly teller: Teller; readonly message: string }) {
  const { drill } = teller.words;
  const isElsewhere = message.includes("only goes to loopback");
  return (
    <Notice tone="warning">
      <p>{drill.refused}</p>
      {isElsewhere ? (
        <p>{drill.notLoopback}</p>
      ) : (
        <p lang="en" dir="ltr">
          {message}
        </p>
      )}
    </Notice>
  );
}
