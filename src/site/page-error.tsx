/** @jsxImportSource hono/jsx */
/** What is shown instead of a page: what happened, what to do, the way home. They read nothing but the site's own facts. */
import type { ErrorWords } from "../language/messages/messages.ts";
import { type Desk, Frame } from "./frame.tsx";
import { archivePath, type ErrorCode, frontPath } from "./place.ts";

export function ErrorPage({ desk, code }: { readonly desk: Desk; readonly code: ErrorCode }) {
  // Under a foreign name even the way home would lead astray.
  return <Excuse desk={desk} words={desk.words.errors[code]} code={code} withLinks={code !== 421} />;
}

export function MaintenancePage({ desk }: { readonly desk: Desk }) {
  return <Excuse desk={desk} words={desk.words.maintenance} withLinks={false} />;
}

interface ExcuseProps {
  readonly desk: Desk;
  readonly words: ErrorWords;
  readonly code?: ErrorCode;
  readonly withLinks: boolean;
}

function Excuse({ desk, words, code, withLinks }: ExcuseProps) {
  return (
    <Frame desk={desk} title={words.title} unlisted bare>
      <div class="excuse">
        {code !== undefined && <p class="excuse-code">{code}</p>}
        <h1>{words.title}</h1>
        <p>{words.what}</p>
        <p>{words.todo}</p>
        {withLinks && (
          <p class="excuse-links">
            <a href={frontPath(desk.language)}>{desk.words.toHome}</a>{" "}
            <a href={archivePath(desk.language)}>{desk.words.archive}</a>
          </p>
        )}
      </div>
    </Frame>
  );
}
