/** @jsxImportSource hono/jsx */
/** What stands around every page: masthead, menu, languages, footer. */
import type { Child } from "hono/jsx";
import { differing } from "../language/direction.ts";
import { messagesIn } from "../language/messages/index.ts";
import type { Messages } from "../language/messages/messages.ts";
import { nameIn, type Names } from "../language/names.ts";
import { type LanguageTag, nameOf } from "../language/tags.ts";
import type { Read } from "../publishing/rendering.ts";
import type { SiteName } from "../pieces/piece.ts";
import { Document } from "../web/document.tsx";
import { Facts, type SiteFacts } from "./facts.ts";
import { archivePath, feedPath, frontPath, listPath } from "./place.ts";

/** What every page is made with. */
export interface Desk {
  readonly facts: Facts;
  readonly site: SiteFacts;
  /** Of the interface on this page. */
  readonly language: LanguageTag;
  readonly words: Messages;
}

export function deskFor(site: SiteName, language: LanguageTag, read: Read): Desk {
  const facts = new Facts(read, site);
  return { facts, site: facts.site(), language, words: messagesIn(language) };
}

/** The same page in another language. */
export interface Alternate {
  readonly language: LanguageTag;
  readonly href: string;
}

export interface FrameProps {
  readonly desk: Desk;
  /** Without the site's name; undefined on the front page. */
  readonly title?: string;
  readonly description?: string;
  readonly alternates?: readonly Alternate[];
  readonly canonical?: string;
  readonly unlisted?: boolean;
  /** Slug of the section that is shown or belongs to what is shown. */
  readonly section?: string | null;
  /** The small page with the same words. */
  readonly textForm?: string;
  /** Without menus: for pages that stand in for others on every site. */
  readonly bare?: boolean;
  readonly children?: Child;
}

export function siteTitle({ site, words }: Desk): string {
  return site.site === "blog" ? `${site.name} · ${words.blog}` : site.name;
}

export function Frame({ desk, children, section, textForm, bare, ...page }: FrameProps) {
  const { language, words } = desk;
  const title = page.title === undefined ? siteTitle(desk) : `${page.title} · ${siteTitle(desk)}`;
  const feeds = [
    { title: words.feed, type: "application/rss+xml", href: feedPath("rss", language) },
    { title: "JSON Feed", type: "application/feed+json", href: feedPath("json", language) },
  ];
  return (
    <Document {...page} language={language} title={title} feeds={bare === true ? [] : feeds}>
      <a class="skip" href="#content">
        {words.skip}
      </a>
      <Masthead desk={desk} isFront={page.title === undefined} alternates={page.alternates ?? []} />
      {bare !== true && <SectionMenu desk={desk} current={section ?? null} />}
      <main id="content" tabindex={-1}>
        {children}
      </main>
      <footer class="footer">
        {bare !== true && <FooterMenu desk={desk} textForm={textForm} />}
        <p>{words.promise}</p>
      </footer>
    </Document>
  );
}

interface MastheadProps {
  readonly desk: Desk;
  readonly isFront: boolean;
  readonly alternates: readonly Alternate[];
}

/** The site's name is the page's heading on the front page only. */
function Masthead({ desk, isFront, alternates }: MastheadProps) {
  const Heading = isFront ? "h1" : "p";
  return (
    <header class="masthead">
      <Heading class="masthead-name">
        <a href={frontPath(desk.language)}>
          <bdi>{desk.site.name}</bdi>{" "}
          {desk.site.site === "blog" && <span class="masthead-site">{desk.words.blog}</span>}
        </a>
      </Heading>
      <LanguageMenu desk={desk} alternates={alternates} />
    </header>
  );
}

/** Leads to this page in that language where there is one, else to that language's front. */
function LanguageMenu({ desk, alternates }: Omit<MastheadProps, "isFront">) {
  const { site, language, words } = desk;
  if (site.languages.length < 2) return null;
  return (
    <nav class="languages" aria-label={words.languages}>
      <ul>
        {site.languages.map((each) => {
          const href = alternates.find((alternate) => alternate.language === each)?.href ?? frontPath(each);
          return (
            <li>
              {each === language ? (
                <span aria-current="true">{nameOf(each)}</span>
              ) : (
                <a href={href} hreflang={each} {...differing(each, language)}>
                  {nameOf(each)}
                </a>
              )}
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

function SectionMenu({ desk, current }: { readonly desk: Desk; readonly current: string | null }) {
  const { facts, language, words } = desk;
  const { sections } = facts.menu(language);
  return (
    <nav class="sections" aria-label={words.sections}>
      <ul>
        <li>
          <a href={frontPath(language)}>{words.home}</a>
        </li>
        {sections.map(({ slug, names }) => (
          <li>
            <a
              href={listPath(language, { of: "section", slug })}
              aria-current={slug === current ? "true" : undefined}
            >
              <Name desk={desk} names={names} slug={slug} />
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

export function SectionName({ desk, slug }: { readonly desk: Desk; readonly slug: string }) {
  return <Name desk={desk} names={desk.facts.section(slug)} slug={slug} />;
}

interface NameProps {
  readonly desk: Desk;
  readonly names: Names | undefined;
  readonly slug: string;
}

/** Of a section, tag or byline, in the page's language where it has one; the slug stands in for no name at all. */
export function Name({ desk, names, slug }: NameProps) {
  const { name, language } = nameIn(names ?? {}, desk.language);
  return name === "" ? <bdi>{slug}</bdi> : <bdi {...differing(language, desk.language)}>{name}</bdi>;
}

function FooterMenu({ desk, textForm }: { readonly desk: Desk; readonly textForm: string | undefined }) {
  const { facts, language, words } = desk;
  const pages = facts.summaries(facts.menu(language).pages);
  return (
    <ul>
      {pages.map((page) => (
        <li>
          <a href={page.path} {...differing(page.language, language)}>
            {page.title}
          </a>
        </li>
      ))}
      {textForm !== undefined && (
        <li>
          <a href={textForm}>{words.textVersion}</a>
        </li>
      )}
      <li>
        <a href={archivePath(language)}>{words.archive}</a>
      </li>
      <li>
        <a href={feedPath("rss", language)}>{words.feed}</a>
      </li>
    </ul>
  );
}
