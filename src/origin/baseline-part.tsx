/** @jsxImportSource hono/jsx */
/** What is approved of the protected site, and the snapshot that is being made of it or waits for somebody to approve it. */
import type { SnapshotFacts } from "../bus/origin-facts.ts";
import { inert } from "../language/inert.ts";
import { Button, Checkbox } from "../web/components.tsx";
import { Said } from "../web/said.tsx";
import { type FactName, factNameOf } from "../web/words/fact-names.ts";
import { phraseIn } from "../web/words/phrase-in.ts";
import type { Teller } from "./telling.ts";
import type { ActWords } from "./words.ts";

interface BaselineProps {
  readonly teller: Teller;
  readonly snapshot: SnapshotFacts;
  /** Loads that were made, and that are known to be wanted. */
  readonly progress: { readonly done: number; readonly known: number };
  readonly mayDecide: boolean;
}

export function BaselinePart(props: BaselineProps) {
  const { teller, snapshot } = props;
  const words = teller.words.baseline;
  return (
    <section class="part" id="baseline">
      <h2>{words.heading}</h2>
      <p>{snapshot.approved_at === null ? words.none : words.approved(teller.time(snapshot.approved_at))}</p>
      {snapshot.fault !== null && (
        <p>
          {words.fault}{" "}
          <bdi class="foreign" lang="en">
            {inert(snapshot.fault, 300)}
          </bdi>
        </p>
      )}
      <State {...props} />
    </section>
  );
}

function State({ teller, snapshot, progress, mayDecide }: BaselineProps) {
  const words = teller.words.baseline;
  switch (snapshot.state) {
    case "none":
      return mayDecide ? <Begin act={words.begin} /> : null;
    case "crawling":
      return (
        <>
          <p>{words.crawling(progress.done, progress.known)}</p>
          <p class="hint">{words.crawlingNote}</p>
          <p>
            <a href="/origin#baseline">{words.lookAgain}</a>
          </p>
        </>
      );
    case "to approve":
      return (
        <>
          <p>
            <strong>{words.toApprove}</strong>
          </p>
          <Summary teller={teller} snapshot={snapshot} />
          <Suspicious teller={teller} snapshot={snapshot} mayDecide={mayDecide} />
          {mayDecide && <Begin act={words.beginAgain} />}
        </>
      );
    case "approved":
      return (
        <>
          <Summary teller={teller} snapshot={snapshot} />
          {mayDecide && <Begin act={words.beginAgain} />}
        </>
      );
  }
}

function Begin({ act }: { readonly act: ActWords }) {
  return (
    <form class="order" method="post" action="/origin/snapshot">
      <Button>{act.label}</Button>
      <p class="hint">{act.what}</p>
    </form>
  );
}

type SnapshotProps = Pick<BaselineProps, "teller" | "snapshot">;

function Summary({ teller, snapshot }: SnapshotProps) {
  const words = teller.words.baseline;
  const { pages, assets, failed, languages, volatile } = snapshot;
  return (
    <>
      <ul class="shares">
        <Share name={words.pages} value={teller.number(pages)} />
        <Share name={words.assets} value={teller.number(assets)} />
        {failed > 0 && <Share name={words.failed} value={teller.number(failed)} />}
      </ul>
      <h3>{words.languages}</h3>
      <ul class="shares">
        {byCount(Object.entries(languages)).map(([tag, count]) => (
          <Share name={teller.languageName(tag)} value={teller.number(count)} />
        ))}
      </ul>
      <h3>{words.volatile}</h3>
      <p class="hint">{named(volatile).length === 0 ? words.nothingVolatile : words.volatileNote}</p>
      <ul class="shares">
        {byCount(named(volatile)).map(([name, count]) => (
          <Share name={teller.factNames[name]} value={teller.number(count)} />
        ))}
      </ul>
    </>
  );
}

/** By what people call it; what has no name in their language (a length in bytes) says nothing to anybody. */
function named(volatile: SnapshotFacts["volatile"]): [FactName, number][] {
  const counts = new Map<FactName, number>();
  for (const [what, count] of Object.entries(volatile)) {
    const name = factNameOf(what);
    if (name !== undefined) counts.set(name, Math.max(count, counts.get(name) ?? 0));
  }
  return [...counts];
}

function byCount<N>(counts: readonly [N, number][]): [N, number][] {
  return counts.toSorted(([, one], [, other]) => other - one);
}

function Share({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <li>
      <bdi>{name}</bdi> <span>{value}</span>
    </li>
  );
}

function Suspicious({ teller, snapshot, mayDecide }: Omit<BaselineProps, "progress">) {
  const words = teller.words.baseline;
  const { suspicious, started_at: started } = snapshot;
  const keptOut = suspicious.filter(({ kept_out }) => kept_out);
  return (
    <>
      <h3>{words.suspicious}</h3>
      <p class="hint">{suspicious.length === 0 ? words.nothingSuspicious : words.suspiciousNote}</p>
      <ul class="new-facts">
        {suspicious
          .filter(({ kept_out }) => !kept_out || !mayDecide)
          .map(({ address, why }) => (
            <li>
              <code dir="ltr">{inert(address, 200)}</code> <Said text={why} language={teller.language} />
            </li>
          ))}
      </ul>
      {mayDecide && (
        <form method="post" action="/origin/snapshot/approve">
          <input type="hidden" name="started" value={started ?? ""} />
          {keptOut.map(({ address, why }) => (
            <Checkbox
              name="include"
              value={address}
              label={inert(address, 200)}
              hint={phraseIn(why, teller.language) ?? inert(why, 300)}
            />
          ))}
          <Button kind="main">{words.approve.label}</Button>
          <p class="hint">{words.approve.what}</p>
        </form>
      )}
    </>
  );
}
