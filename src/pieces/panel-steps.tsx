/** @jsxImportSource hono/jsx */
/** The next steps that a person may take with a text, as buttons. */
import { hourMs } from "../base/clock.ts";
import type { Child } from "hono/jsx";
import { localTime } from "../language/local-time.ts";
import {
  Actions,
  Button,
  type ButtonKind,
  Field,
  LinkButton,
  PostButton,
  Section,
  TextArea,
} from "../web/components.tsx";
import { lengthMax, type Workflow } from "./piece.ts";
import type { ShownText } from "./text-view.ts";
import { words } from "./words/index.ts";

export function NextSteps(props: ShownText) {
  const { visit, view } = props;
  const { panel: said } = words[visit.language];
  return (
    <Section title={said.next}>
      <Actions>
        {view.may.publish && <Publish {...props} />}
        <Steps {...props} />
      </Actions>
      {view.may.publish && (
        <>
          {view.state.workflow === "in review" && <SendBack {...props} />}
          {view.state.publication !== "published" && <Schedule {...props} />}
          <Hide {...props} />
        </>
      )}
    </Section>
  );
}

/** One button, whatever the state: it takes the steps before it in the editor's name. */
function Publish({ visit, view }: ShownText) {
  const { panel: said } = words[visit.language];
  const { publication, isNewer } = view.state;
  if (publication === "published" && !isNewer) return null;
  return (
    <StepForm view={view} to="publish" kind="main">
      {publication === "published" ? said.publishNewer : said.publish}
    </StepForm>
  );
}

/** What the author may do alone: hand in, take back; and what an editor says of it. */
function Steps({ visit, view }: ShownText) {
  const { panel: said } = words[visit.language];
  const { workflow, publication, isNewer } = view.state;
  if (publication === "published" && !isNewer) return null;
  const step = (to: Workflow, name: string, kind: ButtonKind = "plain") => (
    <StepForm view={view} to="workflow" step={to} kind={kind}>
      {name}
    </StepForm>
  );
  switch (workflow) {
    case "idea":
      return step("draft", said.toDraft);
    case "draft":
      return step("in review", said.handIn, view.may.publish ? "plain" : "main");
    case "in review":
      return (
        <>
          {view.may.publish && step("ready", said.toReady)}
          {view.may.write && step("draft", said.takeBack)}
        </>
      );
    case "ready":
      return view.may.publish && step("draft", said.reopen);
  }
}

interface StepFormProps {
  readonly view: ShownText["view"];
  readonly to: "publish" | "workflow";
  readonly step?: Workflow;
  readonly kind: ButtonKind;
  readonly children?: Child;
}

function StepForm({ view: { text, working }, to, step, kind, children }: StepFormProps) {
  return (
    <form class="act" method="post" action={`/texts/${text.id}/${to}`}>
      <input type="hidden" name="revision" value={working.id} />
      {step !== undefined && <input type="hidden" name="to" value={step} />}
      <Button kind={kind}>{children}</Button>
    </form>
  );
}

function SendBack({ visit, view: { text, working } }: ShownText) {
  const { panel: said } = words[visit.language];
  return (
    <details>
      <summary>{said.sendBack}</summary>
      <form method="post" action={`/texts/${text.id}/workflow`}>
        <input type="hidden" name="revision" value={working.id} />
        <input type="hidden" name="to" value="draft" />
        <TextArea
          name="reason"
          label={said.reason}
          hint={said.reasonHint}
          maxLength={lengthMax.reason}
          required
        />
        <Button>{said.sendBack}</Button>
      </form>
    </details>
  );
}

/** Opens where a time is set already, so that it can be seen and moved. */
function Schedule({ visit: { language, timeZone }, view: { text, working, nowMs, state } }: ShownText) {
  const { panel: said } = words[language];
  const at = state.scheduledFor ?? new Date(Math.ceil(nowMs / hourMs + 1) * hourMs).toISOString();
  return (
    <details open={state.publication === "scheduled"}>
      <summary>{said.schedule}</summary>
      <form method="post" action={`/texts/${text.id}/schedule`}>
        <input type="hidden" name="revision" value={working.id} />
        <Field
          name="at"
          type="datetime-local"
          label={said.scheduleAt}
          hint={said.scheduleHint(timeZone)}
          value={localTime(at, timeZone)}
          required
        />
        <Button>{said.schedule}</Button>
      </form>
    </details>
  );
}

function Hide({ visit, view: { text, state } }: ShownText) {
  const { panel: said } = words[visit.language];
  const { publication } = state;
  return (
    <Actions>
      {(publication === "scheduled" || publication === "private") && (
        <PostButton to={`/texts/${text.id}/unschedule`}>
          {publication === "scheduled" ? said.unschedule : said.notPrivate}
        </PostButton>
      )}
      {publication !== "private" && (
        <PostButton to={`/texts/${text.id}/private`}>
          {publication === "published" ? said.privatePublished : said.private}
        </PostButton>
      )}
      {publication !== "none" && (
        <LinkButton to={`/texts/${text.id}/withdraw`} kind="danger">
          {said.withdraw}
        </LinkButton>
      )}
    </Actions>
  );
}
