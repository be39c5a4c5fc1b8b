/** @jsxImportSource hono/jsx */
/** Front pages: the portal's with its hierarchy, a blog's with its posts. */
import type { Child } from "hono/jsx";
import { differing } from "../language/direction.ts";
import { nameIn } from "../language/names.ts";
import { Card } from "./card.tsx";
import type { Front } from "./facts.ts";
import { type Desk, Frame, SectionName } from "./frame.tsx";
import { Verdict } from "./material.tsx";
import { archivePath, frontPath, frontTextPath, listPath } from "./place.ts";
import { When } from "./when.tsx";

export function FrontPage({ desk }: { readonly desk: Desk }) {
  const { facts, site, language, words } = desk;
  const front = facts.front(language);
  return (
    <Frame
      desk={desk}
      alternates={site.languages.map((each) => ({ language: each, href: frontPath(each) }))}
      canonical={frontPath(language)}
      textForm={frontTextPath(language)}
    >
      {front.updatedAt !== null && (
        <p class="edition-date">
          {words.lastUpdate} <When desk={desk} at={front.updatedAt} style="dateline" />
        </p>
      )}
      {front.updatedAt === null && <NothingYet desk={desk} />}
      {site.site === "blog" ? <Posts desk={desk} front={front} /> : <PortalFront desk={desk} front={front} />}
    </Frame>
  );
}

/** An empty place says so, and what will be there. */
export function NothingYet({ desk: { words } }: { readonly desk: Desk }) {
  return (
    <div class="nothing">
      <p>{words.nothingYet}</p>
      <p>{words.nothingYetMore}</p>
    </div>
  );
}

interface FrontProps {
  readonly desk: Desk;
  readonly front: Front;
}

function PortalFront({ desk, front }: FrontProps) {
  const { words, facts } = desk;
  const lead = front.lead === null ? undefined : facts.summary(front.lead);
  return (
    <div class="front">
      {lead !== undefined && (
        <section aria-label={words.topStories}>
          <Card desk={desk} text={lead} level={2} size="lead" />
          <div class="front-secondary">
            {facts.summaries(front.secondary).map((text) => (
              <Card desk={desk} text={text} level={2} size="story" />
            ))}
          </div>
        </section>
      )}
      <div class="front-side">
        <Findings desk={desk} front={front} />
        <Lines desk={desk} name="briefs" ids={front.briefs} />
        <Lines desk={desk} name="latest" ids={front.latest} />
      </div>
      {front.sections.length > 0 && (
        <div class="front-sections">
          {front.sections.map((section) => (
            <SectionBlock desk={desk} section={section} />
          ))}
        </div>
      )}
    </div>
  );
}

interface ColumnProps {
  readonly id: string;
  readonly title: Child;
  readonly children?: Child;
}

function Column({ id, title, children }: ColumnProps) {
  return (
    <section class="column" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

interface LinesProps {
  readonly desk: Desk;
  readonly name: "latest" | "briefs";
  readonly ids: readonly string[];
}

function Lines({ desk, name, ids }: LinesProps) {
  if (ids.length === 0) return null;
  return (
    <Column id={name} title={desk.words[name]}>
      {desk.facts.summaries(ids).map((text) => (
        <Card desk={desk} text={text} level={3} size="line" />
      ))}
    </Column>
  );
}

/** What checking citizens' material came to: a claim, the verdict, and the text that tells how. */
function Findings({ desk, front: { findings } }: FrontProps) {
  const { facts, language, words } = desk;
  const found = findings.flatMap(({ text: textId, material: materialId }) => {
    const [text, material] = [facts.summary(textId), facts.material(materialId)];
    return text === undefined || material === undefined ? [] : [{ text, material }];
  });
  if (found.length === 0) return null;
  return (
    <Column id="checked" title={words.checked}>
      <ul class="findings">
        {found.map(({ text, material }) => {
          const claim = nameIn(material.claim, language);
          return (
            <li>
              <Verdict desk={desk} state={material.state} />{" "}
              <a href={text.path} {...differing(claim.language, language)}>
                {claim.name}
              </a>
            </li>
          );
        })}
      </ul>
    </Column>
  );
}

interface SectionBlockProps {
  readonly desk: Desk;
  readonly section: Front["sections"][number];
}

function SectionBlock({ desk, section }: SectionBlockProps) {
  const { facts, language } = desk;
  const name = <SectionName desk={desk} slug={section.slug} />;
  const title = <a href={listPath(language, { of: "section", slug: section.slug })}>{name}</a>;
  return (
    <Column id={`section-${section.slug}`} title={title}>
      {facts.summaries(section.texts).map((text) => (
        <Card desk={desk} text={text} level={3} size="story" withSection={false} />
      ))}
    </Column>
  );
}

function Posts({ desk, front }: FrontProps) {
  const { facts, language, words } = desk;
  if (front.latest.length === 0) return null;
  return (
    <div class="posts">
      {facts.summaries(front.latest).map((text) => (
        <Card desk={desk} text={text} level={2} size="post" />
      ))}
      <p class="more">
        <a href={archivePath(language)}>{words.archive}</a>
      </p>
    </div>
  );
}
