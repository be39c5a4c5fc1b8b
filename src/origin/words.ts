/** What the pages about the protected site say. Times and figures come in as the language writes them. */
import type { OriginState, Question } from "../bus/origin-facts.ts";
import type { Act } from "./errands.ts";
import type { Said } from "./orders.ts";

/** A button, and what pressing it does. */
export interface ActWords {
  readonly label: string;
  readonly what: string;
}

export interface OriginWords {
  readonly title: string;
  readonly now: {
    readonly heading: string;
    /** A sentence each. */
    readonly states: Readonly<Record<OriginState["site"], string>>;
    readonly working: (until: string) => string;
    readonly noBaseline: string;
    readonly silent: string;
    readonly silentNote: string;
    /** What readers see now. */
    readonly readers: Readonly<Record<OriginState["site"], string>>;
    readonly unjudged: string;
    readonly heldPages: (count: number) => string;
    readonly since: (time: string) => string;
    readonly by: Readonly<Record<OriginState["by"], string>>;
    /** Before a reason in somebody's own words. */
    readonly because: string;
    readonly until: (time: string) => string;
    readonly untilEnded: string;
    /** Before the operator's message. */
    readonly message: string;
    readonly healths: Readonly<Record<OriginState["health"]["state"], string>>;
    readonly took: (wait: string) => string;
    readonly waiting: (count: number) => string;
  };
  readonly questions: {
    readonly heading: string;
    readonly none: string;
    readonly open: string;
    readonly alarm: string;
    readonly toOrigin: string;
  };
  readonly acts: {
    readonly heading: string;
    readonly quarantine: ActWords;
    readonly release: ActWords;
    readonly releaseAnyway: ActWords;
    readonly working: ActWords;
    readonly endWorking: ActWords;
    readonly hours: (count: number) => string;
    readonly maintenance: ActWords;
    readonly endMaintenance: ActWords;
    readonly until: string;
    readonly untilEnded: string;
    readonly message: string;
    readonly messageHint: string;
    readonly purge: ActWords;
  };
  readonly baseline: {
    readonly heading: string;
    readonly none: string;
    readonly approved: (time: string) => string;
    readonly crawling: (done: number, known: number) => string;
    readonly crawlingNote: string;
    readonly lookAgain: string;
    /** Before what the site's server said. */
    readonly fault: string;
    readonly toApprove: string;
    readonly pages: string;
    readonly assets: string;
    readonly failed: string;
    readonly languages: string;
    readonly unnamed: string;
    readonly volatile: string;
    readonly volatileNote: string;
    readonly nothingVolatile: string;
    readonly suspicious: string;
    readonly suspiciousNote: string;
    readonly nothingSuspicious: string;
    readonly begin: ActWords;
    readonly beginAgain: ActWords;
    readonly approve: ActWords;
  };
  readonly question: {
    readonly title: string;
    readonly alarmTitle: string;
    readonly asked: (time: string) => string;
    readonly statuses: Readonly<Record<Question["status"], string>>;
    readonly alarm: string;
    readonly maybe: string;
    readonly newHeading: string;
    readonly notThere: string;
    readonly from: string;
    readonly before: string;
    readonly nothingNamed: string;
    readonly moreFacts: (count: number) => string;
    readonly addresses: (count: number) => string;
    readonly addressesMore: (count: number) => string;
    readonly shownHere: string;
    readonly decide: string;
    readonly accept: ActWords;
    readonly quarantine: ActWords;
    /** Instead of those, where it is about a name that readers reach without Kasbah. */
    readonly sibling: {
      readonly alarm: (host: string) => string;
      readonly accept: ActWords;
      readonly quarantine: ActWords;
    };
    readonly mayNot: string;
    readonly compare: string;
    readonly compareNote: string;
    readonly approved: (time: string) => string;
    readonly noApproved: string;
    readonly now: (time: string) => string;
    readonly asFound: string;
    readonly away: string;
    readonly gone: string;
    readonly rightAgain: string;
    readonly noText: (bytes: string) => string;
    readonly unchanged: (count: number) => string;
    readonly cut: string;
    readonly added: string;
    readonly removed: string;
    readonly picture: string;
    readonly pictureNote: string;
    readonly pictureApproved: string;
    readonly pictureFound: string;
  };
  readonly said: Readonly<Record<Said, string>>;
  readonly running: Readonly<Record<Act, string>>;
  readonly runningNote: (since: string) => string;
  readonly outcomes: {
    readonly accepted: (pages: number) => string;
    readonly refused: string;
    readonly released: string;
    readonly releasedPartly: string;
    readonly stillHeld: string;
    readonly approved: string;
    /** Before a reason in English. */
    readonly failed: string;
  };
}
