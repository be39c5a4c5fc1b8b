/** @jsxImportSource hono/jsx */
/** From one page of something long to the newer and the older one. */
import type { InterfaceLanguage } from "../language/tags.ts";
import { words } from "./words/index.ts";

export interface PagesNavProps {
  /** Names it for a screen reader. */
  readonly label: string;
  /** From 1, the newest. */
  readonly page: number;
  readonly pages: number;
  readonly addressOf: (page: number) => string;
  readonly language: InterfaceLanguage;
}

/** Nothing where everything is on one page. */
export function PagesNav({ label, page, pages, addressOf, language }: PagesNavProps) {
  const { list: said } = words[language];
  if (pages === 1) return null;
  return (
    <nav class="list-pages" aria-label={label}>
      {page > 1 && (
        <a rel="prev" href={addressOf(page - 1)}>
          {said.newer}
        </a>
      )}
      <span>{said.page(page, pages)}</span>
      {page < pages && (
        <a rel="next" href={addressOf(page + 1)}>
          {said.older}
        </a>
      )}
    </nav>
  );
}
