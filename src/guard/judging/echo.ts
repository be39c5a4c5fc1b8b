/**
 * What a page repeats of its own address: a search page's title has the words that were looked for, and anybody may look for "hacked by". It
 * is nobody's claim.
 */
import type { Facts } from "../facts.ts";

/** Shorter ones are in every text. */
const echoLengthMin = 3;
const echoesMax = 20;

/** For an address with a query. */
export function withoutEcho(facts: Facts, address: string): Facts {
  const echoes = echoesOf(address);
  if (echoes.length === 0) return facts;
  const without = (text: string): string =>
    echoes.reduce((left, echo) => (left.toLowerCase().includes(echo) ? removed(left, echo) : left), text);
  return {
    ...facts,
    title: without(facts.title),
    headings: facts.headings.map(without),
    words: without(facts.words),
  };
}

/** In lower case, as the page would say them. */
function echoesOf(address: string): string[] {
  const query = address.indexOf("?");
  if (query < 0) return [];
  const values = [...new URLSearchParams(address.slice(query + 1)).values()];
  return values
    .map((value) => value.trim().toLowerCase())
    .filter((value) => value.length >= echoLengthMin)
    .slice(0, echoesMax);
}

function removed(text: string, echo: string): string {
  let left = "";
  let from = 0;
  const lower = text.toLowerCase();
  for (let at = lower.indexOf(echo); at >= 0; at = lower.indexOf(echo, from)) {
    left += text.slice(from, at);
    from = at + echo.length;
  }
  return left + text.slice(from);
}
