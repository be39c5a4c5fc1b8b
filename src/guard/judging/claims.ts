/**
 * Ways in which those who deface say so, in the languages that they do it in. Looked for only in what is new (a title, a heading, text that
 * replaced other text): newsrooms write the same words every day. More than a quarter of real defacements have none of them, so nothing
 * rests on their absence.
 */
import { folded } from "../../language/fold.ts";

/** Patterns over `legible` text. An entry's name is remembered in baselines. */
const claims: Readonly<Record<string, RegExp>> = {
  "en-hacked-by": /\b(hack|hacked|haxored|haxed|defaced|pwned|cracked|rooted) by\b/,
  "en-owned-by":
    /^(owned|stamped|touched|infected|destroyed|seized|fucked|invaded|breached|taken over) by\b/m,
  "en-you-were":
    /\b(you|u|your (site|website|security|server|system|box)|ur (site|security|box)|this (site|website|server|page))( has| have| was| were| is| are| got)*( been)? (hacked|haxored|owned|pwned|defaced|rooted)\b/,
  "en-was-here": /\b(was|were) here\b/,
  "en-greets": /\bgreetz\b|\bgreets? (to|go(es)? (out )?to)\b|\bshout ?(out)?[sz] (to|go)/,
  "en-own-you": /\b(we|i) (own|owned|pwn|hacked|rooted) (you|u|your|this)\b|\bown[sz] (you|u|ya|j00|joo)\b/,
  "en-admin":
    /\b(hey|sorry|dear|hello|stupid|lame) (the )?(admin|webmaster|sysadmin)\b|\bpatch (your|ur|this) \w+/,
  "en-expect-us": /\bwe are (anonymous|legion)\b|\bexpect us\b/,
  "en-security":
    /\byour security (is|was|has)\b|\bsecurity (is|was) (low|weak|lame|breached|a joke)\b|\bno security\b/,
  "fr-par": /\b(pirate|hacke|defigure|deface|cracke)e?s? par\b/,
  "fr-site":
    /\b(site|page|serveur)s? (web |internet )?(a ete|est|vient d etre) (pirate|hacke|defigure|deface)e?\b/,
  "fr-passe": /\best passee? par (la|ici)\b/,
  ar: /(^|[^\p{L}])(و?تم )(ال)?(اختراق|تهكير|هكر|قرصنه|تدمير)|هكر(ز|ت|نا|كم)?(?=$|[^\p{L}])|اخترق(نا|ناكم|كم)|مر من هنا/u,
  darija: /\bt?hack(a|ina|aw|inakom)\b|تهاكا|تهكر|هاكينا|تبيراطا/u,
  fa: /هک (شد|شده|توسط)/u,
  tr: /\bhacklendi|\btarafindan (hack|ele gecirildi)|\bhackledi/,
  id: /\bdi ?(hack|deface|retas)( oleh)?\b|\btelah (di ?hack|diretas)\b|\bpernah di ?sini\b/,
  "es-pt":
    /\b(hackead[oa]|pirateaad[oa]|pirateado|desfigurad[oa]|invadid[oa]|hackiad[oa])s? (por|pela|pelo)\b|\b(foi|fue|ha sido|estas?|fuimos) (hackead|invadid|pirateado|ownead)/,
  "de-it": /\bgehackt (von|durch)\b|\bwurde gehackt\b|\bhackerat[oa] da\b|\bviolat[oa] da\b/,
  "ru-uk": /взломан|хакнут|зламано/u,
  zh: /被黑|黑页|已被入侵/u,
  vi: /\bbi hack\b|\bhack boi\b/,
};

/** Causes and crews: no claim by themselves, since newsrooms write about them. */
const slogan =
  /\bfree (palestine|gaza|kashmir|syria|\p{L}+)\b|\b(viva|vive|long live|death to|down with|mort a|remember|stop killing|save) \p{L}+|(عاش|عاشت|تحيا|يحيا|الموت ل|الحريه ل)|فلسطين حره|الجيش الالكتروني|\b(cyber|hack\w*|defac\w*|electronic|security|ghost|dark|black|red) (army|team|crew|group|corp|force|resistance|jihad|warriors|squad|hat)\b|#?\bop\p{L}{4,}\b/u;

/** What is sold on pages that were broken into for search engines. */
const spam =
  /\b(casino|poker|slots? (gacor|online)|gacor|togel|judi|sportsbook|betting|viagra|cialis|levitra|kamagra|cytotec|pharmacy|payday|replica|louis vuitton|nike outlet|porn|xxx|escorts?|essay writing|free spins?|jackpot)\b|激安|通販|スーパーコピー|偽物|ブランド|казино|ставки|виагра|娱乐城|博彩|赌场|时时彩|彩票|바카라|카지노|토토|كازينو|سايتوتك|فياجرا|حبوب الاجهاض|مراهنات/gu;

/** Only so much of a text is looked at. */
const charactersMax = 5_000;

/** Names of the entries that a text has, without repetition. */
export function claimsIn(text: string): string[] {
  const read = legible(text.slice(0, charactersMax));
  return Object.entries(claims).flatMap(([name, pattern]) => (pattern.test(read) ? [name] : []));
}

const quotedWords = 12;

/** The words around what an entry of that name finds, for people. */
export function quoted(text: string, name: string): string {
  const words = text.slice(0, charactersMax).split(/\s+/);
  for (let at = 0; at < words.length; at += quotedWords / 2) {
    const some = words.slice(at, at + quotedWords).join(" ");
    if (claims[name]?.test(legible(some)) === true) return some;
  }
  return words.slice(0, quotedWords).join(" ");
}

const aloneWordsMax = 5;

/** A text that says nothing else: no headline of an article about an attack. */
export function claimAlone(text: string): string | undefined {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.length <= aloneWordsMax ? claimsIn(text)[0] : undefined;
}

export function hasSlogan(text: string): boolean {
  return slogan.test(legible(text.slice(0, charactersMax)));
}

/** Different words of that trade, at the beginning and at the end, where they are put. */
export function soldWordsIn(text: string): string[] {
  const end = text.slice(charactersMax).slice(-charactersMax);
  return [...new Set(folded(`${text.slice(0, charactersMax)}\n${end}`).match(spam))];
}

export function spamIn(text: string): number {
  return soldWordsIn(text).length;
}

/** Folded, and as it is meant to be read: `H4ck3d`, `h.a.c.k.e.d`, `@` for `a`. */
function legible(text: string): string {
  return folded(withoutGaps(text).replace(/\n/g, "\u2028"))
    .replace(/\b(?=[\p{L}@$]*\d)(?=[\d@$]*\p{L})[\p{L}\d@$]+/gu, (word) =>
      word.replace(/[013457@$]/g, (sign) => letters[sign] ?? sign),
    )
    .replace(/['’´`]/g, " ");
}

const letters: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
};

/** `h a c k e d` and `h.a.c.k.e.d` are one word. */
function withoutGaps(text: string): string {
  return text.replace(/(?<![\p{L}\d])(?:[\p{L}\d][ .*_-]){3,}[\p{L}\d](?![\p{L}\d])/gu, (spaced) =>
    spaced.replace(/[ .*_-]/g, ""),
  );
}
