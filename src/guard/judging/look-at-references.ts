/** What a page loads, frames, sends to and leads to: a table of what each kind of new reference means. */
import type { Facts, FactSet } from "../facts.ts";
import { memberKey } from "../learning/known-set.ts";
import { formOf, isCarried, isOwn, withoutQuery } from "../learning/references.ts";
import { vocabularyKey } from "../learning/site-baseline.ts";
import { isKnownAddress } from "./look-at-answer.ts";
import type { Family, Judged, Look, Sign } from "./sign.ts";
import { templateFor } from "./template-for.ts";

type Grade = Sign["grade"] | undefined;

interface Rule {
  readonly family: Family;
  /** Known from other pages of the site; for a new page nothing. */
  readonly elsewhere: Grade;
  readonly own: Grade;
  readonly foreign: Grade;
  /** `data:`, `javascript:`. */
  readonly carried: Grade;
}

const same = (family: Family, grade: Grade, elsewhere?: Grade): Rule => ({
  family,
  elsewhere,
  own: grade,
  foreign: grade,
  carried: grade,
});

const rules: Readonly<Partial<Record<FactSet, Rule>>> = {
  scripts: {
    family: "references",
    elsewhere: "note",
    own: "question",
    foreign: "question",
    carried: "alarm",
  },
  styles: {
    family: "references",
    elsewhere: "note",
    own: "question",
    foreign: "question",
    carried: "question",
  },
  preloads: { family: "references", elsewhere: undefined, own: "note", foreign: "note", carried: "doubt" },
  frames: {
    family: "references",
    elsewhere: "note",
    own: "question",
    foreign: "question",
    carried: "question",
  },
  base: same("references", "alarm", "question"),
  refreshes: { family: "references", elsewhere: "note", own: "question", foreign: "alarm", carried: "alarm" },
  "service-workers": same("references", "alarm"),
  manifests: same("references", "doubt"),
  "media-hosts": same("media", "doubt"),
  "link-hosts": same("links", "note"),
  "stand-ins": same("links", "question", "note"),
  "sheet-effects": same("code", "doubt", "note"),
  cookies: same("references", "note"),
  policies: same("references", "note"),
};

export const lookAtReferences: Look = (facts, by) => [
  ...(Object.entries(rules) as [FactSet, Rule][]).flatMap(([set, rule]) =>
    newMembers(set, facts, by).flatMap((member) => signOf(set, rule, member, by)),
  ),
  ...newForms(facts, by),
  ...oddities(facts, by),
  ...hiddenLinks(facts, by),
  ...buriedMarkup(facts, by),
  ...manyHosts(facts, by),
  ...swappedHost(facts, by),
  ...lostPolicies(facts, by),
];

/** What the page itself has not been seen with; nothing of what its baseline, or the site's, was signed without. */
export function newMembers(set: FactSet, { sets }: Facts, { page, site }: Judged): readonly string[] {
  if ((page ?? site).unread.has(set)) return [];
  const known = page?.sets[set];
  if (known === undefined) return sets[set];
  return sets[set].filter((member) => {
    const key = memberKey(set, member);
    return !known.always.has(key) && !known.sometimes.has(key) && !known.forms.has(formOf(key));
  });
}

export function isOnSite(set: FactSet, member: string, { site }: Judged): boolean {
  const key = vocabularyKey(set, memberKey(set, member));
  return site.vocabulary[set].has(key) || site.vocabulary[set].has(formOf(key));
}

function signOf(set: FactSet, rule: Rule, member: string, by: Judged): readonly Sign[] {
  const grade = isOnSite(set, member, by) ? gradeElsewhere(rule, by) : rule[whose(member)];
  if (set === "frames" && grade === "question" && isOwnCard(member, by)) return [];
  return grade === undefined ? [] : [{ family: rule.family, what: set, value: member, grade }];
}

function gradeElsewhere(rule: Rule, { page }: Judged): Grade {
  return page === undefined ? undefined : rule.elsewhere;
}

/** An article of the site's own, shown within another one (oEmbed). */
function isOwnCard(member: string, { site }: Judged): boolean {
  return isOwn(member) && isKnownAddress(withoutQuery(member).replace(/embed\/?$/, ""), site);
}

function whose(member: string): "own" | "foreign" | "carried" {
  if (isOwn(member)) return "own";
  return isCarried(member) && /^\w+:/.test(member) ? "carried" : "foreign";
}

