/** Whom a page says to write to, to call or to pay: another number in the same text takes a newsroom's donations away. */
import { keptVolume } from "../learning/resemblance.ts";
import type { Facts } from "../facts.ts";
import type { PageBaseline } from "../learning/page-baseline.ts";
import { isKnownAddress } from "./look-at-answer.ts";
import { isOnSite, newMembers } from "./look-at-references.ts";
import { isList } from "./lists.ts";
import type { Judged, Look, Sign } from "./sign.ts";

/** Of a new page they are news; what the site says elsewhere is its own. */
export const lookAtContacts: Look = (facts, by) => {
  const { page } = by;
  if (page === undefined) return [];
  const came = newMembers("contacts", facts, by).filter((one) => !isOnSite("contacts", one, by));
  const lost = [...page.sets.contacts.always].filter((one) => !facts.sets.contacts.includes(one));
  return [...came.map((value) => changed(value, lost, facts, page)), ...linked(facts, by)];
};

const paid = /^(iban|account|wallet):/;
/** A page of today's pharmacies has other numbers beside other names. */
const textKept = 0.8;

function changed(value: string, lost: readonly string[], facts: Facts, page: PageBaseline): Sign {
  const scheme = value.slice(0, value.indexOf(":") + 1);
  const before = lost.find((one) => one.startsWith(scheme));
  const sign = { family: "links", what: "contacts", value } as const;
  if (before === undefined) return { ...sign, grade: paid.test(value) && !isList(page) ? "doubt" : "note" };
  const isSwapped = paid.test(value) || keptText(facts, page) >= textKept;
  return { ...sign, before, grade: isSwapped ? "question" : "note" };
}

function keptText({ text }: Facts, page: PageBaseline): number {
  return keptVolume({ count: page.text.most, sketch: page.text.sketch }, text);
}

const contact = /^(mailto|tel|sms|whatsapp):/;

/** Others in links; lists of announcements have others every day. */
function linked(facts: Facts, by: Judged): readonly Sign[] {
  if (by.page === undefined || isList(by.page)) return [];
  return newMembers("links", facts, by)
    .filter((link) => contact.test(link) && !isKnownAddress(link, by.site))
    .map((value) => ({ family: "links", what: "contacts", value, grade: "doubt" }));
}
