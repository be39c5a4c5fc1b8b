/** An item that was never here before: its section, tags and byline, its piece and text, its publication, its old addresses. */
import { unreachable } from "../../base/errors.ts";
import { slugFrom } from "../../language/slug.ts";
import type { LanguageTag } from "../../language/tags.ts";
import type { Pieces, Stepped } from "../../pieces/api.ts";
import type { Piece, Text } from "../../pieces/piece.ts";
import { digestOf } from "../imported.ts";
import { contentOf } from "./content.ts";
import type { Intake, Result } from "./intake.ts";
import { languageOf } from "./language.ts";
import type { WxrItem } from "./parts.ts";
import { type Aim, placingOf, planOf, type Term } from "./placing.ts";
import { redirectItem, redirectTerm } from "./redirects.ts";

export function addItem(item: WxrItem, origin: string, intake: Intake): Result {
  const language = languageOf(item, intake.languages);
  const made = contentOf(item, language, intake.survey, intake.timeZone);
  if (!made.ok) return { outcome: "left out", remarks: [made.reason] };
  const { content, remarks } = made;
  const plan = planOf(item, intake.now);
  const slug = slugFrom(item.slug);
  const { text, added } = intake.pieces.addText({
    pieceId: pieceFor(item, language, origin, intake).id,
    language,
    content,
    workflow: plan.workflow,
    ...(slug !== "" && { slug }),
  });
  if (!added) return { outcome: "left out", remarks: [`its piece has a text in "${language}" already`] };
  const step = follow(plan.aim, text, intake.pieces);
  const publication = step.outcome === "done" ? step.text.publication : text.publication;
  const digest = digestOf(content);
  intake.imported.remember({
    origin,
    textId: text.id,
    revisionId: text.workingRevision,
    digest,
    publication,
  });
  redirectItem(item, text.id, intake);
  return { outcome: "added", remarks: [plan.remark, faultIn(step), ...lossesOf(item, intake), ...remarks] };
}

/** Takes the step that an item's status asks for. */
export function follow(aim: Aim, text: Text, pieces: Pieces): Stepped {
  switch (aim.to) {
    case "published":
      return pieces.publish(text.id, aim.at);
    case "scheduled":
      return pieces.schedule(text.id, aim.at);
    case "private":
      return pieces.makePrivate(text.id);
    case "none":
      return { outcome: "done", text };
    default:
      return unreachable(aim);
  }
}

export function faultIn(step: Stepped): string {
  return step.outcome === "refused" ? `not published: ${step.reason}` : "";
}

/** Translations that a multilingual plug-in ties together are texts of one piece. */
function pieceFor(item: WxrItem, language: LanguageTag, origin: string, intake: Intake): Piece {
  const { pieces, site, survey } = intake;
  const group = item.categories.find(({ domain }) => domain === "post_translations")?.slug;
  const pieceOrigin = group === undefined ? origin : `wxr:${survey.channel.base}/#${group}`;
  const known = pieces.pieceByOrigin(pieceOrigin);
  if (known !== undefined) return known;
  const { kind, section, tags } = placingOf(item, site, survey);
  if (section !== undefined) addTerm("section", section, language, intake);
  for (const tag of tags) addTerm("tag", tag, language, intake);
  const added = pieces.addPiece({
    site,
    kind,
    section: section?.slug ?? null,
    tags: tags.map(({ slug }) => slug),
    bylines: bylinesOf(item, language, intake),
    origin: pieceOrigin,
  });
  return added.piece;
}

function addTerm(what: "section" | "tag", term: Term, language: LanguageTag, intake: Intake): void {
  const { pieces, site, report } = intake;
  const named = { site, slug: term.slug, names: { [language]: term.name } };
  const { added } = what === "section" ? pieces.addSection(named) : pieces.addTag(named);
  if (!added) return;
  report.count(what);
  redirectTerm(what, term, language, intake);
}

/** By display name alone: neither the account's name nor anything made from it is kept. */
function bylinesOf(item: WxrItem, language: LanguageTag, { people, survey, report }: Intake): string[] {
  const name = survey.displayNameOf(item.login);
  const slug = slugFrom(name ?? "");
  if (name === undefined || slug === "") return [];
  const { byline, added } = people.addByline({ slug, names: { [language]: name } });
  if (added) report.count("byline");
  return [byline.id];
}

/** What the model has no place for. */
function lossesOf(item: WxrItem, { survey }: Intake): string[] {
  const format = item.categories.find(({ domain }) => domain === "post_format")?.slug;
  return [
    item.comments > 0 ? `comments left out: ${item.comments}` : "",
    item.isSticky ? "it was sticky: the front page is arranged by editors" : "",
    format === undefined ? "" : `format "${format.replace(/^post-format-/, "")}"`,
    survey.displayNameOf(item.login) === undefined ? "no byline: its author has no display name" : "",
  ];
}
