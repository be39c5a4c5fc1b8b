/** Fronts, sections, tags: pages that consist of others' headlines, and have others every day. */
import type { Facts } from "../facts.ts";
import { memberKey } from "../learning/known-set.ts";
import type { PageBaseline } from "../learning/page-baseline.ts";
import { keptOf } from "../learning/resemblance.ts";
import type { SiteBaseline } from "../learning/site-baseline.ts";

export function isList({ headings: steady, headingsMost }: PageBaseline): boolean {
  return headingsMost >= 5 || (headingsMost > steady.length && headingsMost >= 3);
}

const entriesKeptMost = 0.8;
/** Of fewer nothing can be said; feeds name theirs in text. */
const entriesLeast = 3;

/** It leads where it led: who has other articles in a list has other links in it. */
export function keepsEntries({ sets }: Facts, page: PageBaseline, { menu }: SiteBaseline): boolean {
  const links = new Set(sets.links.map((link) => memberKey("links", link)));
  const entries = [...page.sets.links.always].filter((link) => !menu.has(link));
  return entries.length >= entriesLeast && (keptOf(entries, links) ?? 0) > entriesKeptMost;
}
