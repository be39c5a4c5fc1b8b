/** @jsxImportSource hono/jsx */
/** Where a text begins: what it is, where it goes, in which language, and a title. */
import { type LanguageTag, languageTags, nameOf } from "../language/tags.ts";
import { Actions, Button, Field, type Option, Select } from "../web/components.tsx";
import type { SignedIn } from "../web/route.ts";
import { StudioFrame } from "../web/studio-frame.tsx";
import { lengthMax, type PieceKind, pieceKinds } from "./piece.ts";
import { words } from "./words/index.ts";

export type NewFault = "title" | "place";

export interface NewValues {
  readonly title: string;
  readonly kind: PieceKind;
  readonly place: string;
  readonly language: LanguageTag;
  readonly once: string;
}

export interface NewPageProps {
  readonly visit: SignedIn;
  readonly values: NewValues;
  readonly fault?: NewFault | undefined;
  readonly places: readonly Option[];
  /** Of the site's fronts: offered first. */
  readonly languages: readonly LanguageTag[];
}

export function NewPage({ visit, values, fault, places, languages }: NewPageProps) {
  const { new: said, kinds, kindHints, list } = words[visit.language];
  const faultOf = (name: NewFault): string | undefined => (fault === name ? said.faults[name] : undefined);
  return (
    <StudioFrame visit={visit} title={said.title}>
      <form method="post" action="/texts">
        <input type="hidden" name="once" value={values.once} />
        <Field
          name="title"
          label={said.heading}
          hint={said.headingHint}
          value={values.title}
          maxLength={lengthMax.title}
          required
          fault={faultOf("title")}
        />
        <Select
          name="language"
          label={list.language}
          value={values.language}
          options={[...new Set([...languages, ...languageTags])].map((tag) => ({
            value: tag,
            label: nameOf(tag),
          }))}
        />
        <Select
          name="kind"
          label={said.kind}
          value={values.kind}
          options={pieceKinds.map((kind) => ({ value: kind, label: `${kinds[kind]} (${kindHints[kind]})` }))}
        />
        <Select
          name="place"
          label={said.site}
          value={values.place}
          options={places}
          fault={faultOf("place")}
        />
        <Actions>
          <Button kind="main">{said.start}</Button>
        </Actions>
      </form>
    </StudioFrame>
  );
}
