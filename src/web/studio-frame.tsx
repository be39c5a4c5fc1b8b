/** @jsxImportSource hono/jsx */
/** What stands around every page of the studio: its name, the menu, who is signed in, and how the site stands. */
import type { Child } from "hono/jsx";
import { differing } from "../language/direction.ts";
import { interfaceLanguages, type LanguageTag, nameOf } from "../language/tags.ts";
import { studioStyleSheet } from "./assets.ts";
import { Document } from "./document.tsx";
import { currentEntry } from "./menu.ts";
import type { Person, Visit } from "./route.ts";
import { StateLine } from "./state-line.tsx";
import { studioWords } from "./words/index.ts";

export interface StudioFrameProps {
  readonly visit: Visit;
  readonly title: string;
  /** Where the title is somebody's words: which language they are in. */
  readonly titleLanguage?: LanguageTag;
  /** Addresses of islands. */
  readonly scripts?: readonly string[];
  /** What came of the last act: above everything else. */
  readonly notice?: Child;
  /** Beside the heading: what is most often done here. */
  readonly actions?: Child;
  /** The whole width, for lists and editors; else a column that eyes can follow. */
  readonly wide?: boolean;
  readonly children?: Child;
}

export function StudioFrame(props: StudioFrameProps) {
  const { visit, title, titleLanguage, scripts = [], notice, actions, wide = false, children } = props;
  const { language, siteName, person } = visit;
  const words = studioWords(language);
  return (
    <Document
      language={language}
      title={`${title} · ${siteName}`}
      styleSheet={studioStyleSheet}
      scripts={scripts}
      unlisted
    >
      <a class="skip" href="#content">
        {words.skip}
      </a>
      <header class="bar">
        <p class="bar-name">
          <a href="/">
            <bdi>{siteName}</bdi> <span>{words.studio}</span>
          </a>
        </p>
        {person === undefined ? <Languages visit={visit} /> : <Account visit={visit} person={person} />}
        <Menu visit={visit} />
        {person !== undefined && <StateLine visit={visit} />}
      </header>
      <main id="content" class={wide ? "is-wide" : undefined} tabindex={-1}>
        {notice}
        <div class="head">
          <h1 {...(titleLanguage && differing(titleLanguage, language))}>
            <bdi>{title}</bdi>
          </h1>
          {actions}
        </div>
        {children}
      </main>
      {person !== undefined && (
        <footer class="foot">
          <Languages visit={visit} />
        </footer>
      )}
    </Document>
  );
}

function Menu({ visit: { url, menu, language } }: { readonly visit: Visit }) {
  if (menu.length === 0) return null;
  const current = currentEntry(menu, url.pathname);
  return (
    <nav class="menu" aria-label={studioWords(language).menu}>
      <ul>
        {menu.map((entry) => (
          <li>
            <a href={entry.path} aria-current={entry === current ? nearness(entry.path, url) : undefined}>
              {entry.words[language]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Of what `aria-current` can say: this very page, or the part of the studio that it belongs to. */
function nearness(path: string, { pathname }: URL): "page" | "true" {
  return path === pathname ? "page" : "true";
}

function Account({ visit: { language }, person }: { readonly visit: Visit; readonly person: Person }) {
  const { you, signOut } = studioWords(language);
  return (
    <div class="account">
      <a href="/me" aria-label={`${you} ${person.name}`}>
        <bdi>{person.name}</bdi>
      </a>
      <form method="post" action="/sign-out">
        <button type="submit">{signOut}</button>
      </form>
    </div>
  );
}

/** Each in its own language and direction, so that nobody has to read a foreign one to find their own. */
function Languages({ visit: { request, url, language } }: { readonly visit: Visit }) {
  const back = request.method === "GET" ? url.pathname + url.search : "/";
  return (
    <form class="languages" method="post" action="/language" aria-label={studioWords(language).languages}>
      <input type="hidden" name="to" value={back} />
      {interfaceLanguages.map((each) => (
        <button
          type="submit"
          name="language"
          value={each}
          aria-current={each === language ? "true" : undefined}
          {...differing(each, language)}
        >
          {nameOf(each)}
        </button>
      ))}
    </form>
  );
}
