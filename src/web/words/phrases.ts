/**
 * What judge, edge and newsroom say in English of a protected site. Facts travel as text, since most of what they hold is somebody else's; what
 * stands here is ours, and is found again in what they told (phrase-in.ts).
 */
/** `$1` … in the catalogs are the parts in brackets. */
export const phrases = {
  wordless: /^(\d+) bytes without a word$/,
  left: /^(\d+ %) is left$/,
  "one count": /^(\d+)(?: to \1)?$/,
  range: /^(\d+) to (\d+)$/,
  "sold words": /^sold words$/,
  "new hosts": /^(\d+) new hosts$/,
  none: /^none$/,

  "printed warning": /^printed warning$/,
  installer: /^installer$/,
  "directory listing": /^directory listing$/,
  database: /^database$/,
  "program error": /^program error$/,
  "hosting suspended": /^hosting suspended$/,
  parking: /^parking$/,
  "default page": /^default page$/,
  "server error": /^server error$/,
  maintenance: /^maintenance$/,

  size: /^size$/,
  time: /^time$/,
  depth: /^depth$/,
  elements: /^elements$/,
  broken: /^broken$/,
  coding: /^coding$/,
  memory: /^memory$/,
  baseline: /^baseline$/,
  unforeseen: /^unforeseen$/,

  appearance: /^(\d+ %) of the picture is another$/,
  "to browsers": /^shown to browsers$/,
  "to Googlebot": /^shown to Googlebot$/,
  "to searchers": /^shown to those who come from a search engine$/,
  "from elsewhere": /^shown from another address$/,
  only: /^(shown .+) only$/,

  "name without": /^(\S+): none$/,
  "no certificate": /^(\S+): none is shown$/,
  "invalid certificate": /^(\S+): not valid: (.+)$/,
  "certificate ends": /^(\S+): ends (\S+)$/,

  "readings contradict": /^(\d+) readings contradict the approved pages, the last one at (.+)$/,
  "state unreadable": /^its state in edge\.sqlite can't be read$/,
  "in the studio": /^decided in the studio$/,
  "by an operator": /^told by an operator$/,

  claims: /^claims an attack: "(.*)"$/s,
  "nothing shared": /^has nothing of what the other pages share: scripts, styles, menu$/,
  "lonely script": /^is the only page that loads a script from (\S+)$/,
  "lonely link": /^is the only page that links to (\S+) where nobody sees it$/,
  "other loads": /^(\d+) of (\d+) loads were something else, and nothing was learned from these$/,
  "front is none":
    /^the front answers (\d+) and is no page: is (\S+) the name by which the site knows itself\? site\.portal\.hosts and site\.portal\.address say it$/,
  "not there": /^is not there any more$/,
  "can't be read": /^can't be read: (.+)$/s,

  "edge met": /^what the edge met$/,
  "edge's answer": /^the edge's answer$/,
  "got as browser": /^(?:what the newsroom got )?as browser$/,
  "got as googlebot": /^(?:what the newsroom got )?as googlebot$/,
  "got as searcher": /^(?:what the newsroom got )?as searcher$/,
  "got as elsewhere": /^(?:what the newsroom got )?as elsewhere$/,
  "its appearance": /^its appearance$/,
  "its document": /^its document after scripts$/,
  "approved appearance": /^the approved copy's appearance$/,
  "two beside": /^how the two look beside each other$/,
  "picture beside": /^the picture beside the approved one$/,
  "name leads": /^(?:what )?the name (\S+)(?: leads to)?$/,
  "sibling front": /^the front of (\S+)$/,
  manifest: /^the evidence, by its manifest$/,

  "no Chromium": /^this machine has no Chromium that could run in a sandbox$/,
  "too long": /^it took too long$/,
  "Chromium failed": /^Chromium failed$/,
} as const satisfies Readonly<Record<string, RegExp>>;

/** `claim`: instead of the name of a way to claim an attack. */
export type PhraseWords = Readonly<Record<keyof typeof phrases | "claim", string>>;
