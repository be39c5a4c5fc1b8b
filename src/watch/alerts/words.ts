/** What alerts say. Names of kinds and outcomes are the register's own (src/incidents/words). */
import type { AlertedKind } from "./alert.ts";

export interface AlertWords {
  /** Before every subject. */
  subject(site: string, what: string): string;
  /** `kind`: as the register names it. */
  breached(kind: string): string;
  closed(kind: string, outcome: string): string;
  since(time: string): string;
  /** What readers see while it goes on. */
  readonly readers: Readonly<Record<AlertedKind, string>>;
  /** The next step, in one line. */
  readonly todo: Readonly<Record<AlertedKind, string>>;
  /** How often something false went out. */
  shown(count: number): string;
  readonly readersNow: string;
  readonly lookAtWhatWasShown: string;
  lasted(span: string): string;
  copies(count: number): string;
  readonly nothingToDo: string;
  /** A name beside the site's own, that readers reach without Kasbah. */
  readonly sibling: {
    subject(host: string): string;
    readonly what: string;
    readonly readers: string;
    readonly todo: string;
  };
  readonly question: {
    readonly subject: string;
    what(pages: number): string;
    readonly readers: string;
    readonly todo: string;
  };
  readonly digest: {
    subject(kind: string): string;
    readonly what: string;
    readonly questions: string;
    readonly todo: string;
  };
}
