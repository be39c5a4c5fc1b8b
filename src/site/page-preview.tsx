/** @jsxImportSource hono/jsx */
/** The page around a preview: which language, which form, how wide; then the frame. */
import { differing } from "../language/direction.ts";
import { nameOf } from "../language/tags.ts";
import type { Text } from "../pieces/piece.ts";
import { LinkButton } from "../web/components.tsx";
import type { SignedIn } from "../web/route.ts";
import { StudioFrame } from "../web/studio-frame.tsx";
import { type PreviewForm, previewForms } from "./preview.ts";
import { previewWords } from "./preview-words.ts";

export const previewWidths = ["desktop", "phone"] as const;
export type PreviewWidth = (typeof previewWidths)[number];

export interface PreviewPageProps {
  readonly visit: SignedIn;
  readonly text: Text;
  readonly title: string;
  /** Of the same piece, those that this person may read; the text itself among them. */
  readonly texts: readonly Text[];
  readonly form: PreviewForm;
  readonly width: PreviewWidth;
}

export function PreviewPage({ visit, text, title, texts, form, width }: PreviewPageProps) {
  const words = previewWords[visit.language];
  return (
    <StudioFrame
      visit={visit}
      title={words.title(title)}
      wide
      actions={<LinkButton to={`/texts/${text.id}`}>{words.back}</LinkButton>}
    >
      <p>{words.saved}</p>
      <div class="preview-choices">
        <Choices
          label={words.languages}
          choices={texts.map((each) => ({
            href: address(each.id, form, width),
            isCurrent: each.id === text.id,
            name: nameOf(each.language),
            attributes: differing(each.language, visit.language),
          }))}
        />
        <Choices
          label={words.form}
          choices={previewForms.map((each) => ({
            href: address(text.id, each, width),
            isCurrent: each === form,
            name: words.forms[each],
          }))}
        />
        <Choices
          label={words.width}
          choices={previewWidths.map((each) => ({
            href: address(text.id, form, each),
            isCurrent: each === width,
            name: words.widths[each],
          }))}
        />
      </div>
      <iframe
        class={`preview-frame is-${width}`}
        title={words.frame}
        src={`/texts/${text.id}/preview/${form}`}
        // Its own origin, for the style sheet and pictures; never a script.
        sandbox="allow-same-origin"
      />
    </StudioFrame>
  );
}

function address(textId: string, form: PreviewForm, width: PreviewWidth): string {
  return `/texts/${textId}/preview?form=${form}&width=${width}`;
}

interface Choice {
  readonly href: string;
  readonly isCurrent: boolean;
  readonly name: string;
  readonly attributes?: ReturnType<typeof differing>;
}

function Choices({ label, choices }: { readonly label: string; readonly choices: readonly Choice[] }) {
  return (
    <nav aria-label={label}>
      <ul>
        {choices.map(({ href, isCurrent, name, attributes = {} }) => (
          <li>
            <a href={href} aria-current={isCurrent ? "true" : undefined} {...attributes}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
