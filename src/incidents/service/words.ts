/** What the watch page says about how much the edge serves. */
import type { ServiceFacts } from "../../bus/service-facts.ts";
import type { ActWords } from "../defence/words.ts";

export interface ServiceWords {
  readonly heading: string;
  readonly silent: string;
  readonly normal: string;
  readonly lite: (since: string) => string;
  readonly readOnly: (since: string) => string;
  /** Before one or more of the causes. */
  readonly because: (causes: string) => string;
  readonly causes: Readonly<Record<ServiceFacts["causes"][number], string>>;
  readonly ordered: (until: string) => string;
  /** What was done so far, since the edge started. */
  readonly done: (texts: string, work: string) => string;
  readonly acts: Readonly<Record<"lite" | "normal" | "auto", ActWords>>;
}
