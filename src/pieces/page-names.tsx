/** @jsxImportSource hono/jsx */
/** What sections, tags and bylines are called: all of them, and one of them in every language. */
import { nameIn, nameLengthMax } from "../language/names.ts";
import { directionOf, type LanguageTag, nameOf } from "../language/tags.ts";
import { Actions, Button, Field, PostButton, Section, Select } from "../web/components.tsx";
import type { SignedIn } from "../web/route.ts";
import { StudioFrame } from "../web/studio-frame.tsx";
import { studioWords } from "../web/words/index.ts";
import { addressOfName, mayAdd, mayRename, type NamedThing, nameKinds } from "./names.ts";
import { outcomeIn } from "./notices.ts";
import { siteNames } from "./piece.ts";
import { OutcomeNotice } from "./text-notice.tsx";
import { words } from "./words/index.ts";

export interface NamesPageProps {
  readonly visit: SignedIn;
  readonly things: readonly NamedThing[];
  readonly languages: readonly LanguageTag[];
}

export function NamesPage({ visit, things, languages }: NamesPageProps) {
  const { names: said } = words[visit.language];
  return (
    <StudioFrame visit={visit} title={said.title} notice={<CameOf visit={visit} />}>
      <p>{said.intro}</p>
      {nameKinds.map((kind) => (
        <Section title={said.kinds[kind]}>
          <p class="hint">{said.kindHints[kind]}</p>
          <Things visit={visit} things={things.filter((thing) => thing.kind === kind)} />
        </Section>
      ))}
      <Section title={said.add}>
        <Adding visit={visit} languages={languages} />
      </Section>
    </StudioFrame>
  );
}

function CameOf({ visit }: { readonly visit: SignedIn }) {
  const outcome = outcomeIn(visit.url);
  return outcome && <OutcomeNotice visit={visit} outcome={outcome} isPublic address={null} />;
}

function Things({ visit, things }: Omit<NamesPageProps, "languages">) {
  const said = words[visit.language];
  const { sites } = studioWords(visit.language);
  if (things.length === 0) return <p>{said.names.none}</p>;
  return (
    <ul class="rows">
      {things.map((thing, at) => {
        const { name, language } = nameIn(thing.names, visit.language);
        const mayMove = thing.kind === "sections" && things[at - 1]?.site === thing.site;
        return (
          <li>
            <p>
              {mayRename(visit.person, thing) ? (
                <a href={addressOfName(thing)} lang={language} dir={directionOf(language)}>
                  {name}
                </a>
              ) : (
                <bdi lang={language}>{name}</bdi>
              )}{" "}
              {thing.site !== null && <span class="hint">{sites[thing.site]}</span>}
            </p>
            {mayMove && mayAdd(visit.person, thing) && (
              <PostButton to={`${addressOfName(thing)}/up`}>{said.names.up}</PostButton>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Adding({ visit, languages }: Omit<NamesPageProps, "things">) {
  const { names: said } = words[visit.language];
  const { sites } = studioWords(visit.language);
  const kinds = nameKinds.filter((kind) => siteNames.some((site) => mayAdd(visit.person, { kind, site })));
  return (
    <form method="post" action="/names">
      <Field name="name" label={said.name} maxLength={nameLengthMax} required />
      <Select
        name="kind"
        label={said.kind}
        options={kinds.map((kind) => ({ value: kind, label: said.one[kind] }))}
      />
      <Select
        name="language"
        label={said.language}
        value={visit.language}
        options={languages.map((tag) => ({ value: tag, label: nameOf(tag) }))}
      />
      <Select
        name="site"
        label={said.site}
        hint={said.siteHint}
        options={siteNames.map((site) => ({ value: site, label: sites[site] }))}
      />
      <Actions>
        <Button kind="main">{said.add}</Button>
      </Actions>
    </form>
  );
}

export interface NamePageProps {
  readonly visit: SignedIn;
  readonly thing: NamedThing;
  readonly languages: readonly LanguageTag[];
}

export function NamePage({ visit, thing, languages }: NamePageProps) {
  const { names: said } = words[visit.language];
  return (
    <StudioFrame
      visit={visit}
      title={nameIn(thing.names, visit.language).name}
      notice={<CameOf visit={visit} />}
    >
      <form method="post" action={addressOfName(thing)}>
        <p class="hint">{said.hint}</p>
        {languages.map((tag) => (
          <Field
            name={tag}
            label={said.nameIn(nameOf(tag))}
            value={thing.names[tag]}
            lang={tag}
            dir={directionOf(tag)}
            maxLength={nameLengthMax}
          />
        ))}
        <Actions>
          <Button kind="main">{said.save}</Button>
        </Actions>
      </form>
      <p>
        <a href="/names">{said.back}</a>
      </p>
    </StudioFrame>
  );
}
