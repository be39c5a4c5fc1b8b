/** @jsxImportSource hono/jsx */
/** `/origin/questions/{id}`: one decision. What is new in words, the approved copy beside what the origin says now, as text alone, two buttons. */
import { type Question, siblingFact, siblingIn } from "../bus/origin-facts.ts";
import { inert } from "../language/inert.ts";
import { Button } from "../web/components.tsx";
import type { SignedIn } from "../web/route.ts";
import { StudioFrame } from "../web/studio-frame.tsx";
import { compareLines, type Piece } from "./comparing.ts";
import { FactLine } from "./fact-line.tsx";
import type { OriginAddress } from "./client/protected-site.ts";
import type { Side, Sides } from "./questions/sides.ts";
import { Teller } from "./telling.ts";
import type { ActWords } from "./words.ts";

export interface QuestionPageProps {
  readonly visit: SignedIn;
  readonly question: Question;
  /** Which of its addresses is shown; undefined where none is kept any more. */
  readonly address: OriginAddress | undefined;
  readonly sides: Sides | undefined;
  /** Addresses of pictures that were taken of it. */
  readonly pictures: readonly string[];
  readonly mayDecide: boolean;
}

export function QuestionPage(props: QuestionPageProps) {
  const { visit, question, address, sides, pictures, mayDecide } = props;
  const teller = new Teller(visit);
  const words = teller.words.question;
  const sibling = siblingIn(question.facts);
  const alarm = sibling === undefined ? words.alarm : words.sibling.alarm(inert(sibling));
  return (
    <StudioFrame visit={visit} title={question.alarm ? words.alarmTitle : words.title} wide>
      <section class={`now ${question.status === "open" ? (question.alarm ? "bad" : "warning") : "plain"}`}>
        <p class="now-sentence">
          {question.status === "open"
            ? question.alarm
              ? alarm
              : words.maybe
            : words.statuses[question.status]}
        </p>
        <p class="now-since">
          <time datetime={question.asked_at}>{words.asked(teller.time(question.asked_at))}</time>{" "}
          {sides?.state === "right" && words.rightAgain}
        </p>
      </section>
      <NewFacts teller={teller} facts={question.facts} />
      {question.status === "open" && <Decision teller={teller} question={question} mayDecide={mayDecide} />}
      {sibling === undefined && <Addresses teller={teller} question={question} shown={address} />}
      {sides !== undefined && <Comparison teller={teller} sides={sides} />}
      {pictures.length > 0 && <Pictures teller={teller} pictures={pictures} />}
      <p>
        <a href="/origin">{teller.words.questions.toOrigin}</a>
      </p>
    </StudioFrame>
  );
}

/** Before somebody asks for all of them. */
const factsShown = 8;
type Fact = Question["facts"][number];
const weights: readonly string[] = ["contradicts", "doubt", "note"];

function NewFacts({ teller, facts }: { readonly teller: Teller; readonly facts: Question["facts"] }) {
  const words = teller.words.question;
  const told = onceEach(facts).filter(({ what }) => what !== siblingFact);
  const sorted = told.toSorted((one, other) => weights.indexOf(one.weight) - weights.indexOf(other.weight));
  const [first, rest] = [sorted.slice(0, factsShown), sorted.slice(factsShown)];
  return (
    <section class="part" id="new">
      <h2>{words.newHeading}</h2>
      {told.length === 0 && <p>{words.nothingNamed}</p>}
      <FactList teller={teller} facts={first} />
      {rest.length > 0 && (
        <details>
          <summary>{words.moreFacts(rest.length)}</summary>
          <FactList teller={teller} facts={rest} />
        </details>
      )}
    </section>
  );
}

/** The same new thing may tell for more than one reason. */
function onceEach(facts: Question["facts"]): Question["facts"] {
  const isSame = (one: Fact, other: Fact): boolean => one.what === other.what && one.value === other.value;
  return facts.filter((fact, at) => facts.findIndex((each) => isSame(each, fact)) === at);
}

function FactList({ teller, facts }: { readonly teller: Teller; readonly facts: Question["facts"] }) {
  return (
    <ul class="new-facts">
      {facts.map((fact) => (
        <li>
          <FactLine teller={teller} fact={fact} />
        </li>
      ))}
    </ul>
  );
}

interface DecisionProps {
  readonly teller: Teller;
  readonly question: Question;
  readonly mayDecide: boolean;
}

function Decision({ teller, question: { id, facts }, mayDecide }: DecisionProps) {
  const words = teller.words.question;
  const { quarantine, accept } = siblingIn(facts) === undefined ? words : words.sibling;
  return (
    <section class="part" id="decide">
      <h2>{words.decide}</h2>
      {mayDecide ? (
        <div class="sides">
          <Choice to={`/origin/questions/${id}/quarantine`} words={quarantine} kind="main" />
          <Choice to={`/origin/questions/${id}/accept`} words={accept} kind="plain" />
        </div>
      ) : (
        <p>{words.mayNot}</p>
      )}
    </section>
  );
}