/** What lies over the page, hides it, gives it away, or is to be run outside the browser need not say anything else. */
const telling = /^(sheet )?(covers|hides)|verif|validate|^(program|canonical|amphtml) /;

/** Of a page that nobody knew, it takes nothing away: searches and archives say so. */
const unlisted = "robots noindex";

function oddities(facts: Facts, by: Judged): readonly Sign[] {
  return newMembers("oddities", facts, by)
    .filter((oddity) => by.page !== undefined || !(isOnSite("oddities", oddity, by) || oddity === unlisted))
    .map((oddity) => ({
      family: "oddities",
      what: "oddities",
      value: oddity,
      grade: telling.test(oddity) && !isOnSite("oddities", oddity, by) ? "question" : "doubt",
    }));
}

/**
 * Who asks for a password where none was asked for is after passwords, whoever the form belongs to; a new page within the site's frame may be
 * one for those who have its password, and is where only the CMS itself gets it.
 */
function newForms(facts: Facts, by: Judged): readonly Sign[] {
  const isFramed = by.page === undefined && templateFor(facts, by.site) !== undefined;
  return newMembers("forms", facts, by)
    .filter((form) => !isOnSite("forms", form, by))
    .map((form): Sign => {
      const [method = "", target = ""] = form.split(" ");
      const isAway = !isOwn(target) && target !== "-";
      const asksPassword = form.endsWith(" password");
      const isAlarm = isAway || (asksPassword && !isFramed);
      const isAskable = (asksPassword || method === "POST") && !(isFramed && takesPasswords.test(target));
      const grade = isAlarm ? "alarm" : isAskable ? "question" : "note";
      return { family: "references", what: "forms", value: form, grade };
    });
}

/** WordPress has readers give it an article's password. */
const takesPasswords = /^\/wp-login\.php(\?|$)/;

/** One may be a plugin's; more are sold. */
function hiddenLinks(facts: Facts, by: Judged): readonly Sign[] {
  const hidden = newMembers("hidden-link-hosts", facts, by).filter(
    (host) => !isOnSite("hidden-link-hosts", host, by) && !isOnSite("link-hosts", host, by),
  );
  const grade = hidden.length > 1 ? "alarm" : "question";
  return hidden.map((host) => ({ family: "links", what: "hidden-link-hosts", value: host, grade }));
}

/** On a page that has always had the same there; where it changes by itself, or in a feed, it says little. */
function buriedMarkup(facts: Facts, by: Judged): readonly Sign[] {
  const isSteady = by.page?.kind === "html" && by.page.sets.buried.sometimes.size === 0;
  return newMembers("buried", facts, by)
    .filter((member) => !isOnSite("buried", member, by))
    .map((member) => ({
      family: "code",
      what: "buried",
      value: member,
      grade: isSteady ? "question" : "note",
    }));
}

const hostsMany = 8;

/** An article cites some sources; a page sold for its links has many. */
function manyHosts(facts: Facts, by: Judged): readonly Sign[] {
  const hosts = newMembers("link-hosts", facts, by).filter((host) => !isOnSite("link-hosts", host, by));
  if (hosts.length < hostsMany) return [];
  return [
    {
      family: "links",
      what: "link-hosts",
      value: `${hosts.length}: ${hosts.slice(0, 3).join(", ")} …`,
      grade: "doubt",
    },
  ];
}

/** One went and one came: to another's shop, or to another's account. */
function swappedHost(facts: Facts, by: Judged): readonly Sign[] {
  const now = new Set(facts.sets["link-hosts"]);
  const gone = [...(by.page?.sets["link-hosts"].always ?? [])].filter((host) => !now.has(host));
  const [value, ...others] = newMembers("link-hosts", facts, by).filter(
    (host) => !isOnSite("link-hosts", host, by),
  );
  const [before] = gone;
  if (value === undefined || before === undefined || others.length > 0 || gone.length > 1) return [];
  return [{ family: "links", what: "link-hosts", value, before, grade: "doubt" }];
}

/** Rules that a browser no longer hears of. */
function lostPolicies({ sets, status }: Facts, { page }: Judged): readonly Sign[] {
  if (page === undefined || status >= 300) return [];
  const said = new Set(sets.policies.map((policy) => vocabularyKey("policies", policy)));
  return [...page.sets.policies.always]
    .filter((policy) => !said.has(vocabularyKey("policies", policy)))
    .map((policy) => ({ family: "references", what: "policies", value: "", before: policy, grade: "note" }));
}
