/** @jsxImportSource hono/jsx */
/** The words of a text as the studio shows them to be read: with pictures from its own address, and what is known of material. */
import { differing } from "../language/direction.ts";
import { directionOf, type InterfaceLanguage, type LanguageTag } from "../language/tags.ts";
import { BodyHtml } from "./body-html.tsx";
import type { MaterialCard } from "./editor/exchange.ts";
import type { Content } from "./piece.ts";
import { editingWords } from "./words/editing.ts";

export interface StudioBodyProps {
  readonly content: Content;
  readonly language: LanguageTag;
  /** Of the page around it. */
  readonly interface: InterfaceLanguage;
  readonly material: Readonly<Record<string, MaterialCard>>;
}

export function StudioBody({ content, language, interface: around, material }: StudioBodyProps) {
  return (
    <>
      {content.standfirst !== "" && <p class="standfirst">{content.standfirst}</p>}
      <div class="body">
        <BodyHtml
          body={content.body}
          language={language}
          interface={around}
          material={(id) => <Card card={material[id]} language={around} />}
          picture={({ media, alt, caption = "" }) => (
            <figure class="editor-picture">
              <img src={`/pictures/${media}`} alt={alt} />
              {caption !== "" && <figcaption dir="auto">{caption}</figcaption>}
            </figure>
          )}
        />
      </div>
    </>
  );
}

function Card({
  card,
  language,
}: {
  readonly card: MaterialCard | undefined;
  readonly language: InterfaceLanguage;
}) {
  return (
    <div class="editor-material" lang={language} dir={directionOf(language)}>
      {card === undefined ? (
        <p>{editingWords[language].material}</p>
      ) : (
        <>
          <p>
            {card.kind} · <strong>{card.state}</strong>
          </p>
          <p {...differing(card.language, language)}>{card.claim}</p>
          <p class="hint">{card.meaning}</p>
        </>
      )}
    </div>
  );
}
