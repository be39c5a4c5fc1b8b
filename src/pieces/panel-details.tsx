/** @jsxImportSource hono/jsx */
/** What stands around the words of a text: its address, section, tags, bylines, notes, other languages. */
import { writtenDate } from "../language/dates.ts";
import { directionOf, languageTags, nameOf } from "../language/tags.ts";
import { Button, Checkbox, Field, Select, TextArea } from "../web/components.tsx";
import { lengthMax } from "./piece.ts";
import type { ShownText } from "./text-view.ts";
import { words } from "./words/index.ts";

export function DetailsForm({ visit, view }: ShownText) {
  const { panel: said } = words[visit.language];
  const { text, piece, sections, tags, bylines, may } = view;
  const hint = may.publish ? said.namesHint : said.namesHintKnown;
  return (
    <form method="post" action={`/texts/${text.id}/details`}>
      <Select
        name="section"
        label={said.section}
        value={piece.section ?? ""}
        options={sections.map(({ value, label }) => ({ value, label: label || said.noSection }))}
      />
      <Field name="tags" label={said.tags} value={tags} hint={hint} maxLength={2_500} />
      <Field
        name="bylines"
        label={said.bylines}
        value={bylines}
        hint={`${said.bylinesHint} ${hint}`}
        maxLength={2_500}
      />
      <Button>{said.save}</Button>
    </form>
  );
}

export function AddressForm({ visit, view: { text, slug, address } }: ShownText) {
  const { panel: said } = words[visit.language];
  return (
    <form method="post" action={`/texts/${text.id}/address`}>
      {address !== null && (
        <p class="address" dir="ltr">
          <bdi>{decoded(address)}</bdi>
        </p>
      )}
      <Field
        name="slug"
        label={said.slug}
        hint={text.path === null ? said.slugHint : said.slugHintPublic}
        value={slug}
        maxLength={200}
        required
      />
      <Button>{said.move}</Button>
    </form>
  );
}

/** As browsers show it. */
function decoded(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

export function Corrections({ visit, view }: ShownText) {
  const { panel: said } = words[visit.language];
  const { text, corrections, state, may } = view;
  return (
    <>
      {corrections.length > 0 && (
        <ul class="notes">
          {corrections.map(({ kind, at, note }) => (
            <li>
              {said.kinds[kind]} · {writtenDate(at, "moment", visit.language, visit.timeZone)}
              <p lang={text.language} dir={directionOf(text.language)}>
                {note}
              </p>
            </li>
          ))}
        </ul>
      )}
      {may.publish && state.publication === "published" && (
        <form method="post" action={`/texts/${text.id}/corrections`}>
          <Checkbox name="kind" type="radio" value="correction" label={said.kinds.correction} checked />
          <Checkbox name="kind" type="radio" value="update" label={said.kinds.update} />
          <TextArea
            name="note"
            label={said.note}
            hint={said.noteHint}
            lang={text.language}
            dir={directionOf(text.language)}
            maxLength={lengthMax.note}
            required
          />
          <Button>{said.addNote}</Button>
        </form>
      )}
    </>
  );
}

export function Translations({ visit, view }: ShownText) {
  const { panel: said } = words[visit.language];
  const { text, others, may } = view;
  const taken = new Set([text, ...others.map((other) => other.text)].map(({ language }) => language));
  const free = languageTags.filter((tag) => !taken.has(tag));
  return (
    <>
      {others.length > 0 && (
        <ul class="rows">
          {others.map((other) => (
            <li>
              <p lang={other.text.language} dir={directionOf(other.text.language)}>
                <a href={`/texts/${other.text.id}`}>{other.title}</a>
              </p>
              <p class="hint" lang={other.text.language}>
                <bdi>{nameOf(other.text.language)}</bdi>
              </p>
            </li>
          ))}
        </ul>
      )}
      {may.translate && free.length > 0 && (
        <form method="post" action={`/texts/${text.id}/translations`}>
          <Select
            name="language"
            label={said.translateInto}
            hint={said.translateHint}
            options={free.map((tag) => ({ value: tag, label: nameOf(tag) }))}
          />
          <Button>{said.translate}</Button>
        </form>
      )}
    </>
  );
}
