/** Everything that the interface itself says. Each language is a file of its own, whole: the type leaves no gap. */

/** One error page: what happened, and what the reader can do about it. */
export interface ErrorWords {
  readonly title: string;
  readonly what: string;
  readonly todo: string;
}

export type ErrorMessages = Readonly<
  Record<400 | 403 | 404 | 405 | 410 | 413 | 414 | 421 | 429 | 500 | 502 | 503 | 504, ErrorWords>
>;

export interface StateWords {
  /** Short, for a label. */
  readonly label: string;
  /** A sentence that says what it means for the reader. */
  readonly meaning: string;
}

export interface Messages {
  readonly blog: string;
  readonly skip: string;
  readonly home: string;
  readonly toHome: string;
  readonly sections: string;
  readonly languages: string;
  readonly archive: string;
  /** Who we are, how to reach us: pages that belong to no day. */
  readonly standingPages: string;
  readonly textVersion: string;
  readonly fullVersion: string;
  readonly feed: string;
  /** At the foot of every page; only what is true of every page. */
  readonly promise: string;

  readonly topStories: string;
  readonly latest: string;
  readonly briefs: string;
  readonly brief: string;
  readonly dossier: string;
  readonly checked: string;
  /** Of a text with citizens' material in it: all of it checked, whatever came of it; or not all. */
  readonly withChecked: string;
  readonly withUnverified: string;
  readonly nothingYet: string;
  readonly nothingYetMore: string;

  /** Before the names of those who signed. */
  readonly by: string;
  readonly published: string;
  readonly updated: string;
  readonly lastUpdate: string;
  readonly notes: string;
  readonly correction: string;
  readonly update: string;
  readonly otherLanguages: string;
  readonly tags: string;
  readonly tag: string;
  readonly section: string;

  readonly newer: string;
  readonly older: string;
  readonly pages: string;
  page(number: number): string;
  texts(count: number): string;

  readonly material: Readonly<Record<"video" | "photograph" | "audio" | "document" | "testimony", string>>;
  readonly states: Readonly<
    Record<"unverified" | "in progress" | "verified" | "false" | "can't be verified", StateWords>
  >;
  readonly claim: string;
  readonly findings: string;
  readonly source: string;
  readonly materialMissing: string;
  /** Before the words that describe one, where it isn't shown. */
  readonly picture: string;
  /** Read out for a picture that nobody has described, nor marked as decoration. */
  readonly pictureUndescribed: string;
  readonly imageAtSource: string;
  readonly table: string;

  readonly errors: ErrorMessages;
  readonly maintenance: ErrorWords;
}

type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

/** Picks the form that the language uses for that number; `#` in it becomes the number as the language writes it. */
export function plural(locale: string): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  return (count, forms) => (forms[rules.select(count)] ?? forms.other).replace("#", numbers.format(count));
}
