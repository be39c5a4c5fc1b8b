/** @jsxImportSource hono/jsx */
/** The names above a text, each leading to what else stands under it. */
import type { Child } from "hono/jsx";
import { formatOf } from "../language/tags.ts";
import { type Desk, Name } from "./frame.tsx";
import { listPath } from "./place.ts";

/** Nothing where nobody signed. */
export function Signed({ desk, bylines }: { readonly desk: Desk; readonly bylines: readonly string[] }) {
  const known = bylines.flatMap((id) => desk.facts.byline(id) ?? []);
  if (known.length === 0) return null;
  const names = known.map(({ id, slug, names: all }): Child => (
    <a rel="author" href={listPath(desk.language, { of: "byline", slug, id })}>
      <Name desk={desk} names={all} slug={slug} />
    </a>
  ));
  return (
    <span class="byline">
      {desk.words.by} {listed(names, desk)}
    </span>
  );
}

/** "A, B and C" as the language writes it. */
function listed(names: readonly Child[], { language }: Desk): Child[] {
  const positions = names.map((_, at) => String(at));
  const parts = new Intl.ListFormat(formatOf(language)).formatToParts(positions);
  return parts.map((part) => (part.type === "element" ? names[Number(part.value)] : part.value));
}
