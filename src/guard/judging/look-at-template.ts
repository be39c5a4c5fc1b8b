/** A page that nobody has seen before, beside those that the site makes. */
import type { Facts } from "../facts.ts";
import type { SiteBaseline } from "../learning/site-baseline.ts";
import { hasName } from "../learning/titles.ts";
import { claimsIn, quoted, soldWordsIn, spamIn } from "./claims.ts";
import { sells } from "./remarks.ts";
import type { Look, Sign } from "./sign.ts";
import { templateFor } from "./template-for.ts";

export const lookAtTemplate: Look = (facts, { page, site, address }) => {
  if (page !== undefined) return [];
  const template = templateFor(facts, site);
  if (template === undefined) return outsideFrame(facts, site);
  return [...named(facts, site), ...volume(facts, template.words.least, address), ...sold(facts, site)];
};

/** Made by the site's own program, for search engines; a newspaper may write about that trade. */
function sold(facts: Facts, { claims }: SiteBaseline): readonly Sign[] {
  if (claims["sold words"] !== undefined || !sells(facts)) return [];
  const isCalled = spamIn(facts.title) > 1;
  return [
    { family: "words", what: "sold words", value: facts.title, grade: isCalled ? "question" : "doubt" },
  ];
}

/** A server's own error page. */
const bareWordsMost = 60;

/** Without the site's frame all that it says is new, and counts. */
function outsideFrame(facts: Facts, site: SiteBaseline): readonly Sign[] {
  const grade = facts.status >= 400 && facts.text.count < bareWordsMost ? "note" : "doubt";
  const signs: Sign[] = [{ family: "answer", what: "frame", value: facts.title, grade }];
  const said = `${facts.title}\n${facts.headings.join("\n")}\n${facts.words}`;
  const claim = claimsIn(said).find((name) => site.claims[name] === undefined || facts.text.count < 150);
  const forSale = soldWordsIn(said);
  if (claim !== undefined)
    signs.push({ family: "words", what: `words ${claim}`, value: quoted(said, claim), grade: "question" });
  else if (forSale.length >= 3)
    signs.push({ family: "words", what: "words sold", value: forSale.join(", "), grade: "question" });
  return signs;
}

function named({ title }: Facts, site: SiteBaseline): readonly Sign[] {
  if (hasName(title, site.names)) return [];
  return [
    { family: "title", what: "title", value: title, before: [...site.names].join(", "), grade: "note" },
  ];
}

/** A frame with next to nothing in it; a feed is as long as what there is to tell, and a search that finds nothing is short. */
function volume({ text, kind }: Facts, least: number, address: string): readonly Sign[] {
  if (kind !== "html" || address.includes("?") || text.count * 2 >= least) return [];
  return [{ family: "text", what: "text", value: `${text.count}`, before: `${least}`, grade: "doubt" }];
}
