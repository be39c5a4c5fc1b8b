/** @jsxImportSource hono/jsx */
/** One page of the studio that has everything its pages are put together from: for tests and for the eye, not shipped. */
import type { InterfaceLanguage } from "../../src/language/tags.ts";
import { page, Refusal, seeOther } from "../../src/web/answers.ts";
import {
  Actions,
  Badge,
  Button,
  Checkbox,
  EmptyState,
  Field,
  LinkButton,
  Notice,
  PostButton,
  Section,
  Select,
  TextArea,
} from "../../src/web/components.tsx";
import type { MenuEntry } from "../../src/web/menu.ts";
import type { Route, Visit } from "../../src/web/route.ts";
import { StudioFrame } from "../../src/web/studio-frame.tsx";
import type { InThreeLanguages } from "../../src/web/words.ts";

export const styleMenu: readonly MenuEntry[] = [
  { path: "/", folder: "/texts", act: "read", words: { ar: "النصوص", fr: "Textes", en: "Texts" } },
  { path: "/names", act: "publish", words: { ar: "الأسماء", fr: "Noms", en: "Names" } },
  { path: "/watch", act: "watch", words: { ar: "المراقبة", fr: "Veille", en: "Watch" } },
  { path: "/people", act: "manage people", words: { ar: "الأشخاص", fr: "Personnes", en: "People" } },
  { path: "/record", act: "manage people", words: { ar: "السجلّ", fr: "Journal", en: "Record" } },
];

export const styleRoutes: readonly Route[] = [
  { method: "GET", path: "/", access: "everyone", handle: (visit) => page(StylePage({ visit })) },
  { method: "POST", path: "/withdraw", access: "everyone", handle: () => seeOther("/?done") },
  {
    method: "GET",
    path: "/broken",
    access: "everyone",
    handle: () => {
      throw new Refusal(503);
    },
  },
];

interface Words {
  readonly title: string;
  readonly field: string;
  readonly hint: string;
  readonly fault: string;
  readonly standfirst: string;
  readonly said: string;
  readonly states: readonly [string, string, string, string];
  readonly empty: string;
  readonly send: string;
  readonly withdraw: string;
  readonly more: string;
  readonly section: string;
}

const words: InThreeLanguages<Words> = {
  ar: {
    title: "نصّ جديد",
    field: "العنوان",
    hint: "جملة واحدة تقول ما حدث وأين. يمكنك تغييرها لاحقا.",
    fault: "العنوان فارغ. اكتب جملة واحدة على الأقلّ.",
    standfirst: "المقدّمة",
    said: "حُفظ النصّ، ولم يره القرّاء بعد.",
    states: ["غير منشور", "منشور", "مبرمج", "مسحوب"],
    empty: "لا شيء هنا بعد",
    send: "أرسل للمراجعة",
    withdraw: "اسحب النصّ…",
    more: "معاينة",
    section: "القسم",
  },
  fr: {
    title: "Nouveau texte",
    field: "Titre",
    hint: "Une phrase qui dit ce qui s’est passé et où. Vous pourrez la changer.",
    fault: "Le titre est vide. Écrivez au moins une phrase.",
    standfirst: "Chapeau",
    said: "Le texte est enregistré\u202f; les lecteurs ne le voient pas encore.",
    states: ["Non publié", "Publié", "Programmé", "Retiré"],
    empty: "Rien ici pour l’instant",
    send: "Envoyer en relecture",
    withdraw: "Retirer le texte…",
    more: "Aperçu",
    section: "Rubrique",
  },
  en: {
    title: "New text",
    field: "Title",
    hint: "One sentence that says what happened and where. You can change it later.",
    fault: "The title is empty. Write at least one sentence.",
    standfirst: "Standfirst",
    said: "The text is saved; readers don’t see it yet.",
    states: ["Not published", "Published", "Scheduled", "Withdrawn"],
    empty: "Nothing here yet",
    send: "Hand in for review",
    withdraw: "Withdraw the text…",
    more: "Preview",
    section: "Section",
  },
};

function StylePage({ visit }: { readonly visit: Visit }) {
  const w = words[visit.language];
  return (
    <StudioFrame
      visit={visit}
      title={w.title}
      notice={
        visit.url.searchParams.has("done") && (
          <Notice tone="good" live>
            {w.said}
          </Notice>
        )
      }
      actions={<LinkButton to="/more">{w.more}</LinkButton>}
    >
      <Notice tone="warning">{w.hint}</Notice>
      <Notice tone="bad">{w.fault}</Notice>
      <Notice>{w.hint}</Notice>
      <p>
        {w.hint} <a href="/elsewhere">{w.more}</a>
      </p>
      <p>
        <Badge>{w.states[0]}</Badge> <Badge tone="good">{w.states[1]}</Badge>{" "}
        <Badge tone="warning">{w.states[2]}</Badge> <Badge tone="bad">{w.states[3]}</Badge>
      </p>
      <Section title={w.section}>
        <StyleForm visit={visit} />
      </Section>
      <Section title={w.states[3]}>
        <EmptyState title={w.empty}>
          <p>{w.hint}</p>
          <Actions>
            <LinkButton to="/more" kind="main">
              {w.send}
            </LinkButton>
          </Actions>
        </EmptyState>
        <StyleTable language={visit.language} />
      </Section>
    </StudioFrame>
  );
}

function StyleForm({ visit: { language, url } }: { readonly visit: Visit }) {
  const w = words[language];
  const fault = url.searchParams.has("wrong") ? w.fault : undefined;
  return (
    <>
      <form method="post" action="/">
        <Field name="title" label={w.field} hint={w.hint} fault={fault} value="" required />
        <Field name="other" label={w.field} value="مسيرة الأحد في مرسى الريح: «نريد مواعيد»" />
        <TextArea name="standfirst" label={w.standfirst} value="Ce que nous savons, ce que nous ignorons." />
        <Select
          name="section"
          label={w.section}
          value="b"
          options={w.states.map((label) => ({ value: label, label }))}
        />
        <Field name="at" label={w.states[2]} type="datetime-local" value="2026-05-20T12:00" />
        <fieldset>
          <legend>{w.section}</legend>
          {w.states.map((label, at) => (
            <Checkbox
              name="tag"
              label={label}
              value={label}
              checked={at === 1}
              hint={at === 2 ? w.hint : undefined}
            />
          ))}
          <Checkbox name="one" type="radio" label={w.field} value="1" checked />
        </fieldset>
        <Actions>
          <Button kind="main">{w.send}</Button>
          <Button>{w.more}</Button>
        </Actions>
      </form>
      <Actions>
        <PostButton to="/withdraw" kind="danger">
          {w.withdraw}
        </PostButton>
      </Actions>
    </>
  );
}

function StyleTable({ language }: { readonly language: InterfaceLanguage }) {
  const w = words[language];
  return (
    <div class="wide" tabindex={0} role="region" aria-label={w.section}>
      <table>
        <thead>
          <tr>
            <th scope="col">{w.field}</th>
            <th scope="col">{w.section}</th>
          </tr>
        </thead>
        <tbody>
          {w.states.map((label) => (
            <tr>
              <th scope="row">{label}</th>
              <td>12:05</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
