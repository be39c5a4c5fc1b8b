/** @jsxImportSource hono/jsx */
/** Citizen media inside a text: what is said of it, what checking came to, where it comes from. Nothing of it is loaded. */
import { differing } from "../language/direction.ts";
import { type Names, nameIn } from "../language/names.ts";
import type { LanguageTag } from "../language/tags.ts";
import type { Finding, Material, Verification } from "../material/material.ts";
import { hostOf } from "../pieces/body-html.tsx";
import type { Desk } from "./frame.tsx";
import { When } from "./when.tsx";

/** For style sheets, which can't name a state with an apostrophe or a space. */
const classOf: Readonly<Record<Verification, string>> = {
  unverified: "unverified",
  "in progress": "checking",
  verified: "verified",
  false: "false",
  "can't be verified": "unclear",
};

/** The state as a label: always words, never colour alone. */
export function Verdict({ desk, state }: { readonly desk: Desk; readonly state: Verification }) {
  return <strong class={`verdict verdict-${classOf[state]}`}>{desk.words.states[state].label}</strong>;
}

export interface MaterialBlockProps {
  readonly desk: Desk;
  readonly id: string;
  /** Of the text around it. */
  readonly around: LanguageTag;
}

export function MaterialBlock({ desk, id, around }: MaterialBlockProps) {
  const { facts, words, language } = desk;
  const material = facts.material(id);
  if (material === undefined) return <p {...differing(language, around)}>{words.materialMissing}</p>;
  const { kind, state, findings } = material;
  const last = findings.at(-1);
  return (
    <div
      class={`material material-${classOf[state]}`}
      role="group"
      aria-label={`${words.material[kind]}: ${words.states[state].label}`}
      {...differing(language, around)}
    >
      <p class="material-head">
        <span>{words.material[kind]}</span> <Verdict desk={desk} state={state} />{" "}
        {last !== undefined && <When desk={desk} at={last.at} />}
      </p>
      <p class="material-meaning">{words.states[state].meaning}</p>
      <dl>
        <dt>{words.claim}</dt>
        <Said desk={desk} what={material.claim} />
        {last !== undefined && <Found desk={desk} finding={last} />}
        <Source desk={desk} material={material} />
      </dl>
    </div>
  );
}

/** The newest finding only: a page with all of them comes with the studio. */
function Found({ desk, finding: { note } }: { readonly desk: Desk; readonly finding: Finding }) {
  if (Object.keys(note).length === 0) return null;
  return (
    <>
      <dt>{desk.words.findings}</dt>
      <Said desk={desk} what={note} />
    </>
  );
}

function Source({ desk, material: { source } }: { readonly desk: Desk; readonly material: Material }) {
  if (source === null) return null;
  return (
    <>
      <dt>{desk.words.source}</dt>
      <dd>
        <a href={source} rel="noreferrer">
          <bdi>{hostOf(source)}</bdi>
        </a>
      </dd>
    </>
  );
}

function Said({ desk, what }: { readonly desk: Desk; readonly what: Names }) {
  const { name, language } = nameIn(what, desk.language);
  return <dd {...differing(language, desk.language)}>{name}</dd>;
}