interface ChoiceProps {
  readonly to: string;
  readonly words: ActWords;
  readonly kind: "main" | "plain";
}

function Choice({ to, words, kind }: ChoiceProps) {
  return (
    <form method="post" action={to}>
      <Button kind={kind}>{words.label}</Button>
      <p class="hint">{words.what}</p>
    </form>
  );
}

interface AddressesProps {
  readonly teller: Teller;
  readonly question: Question;
  readonly shown: OriginAddress | undefined;
}

function Addresses({ teller, question: { id, addresses, addresses_more: more }, shown }: AddressesProps) {
  const words = teller.words.question;
  return (
    <section class="part" id="addresses">
      <h2>{words.addresses(addresses.length + more)}</h2>
      <ul class="incidents">
        {addresses.map((address) => (
          <li>
            <a
              href={`/origin/questions/${id}?${new URLSearchParams({ address })}#compare`}
              aria-current={address === shown ? "true" : undefined}
            >
              <code dir="ltr">{inert(readable(address), 200)}</code>
            </a>
            {address === shown && <span class="remark"> {words.shownHere}</span>}
          </li>
        ))}
      </ul>
      {more > 0 && <p class="hint">{words.addressesMore(more)}</p>}
    </section>
  );
}

/** Arabic addresses are read as Arabic, where their escapes are whole. */
function readable(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

function Comparison({ teller, sides }: { readonly teller: Teller; readonly sides: Sides }) {
  const words = teller.words.question;
  const { approved, now, state } = sides;
  const compared = compareLines(approved?.text?.lines ?? [], now?.text?.lines ?? []);
  const nowWords = {
    now: words.now(teller.time(now?.at ?? null)),
    right: words.now(teller.time(now?.at ?? null)),
    found: words.asFound,
    gone: words.gone,
    away: words.away,
  }[state];
  return (
    <section class="part" id="compare">
      <h2>{words.compare}</h2>
      <p class="hint">{words.compareNote}</p>
      <div class="sides">
        <Column
          teller={teller}
          heading={approved === undefined ? words.noApproved : words.approved(teller.time(approved.at))}
          side={approved}
          pieces={compared.before}
          mark="del"
        />
        <Column teller={teller} heading={nowWords} side={now} pieces={compared.now} mark="ins" />
      </div>
    </section>
  );
}

interface ColumnProps {
  readonly teller: Teller;
  readonly heading: string;
  readonly side: Side | undefined;
  readonly pieces: readonly Piece[];
  readonly mark: "ins" | "del";
}

function Column({ teller, heading, side, pieces, mark }: ColumnProps) {
  const words = teller.words.question;
  return (
    <div class="side">
      <h3>{heading}</h3>
      {side !== undefined && side.text === undefined && <p>{words.noText(teller.size(side.bytes))}</p>}
      {side !== undefined && (
        <div class="comparison">
          {pieces.map((piece) => (
            <PieceOf teller={teller} piece={piece} mark={mark} />
          ))}
          {side.text?.isCut === true && <p class="remark">{words.cut}</p>}
        </div>
      )}
    </div>
  );
}

interface PieceProps {
  readonly teller: Teller;
  readonly piece: Piece;
  readonly mark: "ins" | "del";
}

function PieceOf({ teller, piece, mark: Mark }: PieceProps) {
  const words = teller.words.question;
  if (piece.kind === "gap") return <p class="remark">{words.unchanged(piece.count)}</p>;
  const { kind, text } = piece.line;
  const said = kind === "text" ? text : <strong>{text}</strong>;
  return (
    <p dir="auto">
      {piece.kind === "same" ? (
        said
      ) : (
        <Mark>
          <bdi class="unseen">{Mark === "ins" ? words.added : words.removed} </bdi>
          {said}
        </Mark>
      )}
    </p>
  );
}

function Pictures({ teller, pictures }: { readonly teller: Teller; readonly pictures: readonly string[] }) {
  const words = teller.words.question;
  return (
    <section class="part" id="pictures">
      <h2>{words.picture}</h2>
      <p class="hint">{words.pictureNote}</p>
      {pictures.map((address) => {
        const caption = address.endsWith("/approved.png") ? words.pictureApproved : words.pictureFound;
        return (
          <figure class="picture">
            <figcaption class="remark">{caption}</figcaption>
            <img src={address} alt={caption} loading="lazy" />
          </figure>
        );
      })}
    </section>
  );
}
