/** @jsxImportSource hono/jsx */
/** What stands around every page of the studio: its name, the menu, who is signed in, and how the site stands. */
import type { Child } from "hono/jsx";
import { studioStyleSheet } from "./assets.ts";
import { Document } from "./document.tsx";
import type { Visit } from "./route.ts";

export interface StudioFrameProps {
  readonly visit: Visit;
  readonly title: string;
  /** Addresses of islands. */
  readonly scripts?: readonly string[];
  readonly children?: Child;
}

export function StudioFrame({ visit, title, scripts = [], children }: StudioFrameProps) {
  const { language, menu, siteName, person } = visit;
  return (
    <Document
      language={language}
      title={`${title} · ${siteName}`}
      styleSheet={studioStyleSheet}
      scripts={scripts}
      unlisted
    >
      <header class="studio-bar">
        <p>
          <a href="/">{siteName}</a>
        </p>
        <nav>
          <ul>
            {menu.map(({ path, words }) => (
              <li>
                <a href={path}>{words[language]}</a>
              </li>
            ))}
          </ul>
        </nav>
        {person !== undefined && <p>{person.name}</p>}
      </header>
      <main id="content" tabindex={-1}>
        <h1>{title}</h1>
        {children}
      </main>
    </Document>
  );
}
